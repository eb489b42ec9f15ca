package org.drivelens.worker.feed;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.drivelens.worker.photos.EventKey;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the stored change log says to one event. */
public final class FeedLog {

  /** Entries handled in one go, so that memory does not grow with the backlog. */
  public static final int MOST_AT_ONCE = 10_000;

  /**
   * An entry touches an event by its photo, its folder, a folder above the event's own, a parent
   * among the event's folders, or by what a shortcut shows.
   */
  private static final String TOUCHING =
      """
      select c.file_id from drive_change c
       where c.feed_id = :feed and c.seq > :after and c.seq <= :upTo and (
             exists (select from photo p where p.drive_file_id = c.file_id and p.removed_at is null
                        and p.event_id = :event and p.folder_epoch = :epoch)
          or exists (select from photo p where p.target_file_id = c.file_id and p.removed_at is null
                        and p.event_id = :event and p.folder_epoch = :epoch)
          or exists (select from event_folder f where f.event_id = :event and f.folder_epoch = :epoch
                        and f.folder_id in (c.file_id, c.parent_id))
          or exists (select from event_folder f where f.event_id = :event and f.folder_epoch = :epoch
                        and f.shortcut_id = c.file_id)
          or exists (select from event_ancestor a where a.event_id = :event and a.folder_epoch = :epoch
                        and a.folder_id = c.file_id))
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

  /** Whether any entry of the stretch touches the event. */
  public boolean touches(EventKey key, Stretch stretch) {
    return jdbc.sql("select exists (" + TOUCHING + ")")
        .params(params(key, stretch))
        .query(Boolean.class)
        .single();
  }

  /**
   * The newest entry of every file that touches the event, and of files that lie below those: a
   * folder that comes in may bring entries of what lies in it.
   */
  public Map<String, FeedEntry> entries(EventKey key, Stretch stretch) {
    var found = new LinkedHashMap<String, FeedEntry>();
    jdbc.sql(
            """
            with recursive mine(file_id) as (
            """
                + TOUCHING
                + """
                  union
                 select c.file_id from drive_change c join mine on c.parent_id = mine.file_id
                  where c.feed_id = :feed and c.seq > :after and c.seq <= :upTo)
                select distinct on (c.file_id) c.file_id, c.file from drive_change c join mine using (file_id)
                 where c.feed_id = :feed and c.seq > :after and c.seq <= :upTo
                 order by c.file_id, c.seq desc
                """)
        .params(params(key, stretch))
        .query((row, n) -> entry(row.getString(1), row.getString(2)))
        .list()
        .forEach(e -> found.put(e.fileId(), e));
    return found;
  }

  /** The newest entry of one file, if the stretch has any. */
  public Optional<FeedEntry> entry(Stretch stretch, String fileId) {
    return jdbc.sql(
            """
            select file_id, file from drive_change
             where feed_id = :feed and seq > :after and seq <= :upTo and file_id = :file
             order by seq desc limit 1
            """)
        .param("feed", stretch.feed())
        .param("after", stretch.after())
        .param("upTo", stretch.upTo())
        .param("file", fileId)
        .query((row, n) -> entry(row.getString(1), row.getString(2)))
        .optional();
  }

  private static FeedEntry entry(String fileId, @Nullable String file) {
    return new FeedEntry(fileId, StoredFile.read(file));
  }

  private static Map<String, Object> params(EventKey key, Stretch stretch) {
    return Map.of(
        "feed", stretch.feed(),
        "after", stretch.after(),
        "upTo", stretch.upTo(),
        "event", key.event(),
        "epoch", key.folderEpoch());
  }
}
