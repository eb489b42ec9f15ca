package org.drivelens.worker.photos;

import static org.drivelens.worker.photos.Columns.longs;
import static org.drivelens.worker.photos.Columns.texts;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.drivelens.worker.photos.FolderTree.Folder;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.SimplePropertyRowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The folders of the events, and the folders above each event's own. */
public final class Folders {

  /**
   * A folder behind a shortcut stays there for the rest of a walk, also if it is met in its own
   * place: that may lie below the shortcut, and two places would make a loop.
   */
  private static final String STAYS =
      "(f.shortcut_id is not null and f.version >= 0 and excluded.shortcut_id is null)";

  /** And one that this walk has met is not met again through a shortcut. */
  private static final String HAS_ITS_PLACE =
      """
      (excluded.shortcut_id is not null and f.shortcut_id is distinct from excluded.shortcut_id and f.version >= 0
        and (f.version = excluded.version
             or exists (select from walk_folder w where w.event_id = f.event_id and w.folder_id = f.folder_id)))
      """;

  private static final String PUT =
      """
      insert into event_folder as f (event_id, folder_epoch, folder_id, parent_id, name, resource_key, drive_id, shortcut_id, version)
      select :event, :epoch, n.* from
             unnest(:ids::text[], :parents::text[], :names::text[], :keys::text[], :drives::text[], :shortcuts::text[], :versions::bigint[]) as n
      on conflict (event_id, folder_epoch, folder_id) do update
         set parent_id = case when %1$s then f.parent_id else excluded.parent_id end,
             name = case when %1$s then f.name else excluded.name end,
             shortcut_id = case when %1$s then f.shortcut_id else excluded.shortcut_id end,
             resource_key = excluded.resource_key, drive_id = excluded.drive_id, version = excluded.version
       where (f.version < excluded.version
               or (f.version = excluded.version and not %1$s and (f.parent_id, f.name, f.drive_id, f.shortcut_id)
                 is distinct from (excluded.parent_id, excluded.name, excluded.drive_id, excluded.shortcut_id)))
         and not %2$s
      returning folder_id, old.version is distinct from new.version as newer,
                coalesce(old.version, 0) >= 0 and old.version is distinct from new.version as news
      """
          .formatted(STAYS, HAS_ITS_PLACE);

  private static final RowMapper<Folder> FOLDER = new SimplePropertyRowMapper<>(Folder.class);

  private static final RowMapper<Written> WRITTEN = new SimplePropertyRowMapper<>(Written.class);

  private final JdbcClient jdbc;
  private final PagedListings paged;

  public Folders(JdbcClient jdbc) {
    this.jdbc = jdbc;
    this.paged = new PagedListings(jdbc);
  }

  public FolderTree tree(EventKey key, String root) {
    return new FolderTree(
        root,
        jdbc.sql(
                """
                select folder_id, parent_id, name, resource_key, drive_id, shortcut_id, version from event_folder
                 where event_id = :event and folder_epoch = :epoch
                """)
            .param("event", key.event())
            .param("epoch", key.folderEpoch())
            .query(FOLDER)
            .list());
  }

  /**
   * What came of putting folders.
   *
   * @param toList those that are new, or newer than what we held: they are to be listed
   * @param news the same without those of which only the place behind a shortcut was forgotten
   */
  public record Put(List<String> toList, List<String> news) {}

  private record Written(String folderId, boolean newer, boolean news) {}

  /** Adds or replaces folders; an older version never overwrites. */
  public Put put(EventKey key, Collection<Folder> folders) {
    if (folders.isEmpty()) {
      return new Put(List.of(), List.of());
    }
    paged.newer(key, texts(folders, Folder::folderId), longs(folders, Folder::version));
    var written =
        jdbc.sql(PUT)
            .param("event", key.event())
            .param("epoch", key.folderEpoch())
            .param("ids", texts(folders, Folder::folderId))
            .param("parents", texts(folders, Folder::parentId))
            .param("names", texts(folders, Folder::name))
            .param("keys", texts(folders, Folder::resourceKey))
            .param("drives", texts(folders, Folder::driveId))
            .param("shortcuts", texts(folders, Folder::shortcutId))
            .param("versions", longs(folders, Folder::version))
            .query(WRITTEN)
            .list();
    return new Put(
        written.stream().filter(Written::newer).map(Written::folderId).toList(),
        written.stream().filter(Written::news).map(Written::folderId).toList());
  }

  /**
   * What is listed now on the feed's word is to be listed once more later, after this time and at
   * the latest after twice as much: the trash flag that a folder hands down lags (drive-api 5.3).
   */
  public void listAgain(EventKey key, Collection<String> ids, Duration after) {
    jdbc.sql(
            """
            update event_folder set list_again_at = clock_timestamp() + make_interval(secs => :after) * (1 + random())
             where event_id = :event and folder_epoch = :epoch and folder_id in (select unnest(:ids::text[]))
            """)
        .param("after", after.toMillis() / 1000.0)
        .param("event", key.event())
        .param("epoch", key.folderEpoch())
        .param("ids", ids.toArray(String[]::new))
        .update();
  }

