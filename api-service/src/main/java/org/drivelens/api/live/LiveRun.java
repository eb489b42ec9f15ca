package org.drivelens.api.live;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.drivelens.event.SyncErrorCode;
import org.drivelens.event.Trigger;
import org.jspecify.annotations.Nullable;

/** A run as the stream shows it. */
@Schema(name = "LiveRun")
record LiveRun(
    UUID runId,
    UUID eventId,
    String eventName,
    @Schema(implementation = Trigger.class) String trigger,
    String mode,
    @Schema(example = "RUNNING") String status,
    Instant startedAt,
    @Nullable Instant finishedAt,
    int photosAdded,
    int photosUpdated,
    int photosMoved,
    int photosRemoved,
    int pagesListed,
    @Schema(implementation = SyncErrorCode.class) @Nullable String errorCode) {

  /** Its place among the runs that ended. */
  StreamPosition position() {
    return new StreamPosition(java.util.Objects.requireNonNull(finishedAt), runId);
  }
}
