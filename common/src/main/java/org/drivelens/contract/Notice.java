package org.drivelens.contract;

import java.util.UUID;
import org.drivelens.event.EventId;
import org.drivelens.event.SyncErrorCode;

/** Something that happened, on the topic exchange {@code drivelens.events}. */
public sealed interface Notice {

  UUID runId();

  EventId eventId();

  /** Topic under which it is published. */
  String topic();

  /** A run ended well; its counts are in {@code sync_run}. */
  record SyncFinished(UUID runId, EventId eventId) implements Notice {
    @Override
    public String topic() {
      return "sync.finished";
    }
  }

  /** A run failed for good. */
  record SyncFailed(UUID runId, EventId eventId, SyncErrorCode code) implements Notice {
    @Override
    public String topic() {
      return "sync.failed";
    }
  }
}
