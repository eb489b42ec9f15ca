package org.drivelens.api.photos;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.drivelens.event.Trigger;
import org.jspecify.annotations.Nullable;

/** What happened to one photo, newest first. */
@Schema(name = "PhotoHistory")
record PhotoHistory(
    UUID photoId,
    @Schema(description = "Null once nothing but its history is left of a removed photo.")
        @Nullable String name,
    @Schema(description = "When the photo was first seen.") @Nullable Instant createdAt,
    @Schema(description = "When it left the gallery; null while it is in it.")
        @Nullable Instant removedAt,
    List<Change> items,
    @Schema(
            description =
                "Pass it as `cursor` to get the next part; null at the end of the list. Opaque.")
        @Nullable String nextCursor) {

  /** What can happen to a photo. */
  enum Kind {
    APPEARED,
    CHANGED,
    MOVED,
    REMOVED,
    RETURNED
  }

  /** Why a photo was removed. */
  enum Reason {
    TRASHED,
    MOVED_OUT,
    NOT_AN_IMAGE,
    GONE,
    FOLDER_HIDDEN,
    ACCEPTED
  }

  @Schema(name = "PhotoChange")
  record Change(
      Instant at,
      Kind kind,
      @Schema(
              description =
                  "Of REMOVED. TRASHED: it, or a folder above. MOVED_OUT: it lies outside the event's folder."
                      + " NOT_AN_IMAGE any more. GONE: deleted, or no longer shared; Google does not tell the"
                      + " two apart. FOLDER_HIDDEN: it lies in a folder that is not visible. ACCEPTED: it"
                      + " seemed to be gone, and somebody accepted that.")
          @Nullable Reason reason,
      @Schema(description = "Sentence about it.") String message,
      List<Field> fields,
      @Schema(description = "The run that noticed it; see `sync-runs`.") @Nullable UUID runId,
      @Schema(implementation = Trigger.class, description = "What made that run begin.")
          @Nullable String trigger) {}

  @Schema(name = "PhotoFieldChange")
  record Field(
      @Schema(
              description =
                  "A field of the photo; `folder` is the path of its folder, null where that is not known"
                      + " any more.",
              example = "name")
          String field,
      @Nullable String before,
      @Nullable String after) {}
}
