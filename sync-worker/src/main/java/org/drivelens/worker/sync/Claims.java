package org.drivelens.worker.sync;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.drivelens.event.EventId;
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

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final Feeds feeds;
  private final Runs runs;
  private final String owner;
  private final String robot;
  private final Duration lease;

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

  /** What the row of an event says about whether there is anything to do now. */
  record Standing(
      boolean leased,
      boolean waiting,
      boolean failed,
      boolean oldFolder,
      boolean requested,
      boolean dirty,
      boolean wantsWalk,
      boolean looksAgain,
      boolean answeredByPoll,
      int attempts,
      @Nullable UUID runId) {

    boolean due() {
      return requested || dirty || wantsWalk || oldFolder || looksAgain;
    }

    boolean free() {
      return !leased && !waiting && !failed;
    }
  }

  /** How an attempt to claim ended. */
  sealed interface Attempt {
    /** Go on. */
    record Won(Claim claim) implements Attempt {}

    /** Nothing is due, or another worker is at it. */
    record NothingToDo() implements Attempt {}

    /** The event was noted as waiting for a poll of this feed: ask for it. */
    record AwaitsPoll(UUID feed) implements Attempt {}
  }

  Attempt claim(EventId event) {
    var feed = feeds.of(robot);
    var attempt = transaction.execute(t -> claim(event.value(), feed));
    if (attempt instanceof Attempt.AwaitsPoll) {
      // After the transaction: the row of the feed is always locked before that of an event.
      feeds.demand(feed.id());
    }
    return attempt;
  }

  private Attempt claim(UUID event, Feed feed) {
    var standing = standing(event, feed).filter(Standing::free).orElse(null);
    if (standing == null) {
      return new Attempt.NothingToDo();
    }
    if (!standing.due()) {
      letSleep(event);
      return new Attempt.NothingToDo();
    }
    if (!standing.oldFolder() && (feed.token() == null || standing.answeredByPoll())) {
      // A clean event needs no worker of its own: the poll answers it.
      awaitPoll(event, feed);
      return new Attempt.AwaitsPoll(feed.id());
    }
    if (standing.attempts() > SyncTrouble.MOST_ATTEMPTS) {
      giveUp(event);
      return new Attempt.NothingToDo();
    }
    var run = standing.runId() != null ? standing.runId() : runs.begin(event);
    return new Attempt.Won(take(event, run, feed));
  }

  private Optional<Standing> standing(UUID event, Feed feed) {
    return jdbc.sql(
            """
            select coalesce(s.lease_until > clock_timestamp() and s.lease_fence = s.fence, false) as leased,
                   coalesce(s.next_attempt_at > clock_timestamp() and s.tried_generation = s.requested_generation, false) as waiting,
                   s.error_final and s.tried_generation = s.requested_generation as failed,
                   s.cleared_epoch < s.folder_epoch as old_folder,
                   s.requested_generation > s.synced_generation as requested, s.dirty,
                   s.folder_id is not null and (s.walk_wanted or (s.feed_epoch is not null and s.feed_epoch <> :epoch)
                     or s.full_generation > s.walked_generation) as wants_walk,
                   exists (select from photo p where p.event_id = s.event_id and p.folder_epoch = s.folder_epoch
                              and p.metadata_due_at <= clock_timestamp())
                     or exists (select from event_folder a where a.event_id = s.event_id and a.folder_epoch = s.folder_epoch
                                   and a.list_again_at <= clock_timestamp()) as looks_again,
                   s.feed_id = :feed and s.feed_epoch is not distinct from :epoch and not s.dirty and not s.walk_wanted
                     and s.full_generation <= s.walked_generation and s.run_id is null
                     and s.requested_generation > s.synced_generation
                     and coalesce(s.requested_at >= f.as_of, true) as answered_by_poll,
                   case when s.requested_generation > s.tried_generation then 1 else s.attempts + 1 end as attempts,
                   s.run_id
              from event_sync s join drive_feed f on f.id = :feed
             where s.event_id = :event
               for no key update of s
            """)
        .param("event", event)
        .param("feed", feed.id())
        .param("epoch", feed.epoch())
        .query(Standing.class)
        .optional();
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

  /** Waits for a poll that begins from now on. */
  private void awaitPoll(UUID event, Feed feed) {
    jdbc.sql(
            """
            update event_sync
               set feed_id = :feed, awaits_as_of = clock_timestamp(),
                   wake_at = greatest(wake_at, clock_timestamp() + interval '10 seconds')
             where event_id = :event
            """)
        .param("event", event)
        .param("feed", feed.id())
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

  private Claim take(UUID event, UUID run, Feed feed) {
    return jdbc.sql(
            """
            update event_sync s
               set fence = s.fence + 1, lease_fence = s.fence + 1, lease_owner = :owner,
                   lease_until = clock_timestamp() + make_interval(secs => :lease),
                   wake_at = clock_timestamp() + make_interval(secs => :lease),
                   attempts = case when s.requested_generation > s.tried_generation then 1 else s.attempts + 1 end,
                   tried_generation = s.requested_generation, next_attempt_at = null, error_final = false,
                   run_id = :run, awaits_as_of = null
              from sync_run r
             where s.event_id = :event and r.id = :run
            returning s.event_id as event, s.fence, s.folder_epoch, s.folder_id, s.resource_key, r.id as run_id,
                      r.generation, r.requested_at,
                      s.requested_urgent and s.requested_generation > s.synced_generation as urgent, s.attempts,
                      :feed::uuid as feed_id
            """)
        .param("event", event)
        .param("owner", owner)
        .param("lease", lease.toMillis() / 1000.0)
        .param("run", run)
        .param("feed", feed.id())
        .query(Claim.class)
        .single();
  }
}
