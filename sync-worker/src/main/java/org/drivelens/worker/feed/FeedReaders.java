package org.drivelens.worker.feed;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.drivelens.contract.Command.SyncRequested;
import org.drivelens.event.EventId;
import org.drivelens.event.Freshness;
import org.drivelens.event.Trigger;
import org.drivelens.worker.sweep.WakeAt;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.SimplePropertyRowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a poll does to the events that follow a feed; each call runs in the poll's transaction. */
final class FeedReaders {

  /** As fresh as the feed ({@link Freshness}), as long as it is of the feed's epoch. */
  private static final String CLEAN =
      """
      s.requested_generation <= s.synced_generation and not s.dirty and not s.walk_wanted
                     and s.cleared_epoch = s.folder_epoch and s.feed_coverage is distinct from 'PARTIAL'
      """
          .strip();

  private static final String TOUCH =
      """
      with entry as (select file_id, parent_id from drive_change where feed_id = :feed and seq > :head),
      touched(event_id, folder_epoch) as (
        select p.event_id, p.folder_epoch from entry e join photo p on p.drive_file_id = e.file_id and p.removed_at is null
        union
        select f.event_id, f.folder_epoch from entry e join event_folder f on f.folder_id = e.file_id
        union
        select f.event_id, f.folder_epoch from entry e join event_folder f on f.shortcut_id = e.file_id
        union
        select f.event_id, f.folder_epoch from entry e join event_folder f on f.folder_id = e.parent_id
        union
        select a.event_id, a.folder_epoch from entry e join event_ancestor a on a.folder_id = e.file_id
        union
        select h.event_id, h.folder_epoch from entry e join event_shortcut h on h.item_id = e.file_id),
      chosen as (
        select s.event_id from event_sync s join touched t on t.event_id = s.event_id and t.folder_epoch = s.folder_epoch
         where s.feed_id = :feed order by s.event_id for no key update of s)
      update event_sync s
         set last_synced_at = case when %s
                     and s.feed_epoch = :epoch then greatest(s.last_synced_at, :asOf::timestamptz) else s.last_synced_at end,
             position = case when s.dirty then s.position else coalesce(s.position, :head) end,
             dirty = true, dirty_by = case when s.dirty then s.dirty_by else :by end, error_final = false, next_attempt_at = null, attempts = least(s.attempts, 6),
             wake_at = least(s.wake_at, clock_timestamp() + interval '10 seconds')
        from chosen where s.event_id = chosen.event_id
      returning s.event_id, s.dirty_by as trigger, s.requested_urgent and s.requested_generation > s.synced_generation as urgent
      """
          .formatted(CLEAN);

  private static final String ANSWER =
      """
      with chosen as (
        select s.event_id, s.requested_generation, s.full_generation, s.requested_at, s.requested_trigger, s.folder_epoch,
               f.token
          from event_sync s join drive_feed f on f.id = s.feed_id
         where f.id = :feed and s.requested_generation > s.synced_generation and s.requested_at < f.as_of
           and not s.dirty and not s.walk_wanted and s.feed_epoch = f.epoch and s.run_id is null
           and s.feed_coverage is distinct from 'PARTIAL'
           and s.full_generation <= s.walked_generation and s.cleared_epoch = s.folder_epoch and not s.removal_accepted
           and not coalesce(s.lease_until > clock_timestamp() and s.lease_fence = s.fence, false)
         order by s.event_id for no key update of s),
      answered as (
        update event_sync s
           set synced_generation = greatest(s.synced_generation, c.requested_generation), last_synced_at = clock_timestamp(),
               tried_generation = c.requested_generation, attempts = 0, error_code = null, error_message = null,
               error_since = null, error_final = false, next_attempt_at = null, change_token = c.token, awaits_as_of = null,
               wake_at = %s
          from chosen c where s.event_id = c.event_id)
      insert into sync_run (event_id, folder_epoch, generation, full_generation, requested_at, trigger, mode, status,
                            started_at, finished_at)
      select event_id, folder_epoch, requested_generation, full_generation, requested_at, requested_trigger, 'FEED', 'SUCCEEDED',
             this.moment, this.moment
        from chosen cross join (select clock_timestamp() as moment) as this
      returning id as run_id, event_id, trigger
      """
          .formatted(WakeAt.WHEN_CLEAN);

