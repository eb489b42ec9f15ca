package org.drivelens.api.photos;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.UUID;
import org.drivelens.api.input.PlainText;
import org.drivelens.api.paging.Page;
import org.drivelens.event.EventId;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Photos", description = "Galleries, and the images themselves.")
@RestController
class PhotoController {

  private final Photos photos;
  private final PhotoHistories histories;

  PhotoController(Photos photos, PhotoHistories histories) {
    this.photos = photos;
    this.histories = histories;
  }

  @Operation(
      summary = "The photos of an event",
      description =
          "From the database alone, so it is as fast as it is complete up to `lastSyncedAt`. Going from"
              + " `nextCursor` to `nextCursor` shows every photo once, whatever changes meanwhile.")
  @GetMapping("/events/{id}/photos")
  Page<PhotoView> list(
      @PathVariable EventId id,
      @Parameter(description = "`nextCursor` of the page before; none for the first page.")
          @RequestParam(required = false)
          @Nullable String cursor,
      @RequestParam(defaultValue = "100") @Min(1) @Max(500) int limit,
      @Parameter(description = "A part of the name, in whatever case.", example = "img_00")
          @RequestParam(required = false)
          @PlainText(max = 200)
          @Nullable String q,
      @Parameter(description = "A type such as image/jpeg, or image/* for all.")
          @RequestParam(required = false)
          @Nullable String mimeType,
      @Parameter(
              description =
                  "Photos without a time come last with `takenAt` and with `-takenAt`. `name` compares the"
                      + " first 100 characters.",
              schema =
                  @Schema(
                      type = "string",
                      allowableValues = {"takenAt", "-takenAt", "name", "createdAt"}))
          @RequestParam(defaultValue = "takenAt")
          String sort) {
    return photos.page(id, new PhotoFilter(q, mimeType), PhotoSort.of(sort), cursor, limit);
  }

  @Operation(
      summary = "What happened to a photo",
      description =
          "Why it appeared, changed, moved, vanished or returned, newest first; kept for 90 days, for removed"
              + " photos too. What was there at the first sync of the folder has no history before that.")
  @GetMapping("/events/{id}/photos/{photoId}/history")
  PhotoHistory history(
      @PathVariable EventId id,
      @PathVariable UUID photoId,
      @Parameter(description = "`nextCursor` of the page before; none for the first page.")
          @RequestParam(required = false)
          @Nullable String cursor,
      @RequestParam(defaultValue = "100") @Min(1) @Max(500) int limit) {
    return histories.of(id, photoId, cursor, limit);
  }
}
