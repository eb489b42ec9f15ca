package org.drivelens.worker.sync;

import java.time.Instant;
import java.util.UUID;
import org.drivelens.drive.Priority;
import org.drivelens.worker.photos.EventKey;
import org.jspecify.annotations.Nullable;

/**
 * The right to sync one event, won from all other workers.
 *
 * @param fence every write of this claim carries it; a later claim makes it void
 * @param folderId the event's folder; null when it has none any more and only the old photos go
 * @param runId the row of {@code sync_run} that this claim goes on with
 * @param generation the request that the run answers, read once at the first claim of the run
 * @param requestedAt when that was asked for; null if nobody ever did
 * @param urgent a person waits
 * @param attempts claims of this event without any progress, this one included
 */
record Claim(
    UUID event,
    long fence,
    int folderEpoch,
    @Nullable String folderId,
    @Nullable String resourceKey,
    UUID runId,
    long generation,
    @Nullable Instant requestedAt,
    boolean urgent,
    int attempts) {

  EventKey key() {
    return new EventKey(event, folderEpoch);
  }

  /** Of its calls to Drive. */
  Priority priority() {
    return urgent ? Priority.INTERACTIVE : Priority.BULK;
  }

  /** The event's folder, where there must be one. */
  String root() {
    if (folderId == null) {
      throw new IllegalStateException("event " + event + " has no folder");
    }
    return folderId;
  }
}
