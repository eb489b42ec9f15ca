package org.drivelens.worker.photos;

import java.util.Collection;
import java.util.Map;
import org.drivelens.drive.DriveFile;
import org.drivelens.drive.DriveProblem;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What could not be shown, with Drive's reason and since when. */
public final class Issues {

  /** What kind of item it is about. */
  public enum Kind {
    /** A folder that cannot be listed: what we knew of it stays. */
    FOLDER,
    /** An image that was listed and cannot be shown. */
    FILE
  }

  private final JdbcClient jdbc;

  public Issues(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Records trouble with one item; trouble that lasts keeps the time since when it is there.
   *
   * @param name null if only we know it
   */
  public void record(
      EventKey key, String itemId, Kind kind, @Nullable String name, Trouble trouble) {
    jdbc.sql(
            """
            insert into sync_issue (event_id, folder_epoch, item_id, kind, name, reason, message)
            values (:event, :epoch, :item, :kind,
                    coalesce(:name, (select name from event_folder where event_id = :event and folder_epoch = :epoch and folder_id = :item)),
                    :reason, :message)
            on conflict (event_id, folder_epoch, item_id) do update
               set reason = excluded.reason, message = excluded.message, name = excluded.name, seen_at = clock_timestamp()
            """)
        .param("event", key.event())
        .param("epoch", key.folderEpoch())
        .param("item", itemId)
        .param("kind", kind.name())
        .param("name", name)
        .param("reason", trouble.reason())
        .param("message", trouble.message())
        .update();
    recount(key);
  }

  /**
   * Records trouble with the photos and folders of the event among these items; of others nothing
   * is shown, so nothing is missing.
   */
  public void recordOfKnown(EventKey key, Map<String, DriveProblem.Unreadable> items) {
    if (items.isEmpty()) {
      return;
    }
    jdbc.sql(
            """
            insert into sync_issue (event_id, folder_epoch, item_id, kind, name, reason, message)
            select k.event_id, k.folder_epoch, k.id, k.kind, k.name, :reason, i.message
              from unnest(:ids::text[], :messages::text[]) as i(id, message)
              join (select event_id, folder_epoch, drive_file_id as id, 'FILE' as kind, name from photo where removed_at is null
                    union all
                    select event_id, folder_epoch, folder_id, 'FOLDER', name from event_folder) as k
                on k.id = i.id and k.event_id = :event and k.folder_epoch = :epoch
            on conflict (event_id, folder_epoch, item_id) do update
               set reason = excluded.reason, message = excluded.message, name = excluded.name, seen_at = clock_timestamp()
            """)
        .param("event", key.event())
        .param("epoch", key.folderEpoch())
        .param("reason", "unreadable")
        .param("ids", items.keySet().toArray(String[]::new))
        .param(
            "messages",
            items.values().stream().map(DriveProblem::getMessage).toArray(String[]::new))
        .update();
    recount(key);
  }

  /** A full walk is complete: trouble with files that it did not meet again is over. */
  public void walked(EventKey key) {
    jdbc.sql(
            """
            delete from sync_issue i using walk w
             where i.event_id = :event and i.folder_epoch = :epoch and i.kind = 'FILE' and w.event_id = i.event_id
               and i.seen_at < w.started_at
            """)
        .param("event", key.event())
        .param("epoch", key.folderEpoch())
        .update();
  }

  /** These folders are there, but hide what lies in them: what we know of it stays. */
  public void mayNotList(EventKey key, Collection<DriveFile> folders) {
    folders.forEach(f -> record(key, f.id(), Kind.FOLDER, f.name(), Trouble.MAY_NOT_LIST));
  }

  /** These are listed or shown again. */
  public void resolve(EventKey key, Collection<String> itemIds) {
    var resolved =
        jdbc.sql(
                "delete from sync_issue where event_id = :event and folder_epoch = :epoch and"
                    + " item_id in (select unnest(:items::text[]))")
            .param("event", key.event())
            .param("epoch", key.folderEpoch())
            .param("items", itemIds.toArray(String[]::new))
            .update();
    if (resolved > 0) {
      recount(key);
    }
  }

  /** Brings the counts that stand beside the event in line. */
  public void recount(EventKey key) {
    jdbc.sql(
            """
            update event_sync s set unreadable_folders = n.folders, skipped_files = n.files
              from (select count(*) filter (where kind = 'FOLDER') as folders, count(*) filter (where kind = 'FILE') as files
                      from sync_issue where event_id = :event and folder_epoch = :epoch) as n
             where s.event_id = :event and (s.unreadable_folders, s.skipped_files) is distinct from (n.folders, n.files)
            """)
        .param("event", key.event())
        .param("epoch", key.folderEpoch())
        .update();
  }

  /** Google's word for the trouble, and a sentence about it. */
  public record Trouble(String reason, String message) {

    public static final Trouble MAY_NOT_LIST =
        new Trouble("canListChildren", "Google Drive does not let Drivelens list this folder.");

    public static final Trouble INCOMPLETE =
        new Trouble(
            "incompleteSearch",
            "Google Drive did not look everywhere in this folder. Drivelens asks again by itself.");

    public static final Trouble LEADS_NOWHERE =
        new Trouble("shortcut", "Drivelens may not see what this shortcut leads to.");

    public static Trouble of(DriveProblem problem) {
      var reason = problem.reason();
      return new Trouble(
          reason == null ? problem.getClass().getSimpleName() : reason,
          String.valueOf(problem.getMessage()));
    }
  }
}
