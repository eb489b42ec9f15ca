package org.drivelens.worker.sync;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Forgets the folder that an event followed before. Writes run under the lease. */
final class OldFolder {

  private static final List<String> OF_THE_FOLDER =
      List.of(
          "event_folder",
          "event_ancestor",
          "event_shortcut",
          "sync_issue",
          "feed_doubt",
          "held_removal");

  private final JdbcClient jdbc;

  OldFolder(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Deletes photos of folders that the event follows no more.
   *
   * @return whether there may be more
   */
  boolean purge(Claim claim, int atMost) {
    return deletedAll("photo", claim, atMost) || deletedAll("photo_history", claim, atMost);
  }

  /** Whether it was as many as it might be. */
  private boolean deletedAll(String table, Claim claim, int atMost) {
    return jdbc.sql(
                """
                delete from %1$s where ctid = any (array(
                  select ctid from %1$s where event_id = :event and folder_epoch < :epoch limit :limit))
                """
                    .formatted(table))
            .param("event", claim.event())
            .param("epoch", claim.folderEpoch())
            .param("limit", atMost)
            .update()
        == atMost;
  }

  /** Forgets all else of the old folder; the worker's columns speak of the new one from now on. */
  void cleared(Claim claim) {
    for (var table : OF_THE_FOLDER) {
      jdbc.sql("delete from " + table + " where event_id = :event and folder_epoch < :epoch")
          .param("event", claim.event())
          .param("epoch", claim.folderEpoch())
          .update();
    }
    jdbc.sql("delete from walk where event_id = :event").param("event", claim.event()).update();
    jdbc.sql(
            """
            update event_sync
               set cleared_epoch = folder_epoch, feed_epoch = null, position = null, change_token = null,
                   drive_id = null, feed_coverage = null, agreeing_walks = 0, dirty = false, dirty_by = null, walk_wanted = false,
                   error_code = null, error_message = null, error_since = null,
                   error_final = false, next_attempt_at = null, last_synced_at = null, last_full_walk_at = null,
                   photo_count = 0, skipped_files = 0, unreadable_folders = 0, attempts = 0, full_walks = 0, full_due_at = null,
                   held_photos = 0, held_since = null, held_message = null, held_look_at = null, doubts_undecided = false,
                   synced_generation = case when folder_id is null then requested_generation else synced_generation end,
                   lease_until = case when folder_id is null then null else lease_until end,
                   wake_at = case when folder_id is null then null else wake_at end,
                   run_id = case when folder_id is null then null else run_id end
             where event_id = :event
            """)
        .param("event", claim.event())
        .update();
  }
}
