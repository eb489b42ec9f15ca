package org.drivelens.worker.sync;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.drivelens.event.Pauses;
import org.drivelens.worker.feed.Feed;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What the row of an event says about whether there is anything to do now.
 *
 * @param waiting the next attempt has a time of its own
 * @param paused somebody wants it to rest
 * @param failed only a request, or the folder itself, changes it
 * @param looksAgain something is to be asked for once more
 * @param removalAccepted somebody accepted that photos which are kept in doubt are gone
 * @param answeredByPoll nothing but a newer poll is needed
 * @param attempts claims without progress, with the one that would be made now
 * @param feedId the feed that the event follows; the credential's own as long as that is not known,
 *     or if it is one of another credential
 * @param otherFeed that is not the one it followed so far
 * @param feedReadable that feed has a position, or never gets one
 */
record Standing(
    boolean leased,
    boolean waiting,
    boolean paused,
    boolean failed,
    boolean oldFolder,
    boolean requested,
    boolean dirty,
    boolean wantsWalk,
    boolean looksAgain,
    boolean removalAccepted,
    boolean answeredByPoll,
    int attempts,
    @Nullable UUID runId,
    UUID feedId,
    boolean otherFeed,
    boolean feedReadable,
    @Nullable Instant requestedAt) {

  private static final String READ =
      """
      select coalesce(s.lease_until > clock_timestamp() and s.lease_fence = s.fence, false) as leased,
             coalesce(s.next_attempt_at > clock_timestamp() and s.tried_generation = s.requested_generation, false) as waiting,
             s.error_final and s.tried_generation = s.requested_generation as failed,
             s.cleared_epoch < s.folder_epoch as old_folder,
             s.requested_generation > s.synced_generation as requested,
             s.dirty,
             s.folder_id is not null and (s.walk_wanted or s.full_generation > s.walked_generation
               or s.feed_epoch is distinct from f.epoch or s.feed_id is distinct from f.id or f.refused) as wants_walk,
             exists (select from photo p where p.event_id = s.event_id and p.folder_epoch = s.folder_epoch
                        and p.metadata_due_at <= clock_timestamp())
               or exists (select from event_folder a where a.event_id = s.event_id and a.folder_epoch = s.folder_epoch
                             and a.list_again_at <= clock_timestamp())
               or coalesce(s.held_look_at <= clock_timestamp(), false) as looks_again,
             s.removal_accepted,
             coalesce(s.feed_id = f.id and s.feed_epoch = f.epoch and not f.refused and not s.dirty and not s.walk_wanted
               and s.full_generation <= s.walked_generation and s.run_id is null and not s.removal_accepted
               and s.feed_coverage is distinct from 'PARTIAL'
               and s.requested_generation > s.synced_generation
               and coalesce(s.requested_at >= f.as_of, true), false) as answered_by_poll,
             case when s.requested_generation > s.tried_generation then 1 else s.attempts + 1 end as attempts,
             s.run_id, %s as paused, f.id as feed_id, s.feed_id is distinct from f.id as other_feed,
             f.token is not null or f.refused as feed_readable, s.requested_at
        from event_sync s
        join drive_feed f on f.id = coalesce(
          (select x.id from drive_feed x where x.id = s.feed_id and x.credential = :credential), :own)
       where s.event_id = :event
         for no key update of s
      """
          .formatted(Pauses.PAUSED);

  /** Reads the row and locks it until the transaction ends; empty if the event is gone. */
  static Optional<Standing> of(JdbcClient jdbc, UUID event, Feed own) {
    return jdbc.sql(READ)
        .param("event", event)
        .param("credential", own.credential())
        .param("own", own.id())
        .query(Standing.class)
        .optional();
  }

  boolean due() {
    return requested || dirty || wantsWalk || oldFolder || looksAgain || removalAccepted;
  }

  boolean free() {
    return !leased && !waiting && !paused && !failed;
  }
}
