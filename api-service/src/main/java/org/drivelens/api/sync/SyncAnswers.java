package org.drivelens.api.sync;

import static org.drivelens.api.rows.Columns.instant;
import static org.drivelens.api.rows.Columns.moment;

import io.swagger.v3.oas.annotations.media.Schema;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.drivelens.api.pauses.Pause;
import org.drivelens.event.SyncErrorCode;
import org.drivelens.event.SyncStatus;
import org.jspecify.annotations.Nullable;

/** What is told about syncs. */
final class SyncAnswers {

  private SyncAnswers() {}

  @Schema(name = "SyncStatusOfEvent")
  record Status(
      UUID eventId,
      String eventName,
      SyncStatus syncStatus,
      @Schema(description = "The gallery shows the folder as it was then.")
          @Nullable Instant lastSyncedAt,
      @Nullable String syncErrorMessage,
      boolean hasGoogleDrive,
      @Schema(description = "Null unless it is paused, by itself or with all.")
          @Nullable Pause paused,
      int photoCount,
      @Nullable String driveChangeToken,
      @Schema(description = "When the whole folder was last listed.")
          @Nullable Instant lastFullWalkAt,
      @Schema(description = "When a failed sync is tried again by itself.")
          @Nullable Instant nextAttemptAt,
      @Schema(implementation = SyncErrorCode.class) @Nullable String errorCode,
      @Schema(description = "Sub-folders that could not be listed; their known photos are kept.")
          int unreadableFolders,
      @Schema(description = "Images in the folder that cannot be shown.") int skippedFiles,
      @Schema(description = "FULL, or PARTIAL if Google's log misses changes here.")
          @Nullable String feedCoverage,
      @Schema(description = "Of the listing of the folder that is going on; null if none is.")
          @Nullable Progress progress,
      @Schema(description = "Photos that seem to be gone and are kept; null while there are none.")
          @Nullable HeldRemoval heldRemoval) {

    static Status of(ResultSet row, @Nullable HeldRemoval held) throws SQLException {
      return new Status(
          row.getObject("event_id", UUID.class),
          row.getString("event_name"),
          SyncStatus.valueOf(row.getString("sync_status")),
          instant(row, "last_synced_at"),
          row.getString("error_message"),
          row.getBoolean("has_google_drive"),
          Pause.of(row),
          row.getInt("photo_count"),
          row.getString("change_token"),
          instant(row, "last_full_walk_at"),
          instant(row, "next_attempt_at"),
          row.getString("error_code"),
          row.getInt("unreadable_folders"),
          row.getInt("skipped_files"),
          row.getString("feed_coverage"),
          row.getObject("walk_started_at") == null ? null : Progress.of(row),
          held);
    }
  }

  /** What is left of a listing to be done. */
  enum Phase {
    LISTING,
    FINISHING
  }

  @Schema(name = "SyncProgress")
  record Progress(
      @Schema(
              description =
                  "LISTING: folders are being read. FINISHING: what changed meanwhile, and what is"
                      + " gone, is looked at.")
          Phase phase,
      int foldersListed,
      @Schema(description = "So far: a folder that is listed may hold more of them.")
          int foldersKnown,
      int photosSeen,
      Instant startedAt) {

    static Progress of(ResultSet row) throws SQLException {
      var listed = row.getInt("folders_listed");
      var known = row.getInt("folders_known");
      return new Progress(
          listed < known ? Phase.LISTING : Phase.FINISHING,
          listed,
          known,
          row.getInt("photos_seen"),
          moment(row, "walk_started_at"));
    }
  }

  @Schema(name = "PendingSyncs")
  record Pending(
      @Schema(description = "How many there are.") int total,
      @Schema(description = "The longest waiting 1,000 of them.") List<PendingEvent> events) {}

  @Schema(name = "PendingSync")
  record PendingEvent(
      UUID id,
      String name,
      SyncStatus syncStatus,
      @Nullable Instant lastSyncedAt,
      @Nullable String syncErrorMessage) {

    static PendingEvent of(ResultSet row, int number) throws SQLException {
      return new PendingEvent(
          row.getObject("event_id", UUID.class),
          row.getString("event_name"),
          SyncStatus.valueOf(row.getString("sync_status")),
          instant(row, "last_synced_at"),
          row.getString("error_message"));
    }
  }

  @Schema(name = "SyncStatistics")
  record Statistics(
      int total, ByStatus byStatus, long totalPhotos, @Nullable LastSynced lastSyncedEvent) {

    static Statistics of(ResultSet row, int number) throws SQLException {
      return new Statistics(
          row.getInt("total"),
          new ByStatus(
              row.getInt("never_synced"),
              row.getInt("up_to_date"),
              row.getInt("sync_required"),
              row.getInt("syncing"),
              row.getInt("error")),
          row.getLong("photos"),
          row.getObject("event_id") == null
              ? null
              : new LastSynced(
                  row.getObject("event_id", UUID.class),
                  row.getString("event_name"),
                  moment(row, "last_synced_at")));
    }
  }

  @Schema(name = "EventsByStatus")
  record ByStatus(int neverSynced, int upToDate, int syncRequired, int syncing, int error) {}

  @Schema(name = "LastSyncedEvent")
  record LastSynced(UUID id, String name, Instant lastSyncedAt) {}
}
