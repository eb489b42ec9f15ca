package org.drivelens.worker.feed;

import java.time.Duration;
import org.drivelens.worker.photos.EventKey;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Whether a feed reports what changes in an event's folder. Google does not promise it for what is
 * shared with us (drive-api 5.4), so walks are compared with it: what a walk found, the feed must
 * have reported, of the file or of a folder above it, some minutes later at the latest. If it has
 * not, the event is PARTIAL, and requests walk, until three walks in a row agree with the feed.
 */
public final class FeedCoverage {

  /** One file is proof enough; more only make sure that one is left. */
  private static final int DOUBTS = 1_000;

  private static final int AGREEING = 3;

  private static final String AGREED =
      """
      agreeing_walks = s.agreeing_walks + 1,
      feed_coverage = case when s.feed_coverage = 'PARTIAL' and s.agreeing_walks + 1 < %d then 'PARTIAL' else 'FULL' end
      """
          .formatted(AGREEING);

  private final JdbcClient jdbc;
  private final Duration patience;

  /**
   * @param patience how long the feed may lag
   */
  FeedCoverage(JdbcClient jdbc, Duration patience) {
    this.jdbc = jdbc;
    this.patience = patience;
  }

  /**
   * Notes what a walk found, to be compared later; a walk that found nothing agrees. Only where the
   * event stood in this feed before. In the transaction that ends the walk, before the folders that
   * it did not show are forgotten.
   */
  public void walked(EventKey key) {
    if (note(key) == 0) {
      jdbc.sql(
              """
              update event_sync s set %s
                from walk w, drive_feed f
               where s.event_id = :event and w.event_id = s.event_id and w.since is not null
                 and f.id = s.feed_id and f.drive_id is not distinct from s.drive_id
                 and not exists (select from feed_doubt d where d.event_id = s.event_id)
              """
                  .formatted(AGREED))
          .param("event", key.event())
          .update();
    }
  }

  /** Late metadata has no entry of its own: what was ever asked for again is left out. */
  private int note(EventKey key) {
    return jdbc.sql(
            """
            with recursive found as (
              select p.* from walk w
               cross join lateral (select drive_file_id, parent_id from photo
                                    where event_id = :event and folder_epoch = :epoch and updated_at >= w.started_at
                                      and metadata_asked = 0 limit :limit) as p
               where w.event_id = :event and w.since is not null),
            above(parent_id, id) as (
              select distinct parent_id, parent_id from found
               union
              select a.parent_id, f.parent_id from above a
                join event_folder f on f.event_id = :event and f.folder_epoch = :epoch and f.folder_id = a.id
               where f.parent_id is not null)
            insert into feed_doubt (event_id, folder_epoch, file_id, ids, feed_id, feed_epoch, since)
            select :event, :epoch, found.drive_file_id,
                   array(select a.id from above a where a.parent_id = found.parent_id) || found.drive_file_id,
                   s.feed_id, w.feed_epoch, w.since
              from found join event_sync s on s.event_id = :event join walk w on w.event_id = s.event_id
                on conflict do nothing
            """)
        .param("event", key.event())
        .param("epoch", key.folderEpoch())
        .param("limit", DOUBTS)
        .update();
  }

  /**
   * Compares what walks found with what the feeds have reported since; for the sweep. Of several
   * workers one judges, for a walk that agrees counts once.
   */
  public void judge() {
    jdbc.sql(
            """
            with due as (
              select d.event_id, d.folder_epoch, d.file_id,
                     f.epoch <> d.feed_epoch or f.floor > d.since
                       or exists (select from drive_change c where c.feed_id = d.feed_id and c.seq > d.since and c.file_id = any (d.ids)) as reported
                from feed_doubt d join drive_feed f on f.id = d.feed_id
               where d.found_at < clock_timestamp() - make_interval(secs => :patience)
                 and f.as_of > d.found_at + make_interval(secs => :patience)
               order by d.found_at limit :limit for update of d skip locked),
            judged as (delete from feed_doubt d using due where d.event_id = due.event_id and d.folder_epoch = due.folder_epoch
                          and d.file_id = due.file_id),
            verdict as (select event_id, folder_epoch, bool_and(reported) as agrees from due group by event_id, folder_epoch),
            chosen as (
              select s.event_id, v.agrees from event_sync s join verdict v using (event_id, folder_epoch)
               order by s.event_id for no key update of s),
            blind as (
              update event_sync s set feed_coverage = 'PARTIAL', agreeing_walks = 0
                from chosen c where s.event_id = c.event_id and not c.agrees)
            update event_sync s set %s
              from chosen c, drive_feed f
             where s.event_id = c.event_id and c.agrees and f.id = s.feed_id and f.drive_id is not distinct from s.drive_id
            """
                .formatted(AGREED))
        .param("patience", patience.toMillis() / 1000.0)
        .param("limit", DOUBTS)
        .update();
  }
}
