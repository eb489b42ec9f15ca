package org.drivelens.worker.feed;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.drivelens.worker.photos.EventKey;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What the stored change log says to one event.
 *
 * <p>PostgreSQL takes what is newer than its statistics for next to nothing, and then reads all of
 * that for each file it is to find. Where a file is given, {@code seq + 0} leaves it nothing to
 * look by but the file.
 */
public final class FeedLog {

  /** Entries handled in one go, so that memory does not grow with the backlog. */
  public static final int MOST_AT_ONCE = 10_000;

  /**
   * An entry touches an event by its photo, its folder, a folder above the event's own, a parent
   * among the event's folders, or by a shortcut, what it leads to and what lies above that. Looked
   * up from the side of the entries, where there are fewer of them than the event has photos.
   */
  private static final String TOUCHING_BY_ENTRY =
      """
      select c.file_id from drive_change c
       where c.feed_id = :feed and c.seq > :after and c.seq <= :upTo and (
             exists (select from photo p where p.drive_file_id = c.file_id and p.removed_at is null
                        and p.event_id = :event and p.folder_epoch = :epoch)
          or exists (select from event_folder f where f.event_id = :event and f.folder_epoch = :epoch
                        and f.folder_id in (c.file_id, c.parent_id))
          or exists (select from event_folder f where f.event_id = :event and f.folder_epoch = :epoch
                        and f.shortcut_id = c.file_id)
          or exists (select from event_ancestor a where a.event_id = :event and a.folder_epoch = :epoch
                        and a.folder_id = c.file_id)
          or exists (select from event_shortcut h where h.event_id = :event and h.folder_epoch = :epoch
                        and h.item_id = c.file_id))
      """;

  /**
   * The same from the side of the event: a small one asks nothing of a thousand others' entries.
   */
  private static final String TOUCHING_BY_ROW =
      """
      select c.file_id from (
          select p.drive_file_id as id from photo p where p.event_id = :event and p.folder_epoch = :epoch and p.removed_at is null
           union all
          select unnest(array[f.folder_id, f.shortcut_id]) from event_folder f where f.event_id = :event and f.folder_epoch = :epoch
           union all
          select a.folder_id from event_ancestor a where a.event_id = :event and a.folder_epoch = :epoch
           union all
          select h.item_id from event_shortcut h where h.event_id = :event and h.folder_epoch = :epoch) as mine
        cross join lateral (select file_id from drive_change
                             where feed_id = :feed and file_id = mine.id and seq + 0 > :after and seq + 0 <= :upTo offset 0) as c
       union
      select file_id from drive_change
       where feed_id = :feed and seq > :after and seq <= :upTo
         and parent_id = any (array(select f.folder_id from event_folder f where f.event_id = :event and f.folder_epoch = :epoch))
      """;

  /** What lies in folders. What lies in the event's own touches it, and is found already. */
  private static final String IN_FOLDERS =
      """
      select distinct file_id from drive_change
       where feed_id = :feed and seq > :after and seq <= :upTo
         and parent_id = any (array(select unnest(:folders::text[]) except
                                    select f.folder_id from event_folder f where f.event_id = :event and f.folder_epoch = :epoch))
      """;

  private static final String NEWEST =
      """
      with mine(file_id) as (%s)
      select c.file_id, c.file from mine
       cross join lateral (select file_id, file from drive_change
                            where feed_id = :feed and file_id = mine.file_id and seq + 0 > :after and seq + 0 <= :upTo
                            order by seq desc limit 1) as c
       order by c.file_id
      """;

  private final JdbcClient jdbc;

  public FeedLog(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** A stretch of the log: the entries after one sequence number and up to another. */
  public record Stretch(UUID feed, long after, long upTo) {

    /** The first stretch after a position, no longer than fits in memory. */
    public static Stretch of(UUID feed, long position, long head) {
      return new Stretch(feed, position, Math.min(head, position + MOST_AT_ONCE));
    }
  }

  /** Whether all of a stretch is still there: a floor that rises does so before entries go. */
  public boolean isWhole(Stretch stretch) {
    return jdbc.sql("select floor <= :after from drive_feed where id = :feed")
        .param("after", stretch.after())
        .param("feed", stretch.feed())
        .query(Boolean.class)
        .single();
  }

  /**
   * Whether any entry of the stretch touches the event.
   *
   * @param photos how many the event has, about
   */
  public boolean touches(EventKey key, Stretch stretch, int photos) {
    return stretch.after() < stretch.upTo() && anyTouches(key, stretch, photos);
  }

  private boolean anyTouches(EventKey key, Stretch stretch, int photos) {
    return jdbc.sql("select exists (" + touching(stretch, photos) + ")")
        .params(params(key, stretch))
        .query(Boolean.class)
        .single();
  }

  /**
   * The newest entry of every file that touches the event, and of files that lie below those: a
   * folder that comes in may bring entries of what lies in it.
   *
   * @param photos how many the event has, about
   */
  public Map<String, FeedEntry> entries(EventKey key, Stretch stretch, int photos) {
    var found = new LinkedHashMap<String, FeedEntry>();
    var more = query(newest(stretch, photos), params(key, stretch));
    while (!more.isEmpty()) {
      more.forEach(e -> found.put(e.fileId(), e));
      var folders = more.stream().filter(FeedLog::isFolder).map(FeedEntry::fileId).toList();
      more =
          below(folders, key, stretch).stream()
              .filter(e -> !found.containsKey(e.fileId()))
              .toList();
    }
    return found;
  }

  private List<FeedEntry> below(List<String> folders, EventKey key, Stretch stretch) {
    if (folders.isEmpty()) {
      return List.of();
    }
    var params = new HashMap<>(params(key, stretch));
    params.put("folders", folders.toArray(String[]::new));
    return query(NEWEST.formatted(IN_FOLDERS), params);
  }

  private List<FeedEntry> query(String sql, Map<String, Object> params) {
    return jdbc.sql(sql)
        .params(params)
        .query((row, n) -> entry(row.getString(1), row.getString(2)))
        .list();
  }

  private static boolean isFolder(FeedEntry entry) {
    return entry.file() != null && entry.file().isFolder();
  }

  /** The newest entry of one file, if the stretch has any. */
  public Optional<FeedEntry> entry(Stretch stretch, String fileId) {
    return jdbc.sql(
            """
            select file_id, file from drive_change
             where feed_id = :feed and seq + 0 > :after and seq + 0 <= :upTo and file_id = :file
             order by seq desc limit 1
            """)
        .param("feed", stretch.feed())
        .param("after", stretch.after())
        .param("upTo", stretch.upTo())
        .param("file", fileId)
        .query((row, n) -> entry(row.getString(1), row.getString(2)))
        .optional();
  }

  static String newest(Stretch stretch, int photos) {
    return NEWEST.formatted(touching(stretch, photos));
  }

  private static String touching(Stretch stretch, int photos) {
    return stretch.upTo() - stretch.after() > photos ? TOUCHING_BY_ROW : TOUCHING_BY_ENTRY;
  }

  private static FeedEntry entry(String fileId, @Nullable String file) {
    return new FeedEntry(fileId, StoredFile.read(file));
  }

  static Map<String, Object> params(EventKey key, Stretch stretch) {
    return Map.of(
        "feed", stretch.feed(),
        "after", stretch.after(),
        "upTo", stretch.upTo(),
        "event", key.event(),
        "epoch", key.folderEpoch());
  }
}
