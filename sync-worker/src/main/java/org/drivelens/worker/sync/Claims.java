package org.drivelens.worker.sync;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.drivelens.event.EventId;
import org.drivelens.event.Freshness;
import org.drivelens.event.SyncErrorCode;
import org.drivelens.worker.feed.Feed;
import org.drivelens.worker.feed.Feeds;
import org.drivelens.worker.sweep.WakeAt;
import org.drivelens.worker.trouble.SyncTrouble;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Decides who syncs an event: at most one worker, and only when something is due. Whoever gets no
 * claim has nothing to do, for whoever holds it sees newer requests at its end.
 */
final class Claims {

  private static final String TAKE =
      """
      with run as (%s)
      update event_sync s
         set fence = s.fence + 1, lease_fence = s.fence + 1, lease_owner = :owner,
             lease_until = clock_timestamp() + make_interval(secs => :lease),
             wake_at = clock_timestamp() + make_interval(secs => :lease),
             attempts = case when s.requested_generation > s.tried_generation then 1 else s.attempts + 1 end,
             tried_generation = s.requested_generation, next_attempt_at = null, error_final = false,
             run_id = run.id, awaits_as_of = null, feed_id = :feed,
             feed_epoch = case when s.feed_id = :feed then s.feed_epoch end,
             position = case when s.feed_id = :feed then s.position end,
             %s
        from run
       where s.event_id = :event
      returning s.event_id as event, s.fence, s.folder_epoch, s.folder_id, s.resource_key, run.id as run_id,
                run.generation, run.requested_at,
                s.requested_urgent and s.requested_generation > s.synced_generation as urgent, s.attempts
      """;

  private static final String BEGIN_RUN = TAKE.formatted(Runs.BEGUN, Freshness.NOTED);
  private static final String GO_ON = TAKE.formatted(Runs.GOING_ON, Freshness.NOTED);

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final Feeds feeds;
  private final Runs runs;
  private final String owner;
  private final String robot;
  private final Duration lease;
  private volatile @Nullable Feed own;

  Claims(
      JdbcClient jdbc,
      TransactionTemplate transaction,
      Feeds feeds,
      Runs runs,
      String owner,
      String robot,
      Duration lease) {
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.feeds = feeds;
    this.runs = runs;
    this.owner = owner;
    this.robot = robot;
    this.lease = lease;
  }

  /** How an attempt to claim ended. */
  sealed interface Attempt {
    /** Go on. */
    record Won(Claim claim) implements Attempt {}

    /** Nothing is due, or another worker is at it. */
    record NothingToDo() implements Attempt {}

    /**
     * The event was noted as waiting for a poll of this feed that begins after a moment: ask for
     * it.
     *
     * @param after null for now
     */
    record AwaitsPoll(UUID feed, @Nullable Instant after) implements Attempt {}
  }

  Attempt claim(EventId event) {
    var own = own();
    var attempt = transaction.execute(t -> claim(event.value(), own));
    if (attempt instanceof Attempt.AwaitsPoll awaits) {
      // After the transaction: the row of the feed is always locked before that of an event.
      feeds.demand(awaits.feed(), awaits.after());
    }
    return attempt;
  }

  /** Made once, never deleted: only its id and credential are used here. */
  private Feed own() {
    var known = own;
    if (known == null) {
      known = feeds.of(robot, null);
      own = known;
    }
    return known;
  }

  private Attempt claim(UUID event, Feed own) {
    var standing = Standing.of(jdbc, event, own).filter(Standing::free).orElse(null);
    if (standing == null) {
      return new Attempt.NothingToDo();
    }
    if (!standing.due()) {
      letSleep(event);
      return new Attempt.NothingToDo();
    }
    if (!standing.oldFolder() && (!standing.feedReadable() || standing.answeredByPoll())) {
      // A clean event needs no worker of its own: the poll answers it.
      var after = standing.answeredByPoll() ? standing.requestedAt() : null;
      awaitPoll(event, standing.feedId(), after);
      return new Attempt.AwaitsPoll(standing.feedId(), after);
    }
    if (standing.attempts() > SyncTrouble.MOST_ATTEMPTS) {
      giveUp(event);
      return new Attempt.NothingToDo();
    }
    return new Attempt.Won(take(event, standing));
  }

  /** Somebody woke it for nothing; otherwise the sweep would do so again and again. */
  private void letSleep(UUID event) {
    jdbc.sql(
            """
            update event_sync s set wake_at = n.at
              from (select %s as at from event_sync s where s.event_id = :event) as n
             where s.event_id = :event and s.wake_at is distinct from n.at
            """
                .formatted(WakeAt.WHEN_CLEAN))
        .param("event", event)
        .update();
  }

  /** Waits for a poll that begins after a moment, or from now on. */
  private void awaitPoll(UUID event, UUID feed, @Nullable Instant after) {
    jdbc.sql(
            """
            update event_sync
               set feed_id = :feed, awaits_as_of = coalesce(:after::timestamptz, clock_timestamp()),
                   wake_at = greatest(wake_at, clock_timestamp() + interval '10 seconds')
             where event_id = :event
            """)
        .param("event", event)
        .param("feed", feed)
        .param("after", after == null ? null : after.toString())
        .update();
  }

  private void giveUp(UUID event) {
    var trouble = SyncTrouble.of(SyncErrorCode.KEEPS_FAILING, robot, true);
    jdbc.sql(
            """
            update event_sync
               set error_code = :code, error_message = :message, error_final = true,
                   tried_generation = requested_generation, wake_at = null, next_attempt_at = null
             where event_id = :event
            """)
        .param("event", event)
        .param("code", trouble.code().name())
        .param("message", trouble.message())
        .update();
    runs.failed(event, trouble);
  }

  private Claim take(UUID event, Standing standing) {
    if (standing.otherFeed()) {
      // Places in one log mean nothing in another.
      jdbc.sql("delete from walk where event_id = :event").param("event", event).update();
    }
    return jdbc.sql(standing.runId() == null ? BEGIN_RUN : GO_ON)
        .param("event", event)
        .param("owner", owner)
        .param("lease", lease.toMillis() / 1000.0)
        .param("run", standing.runId())
        .param("feed", standing.feedId())
        .query(Claim.class)
        .single();
  }
}
