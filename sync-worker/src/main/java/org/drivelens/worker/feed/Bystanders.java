package org.drivelens.worker.feed;

import java.time.Duration;
import java.util.Collection;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Events that a page of a feed concerns although they do not follow that feed. Each statement is a
 * transaction of its own: the one that stores a page holds rows of the feed's own events, and two
 * polls must not wait for each other. The sweep publishes what is woken here.
 */
final class Bystanders {

  private final JdbcClient jdbc;

  Bystanders(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Wakes the events of other feeds that failed and whose own folder has an entry: it was shared
   * with us, or moved to another drive.
   */
  void recall(UUID feed, Collection<String> fileIds) {
    jdbc.sql(
            """
            with chosen as (
              select s.event_id from event_folder f join event_sync s on s.event_id = f.event_id and s.folder_id = f.folder_id
               where f.folder_id in (select unnest(:files::text[])) and s.error_final and s.feed_id <> :feed
               order by s.event_id for no key update of s)
            update event_sync s
               set walk_wanted = true, error_final = false, next_attempt_at = null,
                   wake_at = least(s.wake_at, clock_timestamp())
              from chosen where s.event_id = chosen.event_id
            """)
        .param("feed", feed)
        .param("files", fileIds.toArray(String[]::new))
        .update();
  }

  /**
   * We were let into shared drives, or out of them. Their logs are asked at once, and so are
   * folders of which we never learnt in which drive they lie: it may be one of these.
   */
  void membershipChanged(String credential, Collection<String> drives) {
    jdbc.sql(
            """
            update drive_feed set demanded_at = clock_timestamp(), next_attempt_at = null
             where credential = :credential and drive_id = any (:drives)
            """)
        .param("credential", credential)
        .param("drives", drives.toArray(String[]::new))
        .update();
    jdbc.sql(
            """
            with chosen as (
              select s.event_id from event_sync s join drive_feed f on f.id = s.feed_id
               where s.error_final and s.error_code in ('FOLDER_NOT_FOUND', 'FOLDER_NOT_SHARED')
                 and f.credential = :credential and s.drive_id is null
               order by s.event_id for no key update of s)
            update event_sync s
               set error_final = false, next_attempt_at = null, wake_at = least(s.wake_at, clock_timestamp())
              from chosen where s.event_id = chosen.event_id
            """)
        .param("credential", credential)
        .update();
  }

  /** We are a member of the shared drive again: the events in it walk, and follow it from then. */
  void comeBack(UUID feed, Duration spacing) {
    jdbc.sql(
            """
            with chosen as (
              select s.event_id from event_sync s join drive_feed f on f.drive_id = s.drive_id
               where f.id = :feed order by s.event_id for no key update of s),
            turn as (select event_id, row_number() over (order by random()) as n from chosen)
            update event_sync s
               set walk_wanted = true, error_final = false, next_attempt_at = null,
                   wake_at = least(s.wake_at, clock_timestamp() + turn.n * make_interval(secs => :spacing))
              from turn where s.event_id = turn.event_id
            """)
        .param("feed", feed)
        .param("spacing", spacing.toMillis() / 1000.0)
        .update();
  }
}
