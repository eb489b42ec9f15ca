package org.drivelens.api.sync;

import io.swagger.v3.oas.annotations.media.Schema;
import java.net.URI;
import java.util.UUID;
import org.drivelens.event.EventId;
import org.drivelens.event.SyncStatus;
import org.springframework.http.ResponseEntity;

/** A request for a sync is stored, and will be done whatever happens next. */
@Schema(name = "SyncAccepted")
public record SyncAccepted(
    UUID eventId,
    SyncStatus syncStatus,
    @Schema(
            description = "Where to see how it goes.",
            example = "/events/0198a1b2-0000-7000-8000-000000000000/sync-status")
        String statusUrl) {

  /** 202, with the way to the status in {@code Location} too. */
  static ResponseEntity<SyncAccepted> answer(EventId event, SyncStatus now) {
    var statusUrl = "/events/" + event + "/sync-status";
    return ResponseEntity.accepted()
        .location(URI.create(statusUrl))
        .body(new SyncAccepted(event.value(), now, statusUrl));
  }
}
