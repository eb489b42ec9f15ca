package org.drivelens.worker.maintenance;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.drivelens.contract.Command.SyncRequested;
import org.drivelens.contract.MessagePublisher;
import org.drivelens.event.EventId;
import org.drivelens.event.Pauses;
import org.drivelens.event.SyncRequests;
import org.drivelens.event.Trigger;
import org.drivelens.worker.feed.FeedTrim;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What is done on a schedule. A slot is taken in the transaction that does its work, so it is done
 * once however many schedulers announce it, and not lost when a worker dies over it.
 */
class Maintenance {

  /** Older than this, and an event that is up to date is looked at again. */
  private static final Duration OLD = Duration.ofHours(24);

  /** Rows deleted in one statement: short locks beat a fast finish. */
  private static final int AT_ONCE = 5_000;

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final SyncRequests requests;
  private final MessagePublisher publisher;
  private final FeedTrim changes;
  private final RetentionProperties retention;

  Maintenance(
      JdbcClient jdbc,
      TransactionTemplate transaction,
      MessagePublisher publisher,
      FeedTrim changes,
      RetentionProperties retention) {
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.requests = new SyncRequests(jdbc);
    this.publisher = publisher;
    this.changes = changes;
    this.retention = retention;
  }

  /** Turns marks and errors into requests. */
  void requestDue(Instant slot) {
    List<EventId> requested =
        transaction.execute(t ->
            taken("sync", slot)
                ? requests.request(marksAndErrors(), false, Trigger.SCHEDULED)
                : List.of());
    for (var event : requested) {
      publisher.nudge(SyncRequested.of(event, Trigger.SCHEDULED));
    }
  }

  private List<EventId> marksAndErrors() {
    return jdbc.sql(
            """
            select v.event_id from event_status v join event_sync s on s.event_id = v.event_id
             where not %s
               and (v.sync_status = 'ERROR'
                 or v.sync_status = 'SYNC_REQUIRED' and s.marked_at > coalesce(v.last_synced_at, '-infinity'))
            """
                .formatted(Pauses.PAUSED))
        .query((row, n) -> new EventId(row.getObject(1, UUID.class)))
        .list();
  }

  void markOld(Instant slot) {
    transaction.executeWithoutResult(t -> {
      if (taken("mark", slot)) {
        requests.markOlderThan(OLD);
      }
    });
  }

  /** Trims what is past its retention. Doing it twice does nothing, so the slot is taken first. */
  void cleanUp(Instant slot) {
    if (!taken("clean-up-worker", slot)) {
      return;
    }
    trim("sync_run", "finished_at", retention.runs());
    trim("past_issue", "ended_at", retention.runs());
    trim("photo", "removed_at", retention.removedPhotos());
    trim("dead_letter", "stored_at", retention.deadLetters());
    trim("photo_history", "happened_at", retention.photoHistory());
    trim("tick", "slot", retention.runs());
    changes.trim(retention.changes());
  }

  private void trim(String table, String column, Duration age) {
    int deleted;
    do {
      deleted =
          jdbc.sql(
                  """
                  delete from %1$s where ctid = any (array(
                    select ctid from %1$s where %2$s < clock_timestamp() - make_interval(secs => :age) limit :limit))
                  """
                      .formatted(table, column))
              .param("age", age.toSeconds())
              .param("limit", AT_ONCE)
              .update();
    } while (deleted == AT_ONCE);
  }

  private boolean taken(String name, Instant slot) {
    return jdbc.sql(
                "insert into tick (name, slot) values (:name, :slot::timestamptz) on conflict do"
                    + " nothing")
            .param("name", name)
            .param("slot", slot.toString())
            .update()
        == 1;
  }
}
