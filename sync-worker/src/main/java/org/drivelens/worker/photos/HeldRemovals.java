package org.drivelens.worker.photos;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.drivelens.event.SyncErrorCode;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The photos that seem to be gone: those of which a run has not decided yet, and those that are
 * kept. Written in the transactions of a lease.
 */
final class HeldRemovals {

  private static final Duration FIRST_LOOK = Duration.ofMinutes(15);
  private static final Duration LAST_LOOK = Duration.ofDays(1);

  private static final String NOTE =
      """
      with recursive doubt as (
        select distinct on (d.id) d.id, d.reason, d.top, p.parent_id
          from unnest(:ids::text[], :reasons::text[], :tops::text[]) as d(id, reason, top)
          join photo p on p.event_id = :event and p.folder_epoch = :epoch and p.drive_file_id = d.id
                      and p.removed_at is null),
      up as (
        select t.parent_id as leaf, t.parent_id as at, array[]::text[] as names, 0 as level
          from (select distinct parent_id from doubt) as t
         union all
        select up.leaf, f.parent_id, f.name || up.names, up.level + 1
          from up join event_folder f on f.event_id = :event and f.folder_epoch = :epoch and f.folder_id = up.at
         where f.parent_id is not null and up.level < 110),
      path as (select distinct on (leaf) leaf, names from up order by leaf, level desc)
      insert into held_removal as h (event_id, folder_epoch, drive_file_id, reason, folder_path, top, held_at, undecided)
      select :event, :epoch, doubt.id, doubt.reason, path.names, doubt.top, null, true
        from doubt join path on path.leaf = doubt.parent_id
      on conflict (event_id, folder_epoch, drive_file_id) do update
         set reason = excluded.reason, top = excluded.top, asked_at = clock_timestamp(), undecided = true
      """;

  private final JdbcClient jdbc;

  HeldRemovals(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** They seem to be gone; the run decides at its end. Those that are kept stay so until then. */
  void note(EventKey key, Collection<Removal.Doubt> doubts) {
    var noted =
        jdbc.sql(NOTE)
            .param("event", key.event())
            .param("epoch", key.folderEpoch())
            .param("ids", doubts.stream().map(Removal.Doubt::fileId).toArray(String[]::new))
            .param("reasons", doubts.stream().map(Removal.Doubt::reason).toArray(String[]::new))
            .param("tops", doubts.stream().map(Removal.Doubt::top).toArray(String[]::new))
            .update();
    if (noted > 0) {
      jdbc.sql("update event_sync set doubts_undecided = true where event_id = :event")
          .param("event", key.event())
          .update();
    }
  }

  /** Some of those of which the run has not decided, as tombstones. */
  List<Tombstone> undecided(EventKey key, int atMost) {
    return jdbc.sql(
            """
            select drive_file_id, reason from held_removal
             where event_id = :event and folder_epoch = :epoch and undecided limit :limit
            """)
        .param("event", key.event())
        .param("epoch", key.folderEpoch())
        .param("limit", atMost)
        .query((row, n) -> new Tombstone(row.getString(1), null, row.getString(2)))
        .list();
  }

  /**
   * Decides to keep them.
   *
   * @return how many were not kept before
   */
  int keep(EventKey key) {
    var kept =
        jdbc.sql(
                """
                update held_removal set held_at = coalesce(held_at, clock_timestamp()), undecided = false
                 where event_id = :event and folder_epoch = :epoch and undecided returning old.held_at is null
                """)
            .param("event", key.event())
            .param("epoch", key.folderEpoch())
            .query((row, n) -> row.getBoolean(1))
            .list();
    recount(key);
    return (int) kept.stream().filter(isNew -> isNew).count();
  }

  /** They are there after all, or not told of: what was accepted before does not count for them. */
  void keepAnew(EventKey key, Collection<String> fileIds) {
    jdbc.sql(
            """
            update held_removal set held_at = clock_timestamp()
             where event_id = :event and folder_epoch = :epoch and drive_file_id in (select unnest(:ids::text[]))
            """)
        .param("event", key.event())
        .param("epoch", key.folderEpoch())
        .param("ids", fileIds.toArray(String[]::new))
        .update();
    recount(key);
  }

  /** Folders that were the event's, and above which we may not see. */
  Set<String> tops(EventKey key) {
    return Set.copyOf(
        jdbc.sql(
                """
                select distinct top from held_removal
                 where event_id = :event and folder_epoch = :epoch and top is not null
                """)
            .param("event", key.event())
            .param("epoch", key.folderEpoch())
            .query((row, n) -> row.getString(1))
            .list());
  }

  /** Those of these photos that were kept are there again, or gone for certain. */
  void release(EventKey key, Collection<String> fileIds) {
    var released =
        jdbc.sql(
                """
                delete from held_removal
                 where event_id = :event and folder_epoch = :epoch and drive_file_id in (select unnest(:ids::text[]))
                """)
            .param("event", key.event())
            .param("epoch", key.folderEpoch())
            .param("ids", fileIds.toArray(String[]::new))
            .update();
    if (released > 0) {
      recount(key);
    }
  }

  /** A few of those that are kept, another few each time. */
  List<HeldPhoto> anyFew(EventKey key, int atMost) {
    return select(key, "h.held_at is not null order by random()", atMost);
  }

  /** Some of those whose removal somebody has accepted. */
  List<HeldPhoto> accepted(EventKey key, int atMost) {
    return select(key, "h.held_at <= s.held_accepted_at", atMost);
  }

  private List<HeldPhoto> select(EventKey key, String which, int atMost) {
    return jdbc.sql(
            """
            select p.drive_file_id, p.parent_id, p.version, p.resource_key
              from held_removal h join photo p using (event_id, folder_epoch, drive_file_id)
              join event_sync s on s.event_id = h.event_id
             where h.event_id = :event and h.folder_epoch = :epoch and %s limit :limit
            """
                .formatted(which))
        .param("event", key.event())
        .param("epoch", key.folderEpoch())
        .param("limit", atMost)
        .query(HeldPhoto.ROW)
        .list();
  }

  /** The longer they are kept, the less often they are asked for. */
  void lookLater(EventKey key) {
    jdbc.sql(
            """
            update event_sync
               set held_look_at = clock_timestamp() + least(greatest(clock_timestamp() - held_since,
                                    make_interval(secs => :first)), make_interval(secs => :last))
             where event_id = :event and held_since is not null
            """)
        .param("event", key.event())
        .param("first", FIRST_LOOK.toSeconds())
        .param("last", LAST_LOOK.toSeconds())
        .update();
  }

  /** Brings what stands beside the event in line. */
  private void recount(EventKey key) {
    jdbc.sql(
            """
            update event_sync s
               set held_photos = n.held, held_since = n.since, held_message = case when n.held > 0 then :message end,
                   held_look_at = case when n.held > 0 then
                                    coalesce(s.held_look_at, clock_timestamp() + make_interval(secs => :first)) end,
                   doubts_undecided = n.undecided
              from (select count(held_at) as held, min(held_at) as since, coalesce(bool_or(undecided), false) as undecided
                      from held_removal
                     where event_id = :event and folder_epoch = :epoch) as n
             where s.event_id = :event
            """)
        .param("event", key.event())
        .param("epoch", key.folderEpoch())
        .param("message", SyncErrorCode.REMOVAL_HELD.sentence(""))
        .param("first", FIRST_LOOK.toSeconds())
        .update();
  }
}
