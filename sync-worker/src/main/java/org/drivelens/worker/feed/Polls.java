package org.drivelens.worker.feed;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.drivelens.worker.trouble.SyncTrouble;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who polls a feed, for how long, and when again after a failure. */
final class Polls {

  /** People whom polls answered, of the row {@code f}; they fade within seconds. */
  private static final String LATELY =
      """
      case when f.people_at > clock_timestamp() - interval '1 minute'
           then f.people * exp(extract(epoch from f.people_at - clock_timestamp())::float8 / 5) else 0 end\
      """;

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
               set lease_until = clock_timestamp() + make_interval(secs => :lease), fence = fence + 1
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

  /** Notes the start of a poll, and keeps the lease. */
  boolean start(UUID id, long fence, Duration lease) {
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

  /**
   * Notes why polling fails, which all events that follow the feed show, and gives the lease back.
   * The next poll waits, the longer the older the trouble is.
   *
   * @param refused the shared drive's log is closed to us
   * @return whether it was closed to us just now
   */
  boolean failed(UUID id, long fence, SyncTrouble trouble, boolean refused) {
    return jdbc.sql(
            """
            update drive_feed f
               set error_code = :code, error_message = :message, error_final = :final, refused = f.refused or :refused,
                   error_since = coalesce(error_since, clock_timestamp()), lease_until = null,
                   next_attempt_at = clock_timestamp() + greatest(make_interval(secs => :wait),
                       least((clock_timestamp() - coalesce(error_since, clock_timestamp())) / 2, interval '5 minutes'))
             where id = :id and fence = :fence
            returning new.refused and not old.refused
            """)
        .param("id", id)
        .param("fence", fence)
        .param("code", trouble.code().name())
        .param("message", trouble.message())
        .param("final", trouble.forGood())
        .param("refused", refused)
        .param("wait", trouble.delay().toMillis() / 1000.0)
        .query(Boolean.class)
        .optional()
        .orElse(false);
  }

  /** So many people were answered by a poll; for the pause before the next one. */
  void answered(UUID id, long people) {
    jdbc.sql(
            """
            update drive_feed f set people = least(250, :people + %s), people_at = clock_timestamp() where id = :id
            """
                .formatted(LATELY))
        .param("id", id)
        .param("people", people)
        .update();
  }

  /**
   * How long the next poll waits, counted from the start of the last one: 20 ms for each person who
   * waits for it or was answered in the seconds before, up to 5 s. Without those, people who come
   * one after the other would cost a call each. To be asked again while waiting, for the more come,
   * the longer it pays to wait for them. Where nobody waits but bulk work, half a second. Events
   * that a worker is at do not wait for a poll yet.
   */
  Duration rest(UUID id) {
    return Duration.ofNanos(
        jdbc.sql(
                """
                select coalesce(extract(epoch from f.began_at + make_interval(secs => case w.people when 0 then 0.5
                         else least(5, 0.02 * (w.people + %s)) end) - clock_timestamp()) * 1e9, 0)::bigint
                  from drive_feed f cross join lateral (
                    select count(*) as people from (
                      select from event_sync s
                       where s.feed_id = f.id and s.requested_generation > s.synced_generation and s.requested_urgent
                         and not coalesce(s.lease_until > clock_timestamp() and s.lease_fence = s.fence, false)
                       limit 250) as waiting) as w
                 where f.id = :id
                """
                    .formatted(LATELY))
            .param("id", id)
            .query(Long.class)
            .single());
  }
}
