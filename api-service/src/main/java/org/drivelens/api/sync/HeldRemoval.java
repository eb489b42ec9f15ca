package org.drivelens.api.sync;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.drivelens.event.SyncErrorCode;

/** A removal that is held: what a person needs to know to accept it, or to look into Drive. */
@Schema(name = "HeldRemoval")
record HeldRemoval(
    @Schema(description = "How many photos seem to be gone.") int count,
    @Schema(description = "Of how many that the gallery shows, these included.") int photoCount,
    @Schema(description = "When the first of them was missed.") Instant since,
    String reason,
    @Schema(description = "Some of them, at most 10.") List<Sample> samples) {

  static final int SAMPLES = 10;

  static HeldRemoval of(int count, int photoCount, Instant since, List<Sample> samples) {
    return new HeldRemoval(
        count, photoCount, since, SyncErrorCode.REMOVAL_HELD.sentence(""), samples);
  }

  /** What Google Drive does not tell of a photo. */
  enum Doubt {
    /** It is deleted, or not shared any more: Drive does not tell the two apart. */
    GONE,
    /** It is there, but the folder in which it lies is hidden. */
    FOLDER_HIDDEN
  }

  @Schema(name = "HeldPhoto")
  record Sample(
      UUID photoId,
      String driveFileId,
      String name,
      List<String> folderPath,
      @Schema(
              description =
                  "GONE: deleted, or no longer shared; Google Drive does not tell the two apart."
                      + " FOLDER_HIDDEN: it is there, but the folder in which it lies is not visible.")
          Doubt reason,
      Instant since) {}

  @Schema(name = "RemovalAccepted")
  record Accepted(
      UUID eventId,
      @Schema(description = "How many photos are removed now, in the background.") int count,
      @Schema(
              description = "Where to see how it goes.",
              example = "/events/0198a1b2-0000-7000-8000-000000000000/sync-status")
          String statusUrl) {}
}