  private static final RowMapper<Due> DUE = new SimplePropertyRowMapper<>(Due.class);

  private static final RowMapper<Answered> ANSWERED = new SimplePropertyRowMapper<>(Answered.class);

  private final JdbcClient jdbc;

  FeedReaders(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** An event to be published. */
  record Due(UUID eventId, @Nullable Trigger trigger, boolean urgent) {

    SyncRequested message() {
      return new SyncRequested(
          new EventId(eventId), trigger == null ? Trigger.FEED : trigger, urgent);
    }
  }

  /** An event whose request the poll answered. */
  record Answered(UUID runId, UUID eventId, Trigger trigger) {}

  /**
   * Marks the events of this feed that the entries after {@code head} touch. An event that was
   * clean stands at {@code head} from now on. Events are locked in the order of their ids.
   *
   * @param before the feed as it was before these entries
   */
  List<Due> touch(Feed before) {
    var asOf = before.asOf();
    var announced = Announced.since(jdbc, before.id(), asOf);
    return jdbc.sql(TOUCH)
        .param("feed", before.id())
        .param("head", before.head())
        .param("epoch", before.epoch())
        .param("asOf", asOf == null ? null : asOf.toString())
        .param("by", (announced ? Trigger.PUSH : Trigger.FEED).name())
        .query(DUE)
        .list();
  }

  /**
   * Answers every request that needs no more than to know that nothing touched the event: one run
   * of mode FEED each. Left out are events with a walk, a live lease, an old epoch or a pending
   * full sync.
   */
  List<Answered> answer(UUID feed) {
    return jdbc.sql(ANSWER).param("feed", feed).query(ANSWERED).list();
  }

  /** The events that waited for this poll, or that the feed had failed; they may go on now. */
  List<Due> wake(UUID feed) {
    return jdbc.sql(
            """
            with due as (
              select s.event_id from event_sync s join drive_feed f on f.id = s.feed_id
               where f.id = :feed and s.awaits_as_of is not null and s.awaits_as_of < f.as_of
              union
              select event_id from event_sync
               where feed_id = :feed and error_code is not null and error_code in ('CREDENTIALS_REFUSED', 'QUOTA_OF_DAY')),
            chosen as (select event_id from event_sync join due using (event_id) order by event_id for no key update of event_sync)
            update event_sync s
               set awaits_as_of = null, error_final = false, next_attempt_at = null,
                   wake_at = least(s.wake_at, clock_timestamp() + interval '10 seconds')
              from chosen where s.event_id = chosen.event_id
            returning s.event_id, s.requested_trigger as trigger, s.requested_urgent as urgent
            """)
        .param("feed", feed)
        .query(DUE)
        .list();
  }

  /**
   * The events of this feed must walk: it has a new epoch, or is closed to us, for which some may
   * have waited to begin. Each is woken at a time of its own, so that they do not all walk at once;
   * until then it is as fresh as it was in the epoch before.
   */
  void walk(UUID feed, Duration spacing) {
    jdbc.sql(
            """
            with chosen as (
              select event_id from event_sync where feed_id = :feed and (feed_epoch is not null or awaits_as_of is not null)
               order by event_id for no key update),
            turn as (select event_id, row_number() over (order by random()) as n from chosen)
            update event_sync s
               set wake_at = least(s.wake_at, clock_timestamp() + turn.n * make_interval(secs => :spacing)),
                   last_synced_at = case when %s
                     and s.feed_epoch = f.epoch - 1 then greatest(s.last_synced_at, f.as_of) else s.last_synced_at end
              from turn, drive_feed f where s.event_id = turn.event_id and f.id = :feed
            """
                .formatted(CLEAN))
        .param("feed", feed)
        .param("spacing", spacing.toMillis() / 1000.0)
        .update();
  }
}
