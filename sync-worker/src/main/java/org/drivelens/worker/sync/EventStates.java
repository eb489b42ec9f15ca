package org.drivelens.worker.sync;

import java.util.Optional;
import java.util.UUID;
import org.drivelens.event.SyncErrorCode;
import org.drivelens.worker.sweep.WakeAt;
import org.drivelens.worker.trouble.SyncTrouble;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads and moves the worker's own columns of {@code event_sync}. Writes run under the lease. */
final class EventStates {

  private static final String FINISH =
      """
      with clean as (
        update event_sync s
           set dirty = false, dirty_by = null, position = null, run_id = null, attempts = 0, change_token = :token,
               synced_generation = greatest(synced_generation, :generation), last_synced_at = clock_timestamp(),
               error_code = null, error_message = null, error_since = null, error_final = false,
               next_attempt_at = null, awaits_as_of = null, lease_until = null,
               wake_at = case when requested_generation > :generation then clock_timestamp() + interval '10 seconds'
                              else %s end
         where event_id = :event and not doubts_undecided
        returning unreadable_folders, skipped_files)
      update sync_run set status = 'SUCCEEDED', finished_at = clock_timestamp(), error_code = null, error_message = null,
                          unreadable_folders = clean.unreadable_folders, skipped_files = clean.skipped_files
        from clean where id = :run
      """
          .formatted(WakeAt.WHEN_CLEAN);

  private final JdbcClient jdbc;

