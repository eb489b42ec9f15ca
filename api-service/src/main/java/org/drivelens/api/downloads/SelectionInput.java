package org.drivelens.api.downloads;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which photos a link is to give, and for how long. */
@Schema(name = "DownloadSelectionInput")
record SelectionInput(
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            description = "Photos of this event, in the order wanted; 1 to 2,000.")
        @NotNull(message = "must be 1 to 2000 ids")
        @Size(min = 1, max = MOST_PHOTOS, message = "must be 1 to 2000 ids")
        List<@NotNull(message = "must be an id") UUID> photoIds,
    @Schema(defaultValue = "72", description = "From 1 hour to 30 days.")
        @Min(value = 1, message = "must be 1 to 720")
        @Max(value = LONGEST_HOURS, message = "must be 1 to 720")
        @Nullable Integer expirationHours) {

  static final int MOST_PHOTOS = 2000;
  static final int LONGEST_HOURS = 720;
  private static final int USUAL_HOURS = 72;

  Duration openFor() {
    return Duration.ofHours(expirationHours == null ? USUAL_HOURS : expirationHours);
  }
}
