package org.drivelens.worker.photos;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.drivelens.event.SyncErrorCode;
import org.springframework.jdbc.core.SimplePropertyRowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The photos that seem to be gone and are kept; written in the transactions of a lease. */
final class HeldRemovals {

  private static final Duration FIRST_LOOK = Duration.ofMinutes(15);
  private static final Duration LAST_LOOK = Duration.ofDays(1);

  private static final String HOLD =
      """
      with recursive doubt as (
        select d.id, d.reason, p.parent_id
          from unnest(:ids::text[], :reasons::text[]) as d(id, reason)
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
      insert into held_removal (event_id, folder_epoch, drive_file_id, reason, folder_path)
      select :event, :epoch, doubt.id, doubt.reason, path.names
        from doubt join path on path.leaf = doubt.parent_id
      on conflict do nothing
      """;

  private final JdbcClient jdbc;

  HeldRemovals(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Keeps photos; those that are kept already stay as they are. */
  int hold(EventKey key, Collection<Removal.Doubt> doubts) {
    var held =
        jdbc.sql(HOLD)
            .param("event", key.event())
            .param("epoch", key.folderEpoch())
            .param("ids", ids(doubts))
            .param("reasons", doubts.stream().map(Removal.Doubt::reason).toArray(String[]::new))
            .update();
    if (held > 0) {
      recount(key);
    }
    return held;
  }

  /** Those of these photos that were kept are there again, or gone for certain. */
  void release(EventKey key, Collection<String> fileIds) {
    var released =
        jdbc.sql(
                """
                delete from held_removal
                 where event_id = :event and folder_epoch = :epoch and drive_file_id = any (:ids)
                """)
            .param("event", key.event())
            .param("epoch", key.folderEpoch())
            .param("ids", fileIds.toArray(String[]::new))
            .update();
    if (released > 0) {
      recount(key);
    }
  }

  /** How many are kept, these left out. */
  int countBut(EventKey key, Collection<Removal.Doubt> doubts) {
    return jdbc.sql(
            """
            select count(*) from held_removal
             where event_id = :event and folder_epoch = :epoch and drive_file_id <> all (:ids)
            """)
        .param("event", key.event())
        .param("epoch", key.folderEpoch())
        .param("ids", ids(doubts))
        .query(Integer.class)
        .single();
  }

  List<HeldPhoto> anyFew(EventKey key, int atMost) {
    return jdbc.sql(
            """
            select p.drive_file_id, p.parent_id, p.version, p.resource_key
              from held_removal h join photo p using (event_id, folder_epoch, drive_file_id)
             where h.event_id = :event and h.folder_epoch = :epoch order by random() limit :limit
            """)
        .param("event", key.event())
        .param("epoch", key.folderEpoch())
        .param("limit", atMost)
        .query(new SimplePropertyRowMapper<>(HeldPhoto.class))
        .list();
  }

  /** Files whose removal somebody has accepted. */
  List<String> accepted(EventKey key, int atMost) {
    return jdbc.sql(
            """
            select h.drive_file_id from held_removal h join event_sync s on s.event_id = h.event_id
             where h.event_id = :event and h.folder_epoch = :epoch and h.held_at <= s.held_accepted_at limit :limit
            """)
        .param("event", key.event())
        .param("epoch", key.folderEpoch())
        .param("limit", atMost)
        .query((row, n) -> row.getString(1))
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
                                    coalesce(s.held_look_at, clock_timestamp() + make_interval(secs => :first)) end
              from (select count(*) as held, min(held_at) as since from held_removal
                     where event_id = :event and folder_epoch = :epoch) as n
             where s.event_id = :event
            """)
        .param("event", key.event())
        .param("epoch", key.folderEpoch())
        .param("message", SyncErrorCode.REMOVAL_HELD.sentence(""))
        .param("first", FIRST_LOOK.toSeconds())
        .update();
  }

  private static String[] ids(Collection<Removal.Doubt> doubts) {
    return doubts.stream().map(Removal.Doubt::fileId).toArray(String[]::new);
  }
}