  EventStates(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  EventState of(Claim claim) {
    return jdbc.sql(
            """
            select s.cleared_epoch < s.folder_epoch as old_folder,
                   f.id as feed_id, f.credential, f.drive_id as feed_drive, f.refused as feed_refused,
                   s.drive_id, s.feed_coverage is not distinct from 'PARTIAL' as partial,
                   f.epoch, f.head, f.floor, f.as_of, f.token is not null as has_token, s.last_full_walk_at is null as never_walked,
                   s.feed_epoch as walked_epoch, s.walk_wanted, s.full_generation > s.walked_generation as full_asked,
                   s.dirty, s.position, s.synced_generation, s.walked_generation,
                   w.kind as walk, w.feed_epoch as walk_epoch, w.position as walk_position, w.last_page_at as walk_last_page,
                   coalesce(w.applied, false) as walk_applied,
                   exists (select from walk_folder d where d.event_id = s.event_id and d.listed_at is null) as frontier,
                   exists (select from photo p where p.event_id = s.event_id and p.folder_epoch = s.folder_epoch
                              and p.metadata_due_at <= clock_timestamp()) as metadata_due,
                   exists (select from event_folder a where a.event_id = s.event_id and a.folder_epoch = s.folder_epoch
                              and a.list_again_at <= clock_timestamp()) as list_again_due,
                   s.removal_accepted, s.doubts_undecided, coalesce(s.held_look_at <= clock_timestamp(), false) as held_due, s.photo_count
              from event_sync s join drive_feed f on f.id = s.feed_id
              left join walk w on w.event_id = s.event_id
             where s.event_id = :event
            """)
        .param("event", claim.event())
        .query(EventState.class)
        .single();
  }

  /** The run goes on, so the claims before it were not in vain. */
  void progressed(Claim claim) {
    jdbc.sql("update event_sync set attempts = 0 where event_id = :event and attempts <> 0")
        .param("event", claim.event())
        .update();
  }

  void wantWalk(Claim claim) {
    jdbc.sql("update event_sync set walk_wanted = true, dirty = true where event_id = :event")
        .param("event", claim.event())
        .update();
    jdbc.sql("delete from walk where event_id = :event").param("event", claim.event()).update();
  }

  /** The same when the walk that is open has come to its end, or at once if it is of parts. */
  void walkLater(Claim claim) {
    jdbc.sql("update event_sync set walk_wanted = true, dirty = true where event_id = :event")
        .param("event", claim.event())
        .update();
  }

  /** A walk is open from now on; an event with a walk is never clean. */
  void walking(Claim claim) {
    jdbc.sql(
            """
            update event_sync set walk_wanted = false, dirty = true, attempts = 0 where event_id = :event
            """)
        .param("event", claim.event())
        .update();
  }

  /**
   * Parts of the tree are walked again, although nothing new was said of them: an event with a walk
   * is never clean.
   */
  void walkingAgain(Claim claim, long head) {
    jdbc.sql(
            """
            update event_sync set position = coalesce(position, :head), dirty = true where event_id = :event
            """)
        .param("event", claim.event())
        .param("head", head)
        .update();
  }

  /** The event follows this feed from now on; {@code blind} if that is not its drive's. */
  void follow(Claim claim, UUID feed, @Nullable String driveId, boolean blind) {
    jdbc.sql(
            """
            update event_sync
               set feed_id = :feed, drive_id = :drive, feed_coverage = case when :blind then 'PARTIAL' end, agreeing_walks = 0,
                   feed_epoch = null, position = null, walk_wanted = true, dirty = true
             where event_id = :event
            """)
        .param("event", claim.event())
        .param("feed", feed)
        .param("drive", driveId)
        .param("blind", blind)
        .update();
    jdbc.sql("delete from walk where event_id = :event").param("event", claim.event()).update();
  }

  /** The walk is complete: its starting position becomes the event's. */
  void promote(Claim claim) {
    jdbc.sql(
            """
            update event_sync s
               set position = w.position, feed_epoch = w.feed_epoch, walked_generation = w.full_generation,
                   last_full_walk_at = clock_timestamp(), dirty = true, attempts = 0
              from walk w where s.event_id = :event and w.event_id = s.event_id
            """)
        .param("event", claim.event())
        .update();
  }

  /** Everything up to {@code position} is applied. */
  void moveTo(Claim claim, long position) {
    jdbc.sql(
            """
            update event_sync s set position = :position, dirty = true, attempts = 0
             where event_id = :event and position is distinct from :position
            """)
        .param("event", claim.event())
        .param("position", position)
        .update();
  }

  /**
   * The gallery equals the folder as of {@code token}: with that the lease ends, and the run.
   *
   * @return false, and nothing is written, if photos seem to be gone and nobody has decided yet
   */
  boolean finish(Claim claim, String token) {
    return jdbc.sql(FINISH)
            .param("event", claim.event())
            .param("run", claim.runId())
            .param("generation", claim.generation())
            .param("token", token)
            .update()
        == 1;
  }

  /** Ends the claim with more to do: once a poll of the feed returned has come, or at once. */
  UUID release(Claim claim, boolean awaitsPoll) {
    return jdbc.sql(
            """
            update event_sync s
               set lease_until = null, attempts = greatest(s.attempts - 1, 0), dirty = true,
                   position = case when s.dirty then s.position else coalesce(s.position, f.head) end,
                   awaits_as_of = case when :poll then clock_timestamp() end,
                   wake_at = clock_timestamp() + interval '10 seconds'
              from drive_feed f where s.event_id = :event and f.id = s.feed_id
            returning f.id
            """)
        .param("event", claim.event())
        .param("poll", awaitsPoll)
        .query(UUID.class)
        .single();
  }

  /** A request that came while the run went on: whether a person made it. */
  Optional<Boolean> newerRequest(Claim claim) {
    return jdbc.sql(
            """
            select requested_urgent from event_sync
             where event_id = :event and requested_generation > synced_generation
            """)
        .param("event", claim.event())
        .query(Boolean.class)
        .optional();
  }

  /** Ends the claim in trouble: ERROR for good, or another attempt after a wait that grows. */
  void failed(Claim claim, SyncTrouble trouble) {
    jdbc.sql(
            """
            update event_sync
               set lease_until = null, error_code = :code, error_message = :message, error_final = :final,
                   error_since = coalesce(error_since, clock_timestamp()),
                   attempts = case when :counts then attempts else greatest(attempts - 1, 0) end,
                   next_attempt_at = n.at, wake_at = n.at, awaits_as_of = null
              from (select case when not :final then clock_timestamp() + greatest(make_interval(secs => :wait),
                             least((clock_timestamp() - coalesce(s.error_since, clock_timestamp())) / 2, interval '5 minutes')
                               * (0.8 + 0.4 * random())) end as at
                      from event_sync s where s.event_id = :event) as n
             where event_id = :event
            """)
        .param("event", claim.event())
        .param("code", trouble.code().name())
        .param("message", trouble.message())
        .param("final", trouble.forGood())
        .param("wait", trouble.delay().toMillis() / 1000.0)
        // Known trouble gives the attempt back: only deaths and the unforeseen count.
        .param("counts", trouble.code() == SyncErrorCode.KEEPS_FAILING)
        .update();
  }
}
