package org.drivelens.worker.feed;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.drivelens.event.SyncErrorCode;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who polls a feed, for how long, and when again after a failure. */
final class Polls {

  private final JdbcClient jdbc;

  Polls(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** PostgreSQL's clock: the only one by which polls, requests and leases are compared. */
  Instant now() {
    return jdbc.sql("select clock_timestamp()").query(Instant.class).single();
  }

  /**
   * Takes the poll lease if nobody holds it, a poll is asked for and no wait after a failure lies
   * ahead.
   *
   * @return the fence of the lease
   */
  Optional<Long> claim(UUID id, Duration lease) {
    return jdbc.sql(
            """
            update drive_feed
               set lease_until = clock_timestamp() + make_interval(secs => :lease),
                   fence = fence + 1, began_at = clock_timestamp()
             where id = :id and (lease_until is null or lease_until < clock_timestamp())
               and (next_attempt_at is null or next_attempt_at <= clock_timestamp())
               and (as_of is null or demanded_at >= as_of)
            returning fence
            """)
        .param("id", id)
        .param("lease", lease.toMillis() / 1000.0)
        .query(Long.class)
        .optional();
  }

  /** Before another poll under the same lease. */
  boolean renew(UUID id, long fence, Duration lease) {
    return jdbc.sql(
                """
                update drive_feed set lease_until = clock_timestamp() + make_interval(secs => :lease), began_at = clock_timestamp()
                 where id = :id and fence = :fence
                """)
            .param("id", id)
            .param("fence", fence)
            .param("lease", lease.toMillis() / 1000.0)
            .update()
        == 1;
  }

  /**
   * Gives the lease back unless a newer poll was asked for meanwhile.
   *
   * @return false if there is more to do
   */
  boolean release(UUID id, long fence) {
    return jdbc.sql(
                    """
                    update drive_feed set lease_until = null
                     where id = :id and fence = :fence and not coalesce(demanded_at >= as_of, false)
                    """)
                .param("id", id)
                .param("fence", fence)
                .update()
            == 1
        || lost(id, fence);
  }

  /** Gives the lease back after a failure; the next attempt has its time. */
  void abandon(UUID id, long fence) {
    jdbc.sql("update drive_feed set lease_until = null where id = :id and fence = :fence")
        .param("id", id)
        .param("fence", fence)
        .update();
  }

  private boolean lost(UUID id, long fence) {
    return jdbc.sql("select fence <> :fence from drive_feed where id = :id")
        .param("id", id)
        .param("fence", fence)
        .query(Boolean.class)
        .single();
  }

  /** Notes why polling fails; the next poll waits, the longer the more the older the trouble is. */
  void failed(UUID id, SyncErrorCode code, String message, Duration wait) {
    jdbc.sql(
            """
            update drive_feed
               set error_code = :code, error_message = :message,
                   error_since = coalesce(error_since, clock_timestamp()),
                   next_attempt_at = clock_timestamp() + greatest(make_interval(secs => :wait),
                       least(clock_timestamp() - coalesce(error_since, clock_timestamp()), interval '1 minute') / 2)
             where id = :id
            """)
        .param("id", id)
        .param("code", code.name())
        .param("message", message)
        .param("wait", wait.toMillis() / 1000.0)
        .update();
  }

  /** How many people wait for an answer of this feed. */
  int peopleWaiting(UUID id) {
    return jdbc.sql(
            """
            select count(*) from event_sync
             where feed_id = :id and requested_generation > synced_generation and requested_urgent
            """)
        .param("id", id)
        .query(Integer.class)
        .single();
  }
}
