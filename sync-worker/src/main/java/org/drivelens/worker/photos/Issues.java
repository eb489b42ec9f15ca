package org.drivelens.worker.photos;

import java.util.Collection;
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

  /** Records trouble with one item; trouble that lasts keeps the time since when it is there. */
  public void record(
      EventKey key, String itemId, Kind kind, @Nullable String name, Trouble trouble) {
    jdbc.sql(
            """
            insert into sync_issue (event_id, folder_epoch, item_id, kind, name, reason, message)
            values (:event, :epoch, :item, :kind, :name, :reason, :message)
            on conflict (event_id, folder_epoch, item_id) do update
               set reason = excluded.reason, message = excluded.message, name = excluded.name
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

  /** These are listed or shown again. */
  public void resolve(EventKey key, Collection<String> itemIds) {
    var resolved =
        jdbc.sql(
                "delete from sync_issue where event_id = :event and folder_epoch = :epoch and item_id = any (:items)")
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

    public static Trouble of(DriveProblem problem) {
      var reason = problem.reason();
      return new Trouble(
          reason == null ? problem.getClass().getSimpleName() : reason,
          String.valueOf(problem.getMessage()));
    }
  }
}
