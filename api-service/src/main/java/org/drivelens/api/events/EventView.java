package org.drivelens.api.events;

import static org.drivelens.api.rows.Columns.instant;
import static org.drivelens.api.rows.Columns.moment;

import io.swagger.v3.oas.annotations.media.Schema;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.drivelens.api.folders.FolderUrl;
import org.drivelens.api.pauses.Pause;
import org.drivelens.event.SyncErrorCode;
import org.drivelens.event.SyncStatus;
import org.jspecify.annotations.Nullable;

/** An event as one object: what people said about it, and how it stands to its folder. */
@Schema(name = "Event")
record EventView(
    UUID id,
    @Schema(example = "Anna & Ben") String name,
    @Schema(example = FolderUrl.EXAMPLE) @Nullable String googleDriveUrl,
    @Schema(example = "2026-05-14") @Nullable LocalDate date,
    @Schema(example = "Old Mill, Ghent") @Nullable String location,
    @Nullable String description,
    SyncStatus syncStatus,
    @Schema(
            description =
                "The gallery shows the folder as it was then; null before the first sync.")
        @Nullable Instant lastSyncedAt,
    @Schema(description = "Why the last attempt failed, in words for people.")
        @Nullable String syncErrorMessage,
    @Schema(implementation = SyncErrorCode.class, description = "The same for programs.")
        @Nullable String errorCode,
    @Schema(description = "Google's token of the change feed at which the event stands.")
        @Nullable String driveChangeToken,
    @Schema(description = "How many photos the gallery shows.") int photoCount,
    @Schema(description = "Null unless it is paused, by itself or with all.")
        @Nullable Pause paused,
    Instant createdAt,
    Instant updatedAt) {

  static EventView of(ResultSet row, int number) throws SQLException {
    return new EventView(
        row.getObject("id", UUID.class),
        row.getString("name"),
        row.getString("google_drive_url"),
        row.getObject("event_date", LocalDate.class),
        row.getString("location"),
        row.getString("description"),
        SyncStatus.valueOf(row.getString("sync_status")),
        instant(row, "last_synced_at"),
        row.getString("error_message"),
        row.getString("error_code"),
        row.getString("change_token"),
        row.getInt("photo_count"),
        Pause.of(row),
        moment(row, "created_at"),
        moment(row, "updated_at"));
  }
}
