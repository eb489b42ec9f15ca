package org.drivelens.worker.sweep;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.drivelens.event.EventId;
import org.drivelens.event.Pauses;
import org.drivelens.event.SyncRequests;
import org.drivelens.event.Trigger;
import org.drivelens.settings.BadSetting;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Walks every event again by itself: after a quarter of an hour, an hour and six hours while it is
 * new, then daily. The feed may say nothing of what changes, and nothing else would find it.
 */
public final class FullWalks {

  private final JdbcClient jdbc;
  private final SyncRequests requests;
  private final List<Duration> waits;
  private final Duration again;

  /**
   * @param waits how long after each complete walk the next one is due; the last goes on for ever
   * @param again how long, at most twice as long, after one that the schedule did not ask for
   */
  public FullWalks(JdbcClient jdbc, List<Duration> waits, Duration again) {
    if (waits.isEmpty() || waits.stream().anyMatch(wait -> !wait.isPositive())) {
      throw new BadSetting("DRIVELENS_WORKER_WALK_AGAIN must be durations, each of them positive.");
    }
    this.jdbc = jdbc;
    this.requests = new SyncRequests(jdbc);
    this.waits = List.copyOf(waits);
    this.again = again;
  }

  /**
   * A walk is complete; in its transaction. The last wait is spread, so that events made together
   * do not stay together. One that the schedule did not ask for is soon followed by one that it
   * does: the trash flag that a folder hands down lags (drive-api 5.3), so what came back may not
   * have been shown, and may even have been taken for gone. The first is spared that: the walk
   * after it comes soon enough.
   */
  public void completed(UUID event) {
    jdbc.sql(
            """
            update event_sync s
               set full_walks = s.full_walks + 1,
                   full_due_at = clock_timestamp() + least(
                     make_interval(secs => (:waits::double precision[])[least(s.full_walks + 1, :last)])
                       * case when s.full_walks + 1 < :last then 1 else 0.8 + 0.4 * random() end,
                     case when s.full_walks > 0 and not w.by_clock then make_interval(secs => :again) * (1 + random()) end)
              from walk w
             where s.event_id = :event and w.event_id = s.event_id
            """)
        .param("event", event)
        .param("waits", waits.stream().map(w -> w.toMillis() / 1000.0).toArray(Double[]::new))
        .param("last", waits.size())
        .param("again", again.toMillis() / 1000.0)
        .update();
  }

  /**
   * Asks for the walks that are due, in a transaction of the caller. Until one is complete the next
   * is due after the longest wait, so that an event in trouble does not fall out of the schedule.
   *
   * @return the events to publish
   */
  List<EventId> request(int atMost) {
    var due =
        jdbc.sql(
                """
                with due as (
                  select event_id from event_sync s
                   where wake_at <= clock_timestamp() and full_due_at <= clock_timestamp() and folder_id is not null
                     and not coalesce(lease_until > clock_timestamp() and lease_fence = fence, false)
                     and not %s
                   order by event_id limit :most for no key update skip locked)
                update event_sync s
                   set full_due_at = clock_timestamp() + make_interval(secs => :wait) * (0.8 + 0.4 * random()), wake_at = null
                  from due where s.event_id = due.event_id
                returning s.event_id
                """
                    .formatted(Pauses.PAUSED))
            .param("most", atMost)
            .param("wait", waits.getLast().toMillis() / 1000.0)
            .query((row, n) -> new EventId(row.getObject(1, UUID.class)))
            .list();
    return due.isEmpty() ? due : requests.request(due, true, Trigger.SCHEDULED);
  }
}
