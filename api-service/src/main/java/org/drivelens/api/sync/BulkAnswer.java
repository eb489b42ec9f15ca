package org.drivelens.api.sync;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.UUID;
import org.drivelens.event.EventId;

/** What a bulk request set going. */
@Schema(name = "BulkSync")
record BulkAnswer(
    @Schema(description = "For how many events a sync was asked.") int triggered,
    @Schema(example = "Sync asked for 2 events; 1 without a Google Drive folder was left out.")
        String message,
    @Schema(description = "These events; the first 1,000 of them.") List<EventName> events) {

  private static final int SHOWN = 1000;

  @Schema(name = "EventName")
  record EventName(UUID id, String name) {}

  static BulkAnswer of(
      SequencedMap<EventId, String> chosen, Set<EventId> asked, int paused, boolean dryRun) {
    var shown =
        chosen.entrySet().stream()
            .filter(e -> asked.contains(e.getKey()))
            .limit(SHOWN)
            .map(e -> new EventName(e.getKey().value(), e.getValue()))
            .toList();
    var bare = chosen.size() - asked.size() - paused;
    return new BulkAnswer(asked.size(), message(asked.size(), bare, paused, dryRun), shown);
  }

  private static String message(int asked, int left, int paused, boolean dryRun) {
    var message =
        asked == 0 && left == 0 && paused == 0
            ? "No event needs a sync."
            : "%s for %d %s"
                .formatted(
                    dryRun ? "Sync would be asked" : "Sync asked",
                    asked,
                    asked == 1 ? "event" : "events");
    if (paused > 0) {
      message +=
          "; %d that %s paused %s left out"
              .formatted(paused, paused == 1 ? "is" : "are", paused == 1 ? "was" : "were");
    }
    if (left > 0) {
      message +=
          "; %d without a Google Drive folder %s left out"
              .formatted(left, left == 1 ? "was" : "were");
    }
    if (asked > SHOWN) {
      message += "; the first %,d are shown".formatted(SHOWN);
    }
    return message.endsWith(".") ? message : message + ".";
  }
}
