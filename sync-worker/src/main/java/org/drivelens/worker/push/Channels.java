package org.drivelens.worker.push;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import org.drivelens.drive.DriveChannels.Wanted;
import org.drivelens.drive.DriveProblem;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The channels in the database: which is to be opened or stopped, and who does it. */
final class Channels {

  /** How long opening or stopping one takes at most; then another worker may. */
  private static final Duration AT_IT = Duration.ofMinutes(2);

  private final JdbcClient jdbc;
  private final double retryAfter;
  private final double deadAfter;

  Channels(JdbcClient jdbc, PushProperties properties) {
    this.jdbc = jdbc;
    this.retryAfter = seconds(properties.retryAfter());
    this.deadAfter = seconds(properties.deadAfter());
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }

  /** A channel that is to be stopped. */
  record Old(String id, String resourceId) {}

  /** Says which feeds of the credential are to have a channel: with none, push is off. */
  void want(Collection<UUID> feeds, String credential) {
    jdbc.sql(
            """
            with gone as (
              delete from push_watch w using drive_feed f
               where f.id = w.feed_id
                 and case when f.credential = :credential then f.refused or not w.feed_id = any (:feeds)
                          else coalesce(f.as_of, '-infinity') < clock_timestamp() - interval '15 minutes' end)
            insert into push_watch (feed_id)
            select id from drive_feed where id = any (:feeds) and token is not null and not refused
                on conflict do nothing
            """)
        .param("feeds", feeds.toArray(UUID[]::new))
        .param("credential", credential)
        .update();
  }

  /**
   * Takes a feed that has no channel to this address, or one that ends soon or is dead. One worker
   * gets it; should two open a channel all the same, the older is stopped.
   */
  Optional<UUID> claim(String credential, String address) {
    return jdbc.sql(
            """
            with due as (
              select w.feed_id from push_watch w join drive_feed f on f.id = w.feed_id
               where f.credential = :credential and f.token is not null and not f.refused
                 and coalesce(w.claimed_until < clock_timestamp(), true)
                 and coalesce(w.next_attempt_at < clock_timestamp(), true)
                 and not exists (select from push_channel c
                                  where c.feed_id = w.feed_id and c.address = :address and c.stopped_at is null
                                    and c.renew_at > clock_timestamp())
               order by w.next_attempt_at nulls first limit 1 for update of w skip locked)
            update push_watch w set claimed_until = clock_timestamp() + make_interval(secs => :at_it)
              from due where w.feed_id = due.feed_id
            returning w.feed_id
            """)
        .param("credential", credential)
        .param("address", address)
        .param("at_it", seconds(AT_IT))
        .query(UUID.class)
        .optional();
  }

  /** Before Google is asked for it: its first message may come before Google's answer. */
  void make(UUID feed, Wanted channel) {
    jdbc.sql(
            "insert into push_channel (id, feed_id, token_hash, address) values (:id, :feed, :hash,"
                + " :address)")
        .param("id", channel.id())
        .param("feed", feed)
        .param("hash", sha256(channel.token()))
        .param("address", channel.address())
        .update();
  }