  /**
   * Folders that Drive refused or in which it did not look everywhere, and those of whose shortcuts
   * one leads to what we may not see, are listed again until that is over: no feed says when. The
   * longer it lasts, the longer the waits. Of a folder that hides what lies in it the feed does.
   */
  public void listTroubledAgain(EventKey key, Duration after) {
    jdbc.sql(
            """
            update event_folder f
               set list_again_at = clock_timestamp()
                                   + greatest(make_interval(secs => :after), (clock_timestamp() - i.since) / 2) * (1 + random())
              from (select case t.kind when 'FOLDER' then t.item_id else h.parent_id end as folder_id, max(t.since) as since
                      from sync_issue t left join event_shortcut h using (event_id, folder_epoch, item_id)
                     where t.event_id = :event and t.folder_epoch = :epoch
                       and case t.kind when 'FOLDER' then t.reason <> :mayNotList else t.reason = :leadsNowhere end
                     group by 1) as i
             where f.event_id = :event and f.folder_epoch = :epoch and f.folder_id = i.folder_id and f.list_again_at is null
            """)
        .param("after", after.toMillis() / 1000.0)
        .param("event", key.event())
        .param("epoch", key.folderEpoch())
        .param("mayNotList", Issues.Trouble.MAY_NOT_LIST.reason())
        .param("leadsNowhere", Issues.Trouble.LEADS_NOWHERE.reason())
        .update();
  }

  /** Takes those that are to be listed once more now. */
  public Set<String> takeListAgain(EventKey key) {
    return jdbc.sql(
            """
            update event_folder set list_again_at = null
             where event_id = :event and folder_epoch = :epoch and list_again_at <= clock_timestamp()
            returning folder_id
            """)
        .param("event", key.event())
        .param("epoch", key.folderEpoch())
        .query((row, n) -> row.getString(1))
        .set();
  }

  /** A full walk finds out anew what lies behind shortcuts, and in which place. */
  public void forgetShortcuts(EventKey key) {
    jdbc.sql(
            """
            update event_folder set version = -1
             where event_id = :event and folder_epoch = :epoch and shortcut_id is not null
            """)
        .param("event", key.event())
        .param("epoch", key.folderEpoch())
        .update();
  }

  public void delete(EventKey key, Collection<String> ids) {
    if (ids.isEmpty()) {
      return;
    }
    paged.newer(key, ids.toArray(String[]::new), new Long[ids.size()]);
    for (var table : List.of("event_folder where folder_id", "sync_issue where item_id")) {
      jdbc.sql(
              "delete from "
                  + table
                  + " in (select unnest(:ids::text[])) and event_id = :event and folder_epoch = :epoch")
          .param("ids", ids.toArray(String[]::new))
          .param("event", key.event())
          .param("epoch", key.folderEpoch())
          .update();
    }
  }

  /** The folders above the event's own that we can see. */
  public Set<String> ancestors(EventKey key) {
    return jdbc.sql(
            "select folder_id from event_ancestor where event_id = :event and folder_epoch = :epoch")
        .param("event", key.event())
        .param("epoch", key.folderEpoch())
        .query((row, n) -> row.getString(1))
        .set();
  }

  /**
   * Which of these items, though none of the event's own, decide what it shows: the folders above
   * it, its shortcuts to folders, what shortcuts lead to and all above that.
   *
   * @return by their ids, the versions that the last walk saw
   */
  public Map<String, Long> deciding(EventKey key, Collection<String> ids) {
    return jdbc
        .sql(
            """
            select folder_id, version from event_ancestor
             where event_id = :event and folder_epoch = :epoch and folder_id in (select unnest(:ids::text[]))
            union all
            select item_id, version from event_shortcut
             where event_id = :event and folder_epoch = :epoch and item_id in (select unnest(:ids::text[]))
            """)
        .param("event", key.event())
        .param("epoch", key.folderEpoch())
        .param("ids", ids.toArray(String[]::new))
        .query((row, n) -> Map.entry(row.getString(1), row.getLong(2)))
        .list()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, Math::min));
  }

  public void replaceAncestors(EventKey key, Map<String, Long> ancestors) {
    jdbc.sql("delete from event_ancestor where event_id = :event")
        .param("event", key.event())
        .update();
    jdbc.sql(
            """
            insert into event_ancestor (event_id, folder_epoch, folder_id, version)
            select :event, :epoch, a.* from unnest(:ids::text[], :versions::bigint[]) as a
            """)
        .param("event", key.event())
        .param("epoch", key.folderEpoch())
        .param("ids", ancestors.keySet().toArray(String[]::new))
        .param("versions", ancestors.values().toArray(Long[]::new))
        .update();
  }
}
