package org.drivelens.api.events;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotBlank;
import java.time.LocalDate;
import org.drivelens.api.folders.FolderUrl;
import org.drivelens.api.input.PlainText;
import org.drivelens.api.problems.ApiProblem;
import org.drivelens.api.problems.ProblemType;
import org.jspecify.annotations.Nullable;

/** What people say about an event, at its creation and when they edit it. */
@Schema(name = "EventInput")
record EventInput(
    @Schema(
            example = "Anna & Ben",
            maxLength = NAME,
            requiredMode = Schema.RequiredMode.REQUIRED,
            description = "What people call it. Not blank, no control characters.")
        @NotBlank(message = "must not be blank")
        @PlainText(max = NAME)
        @Nullable String name,
    @Schema(
            example = FolderUrl.EXAMPLE,
            maxLength = FolderUrl.LONGEST,
            description =
                "Link of the Google Drive folder, as Drive shows it. Another folder starts the"
                    + " gallery over; null takes the folder away.")
        @Nullable String googleDriveUrl,
    @Schema(example = "2026-05-14") @Nullable LocalDate date,
    @Schema(example = "Old Mill, Ghent", maxLength = NAME) @PlainText(max = NAME)
        @Nullable String location,
    @Schema(example = "Ceremony and dinner", maxLength = DESCRIPTION)
        @PlainText(max = DESCRIPTION, lines = true)
        @Nullable String description) {

  static final int NAME = 200;
  static final int DESCRIPTION = 4000;

  /** Blank around a text is a slip of the keyboard; an optional text that is all blank is none. */
  EventInput {
    name = name == null ? null : name.strip();
    location = location == null || location.isBlank() ? null : location.strip();
    description = description == null || description.isBlank() ? null : description.strip();
  }

  /** Checks what cannot be said by an annotation. */
  EventInput checked() {
    if (date != null && date.getYear() < 1) {
      throw ApiProblem.of(
          ProblemType.INVALID_REQUEST, "date", "must lie between the years 1 and 9999");
    }
    return this;
  }

  @Nullable FolderUrl folder() {
    return googleDriveUrl == null ? null : FolderUrl.parse(googleDriveUrl);
  }
}