  private static byte[] sha256(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  void opened(UUID feed, String id, String resourceId, Instant expiration) {
    jdbc.sql(
            """
            with watch as (
              update push_watch
                 set claimed_until = null, error_code = null, error_message = null, error_since = null,
                     next_attempt_at = clock_timestamp() + make_interval(secs => :retry)
               where feed_id = :feed)
            update push_channel
               set resource_id = :resource, opened_at = clock_timestamp(), expires_at = :expiration::timestamptz,
                   renew_at = clock_timestamp() + (:expiration::timestamptz - clock_timestamp()) * 0.75
             where id = :id
            """)
        .param("feed", feed)
        .param("id", id)
        .param("resource", resourceId)
        .param("expiration", expiration.toString())
        .param("retry", retryAfter)
        .update();
  }

  /** Shown, and tried again later, the later the longer it goes on. */
  void refused(UUID feed, String id, DriveProblem problem) {
    jdbc.sql(
            """
            with forgotten as (delete from push_channel where id = :id)
            update push_watch
               set claimed_until = null, error_code = :code, error_message = :message,
                   error_since = coalesce(error_since, clock_timestamp()),
                   next_attempt_at = clock_timestamp() + greatest(make_interval(secs => :wait),
                       least((clock_timestamp() - coalesce(error_since, clock_timestamp())) / 2, interval '1 hour'))
             where feed_id = :feed
            """)
        .param("feed", feed)
        .param("id", id)
        .param("code", code(problem))
        .param("message", problem.getMessage())
        .param("wait", Math.max(retryAfter, asked(problem)))
        .update();
  }

  private static String code(DriveProblem problem) {
    var reason = problem.reason();
    return reason == null ? problem.getClass().getSimpleName() : reason;
  }

  private static double asked(DriveProblem problem) {
    @Nullable Duration wait = problem instanceof DriveProblem.Busy busy ? busy.retryAfter() : null;
    return wait == null ? 0 : seconds(wait);
  }

  /**
   * Takes a channel that is not needed any more: its feed is not watched, or a newer one has spoken
   * or makes up for its silence. Google takes none from us that another service account opened
   * while that account's workers are there.
   */
  Optional<Old> claimOld(String credential) {
    return jdbc.sql(
            """
            with due as (
              select c.id from push_channel c join drive_feed f on f.id = c.feed_id
               where c.opened_at is not null and c.stopped_at is null and c.expires_at > clock_timestamp()
                 and coalesce(c.stop_after < clock_timestamp(), true)
                 and case when f.credential <> :credential then f.as_of < clock_timestamp() - interval '15 minutes'
                          when not exists (select from push_watch w where w.feed_id = c.feed_id) then true
                          else exists (select from push_channel n
                                        where n.feed_id = c.feed_id and n.stopped_at is null
                                          and (n.opened_at, n.id) > (c.opened_at, c.id)
                                          and (c.dead_since is not null
                                               or exists (select from push_message m where m.channel_id = n.id))) end
               order by c.opened_at limit 1 for update of c skip locked)
            update push_channel c set stop_after = clock_timestamp() + make_interval(secs => :at_it)
              from due where c.id = due.id
            returning c.id, c.resource_id
            """)
        .param("credential", credential)
        .param("at_it", seconds(AT_IT))
        .query(Old.class)
        .optional();
  }

  void stopped(String id) {
    jdbc.sql("update push_channel set stopped_at = clock_timestamp() where id = :id")
        .param("id", id)
        .update();
  }

  /**
   * Finds out which channels are dead. Only the newest of a feed is judged: it has said nothing at
   * all, or the log got entries long after the last message about it, and still none has come. One
   * message later than that, and it lives.
   */
  void judge() {
    jdbc.sql(
            """
            with newest as (
              select distinct on (feed_id) id, feed_id, opened_at, dead_since from push_channel
               where opened_at is not null and stopped_at is null order by feed_id, opened_at desc, id desc),
            verdict as (
              select n.id, n.dead_since is not null as was,
                     n.opened_at < clock_timestamp() - make_interval(secs => :patience)
                       and not exists (select from push_message m where m.channel_id = n.id)
                     or coalesce(found.stored_at > greatest(n.opened_at, said.at) + make_interval(secs => :patience), false) as dead
                from newest n
                left join lateral (select max(m.changed_at) as at from push_channel c join push_message m on m.channel_id = c.id
                                    where c.feed_id = n.feed_id) as said on true
                left join lateral (select stored_at from drive_change d
                                    where d.feed_id = n.feed_id and d.stored_at < clock_timestamp() - make_interval(secs => :patience)
                                    order by d.seq desc limit 1) as found on true)
            update push_channel c
               set dead_since = case when v.dead then clock_timestamp() end,
                   renew_at = case when v.dead then least(c.renew_at, clock_timestamp() + make_interval(secs => :retry)) else c.renew_at end
              from verdict v where v.id = c.id and v.dead <> v.was
            """)
        .param("patience", deadAfter)
        .param("retry", retryAfter)
        .update();
  }

  /** Kept for a while after its end: its last messages still count. */
  void forget() {
    jdbc.sql(
            """
            delete from push_channel
             where coalesce(stopped_at, expires_at, made_at) < clock_timestamp() - interval '10 minutes'
            """)
        .update();
  }
}
