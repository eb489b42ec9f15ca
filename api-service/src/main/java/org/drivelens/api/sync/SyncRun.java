package org.drivelens.api.sync;

import static org.drivelens.api.rows.Columns.instant;
import static org.drivelens.api.rows.Columns.moment;

import io.swagger.v3.oas.annotations.media.Schema;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.drivelens.event.SyncErrorCode;
import org.drivelens.event.Trigger;
import org.jspecify.annotations.Nullable;

/** One run of a sync: why, how long, for what price, and what came of it. */
@Schema(name = "SyncRun", description = "One run of a sync.")
record SyncRun(
    UUID id,
    UUID eventId,
    @Schema(implementation = Trigger.class) String trigger,
    @Schema(
            description =
                "FULL: the folder was listed. INCREMENTAL: the changes were applied. FEED: nothing had"
                    + " changed.")
        String mode,
    @Schema(description = "RUNNING, SUCCEEDED, FAILED, or SUPERSEDED by another folder.")
        String status,
    @Schema(description = "How often a worker began, without getting on, at most.") int attempts,
    @Schema(description = "When it goes on by itself after trouble.")
        @Nullable Instant nextAttemptAt,
    @Nullable Instant requestedAt,
    Instant startedAt,
    @Nullable Instant finishedAt,
    @Schema(
            description =
                "Since the request, without a worker at it: in queues, and between attempts.")
        long waitedMillis,
    @Schema(description = "What the time went into; updated whenever a worker lets go.")
        List<Phase> phases,
    int photosAdded,
    int photosUpdated,
    int photosMoved,
    int photosRemoved,
    @Schema(description = "Photos that seemed to be gone and were kept.") int photosHeld,
    int pagesListed,
    int driveCalls,
    int quotaUnits,
    @Schema(description = "The same by Google's methods.") List<Calls> callsByMethod,
    @Schema(description = "At its end; `GET /events/{id}/sync-runs/{runId}/issues` names them.")
        @Nullable Integer unreadableFolders,
    @Nullable Integer skippedFiles,
    @Schema(implementation = SyncErrorCode.class) @Nullable String errorCode,
    @Nullable String errorMessage) {

  @Schema(name = "SyncRunPhase")
  record Phase(
      @Schema(
              description =
                  "CLEARING: forgetting an old folder. WALKING: listing folders. APPLYING: what the feed"
                      + " says. CONFIRMING: asking for what a walk did not show. LOOKING_AGAIN: late image"
                      + " metadata, and photos kept in doubt. REMOVING: what somebody accepted.")
          String phase,
      Instant beganAt,
      Instant endedAt,
      @Schema(description = "Time spent; less than from begin to end if the run was interrupted.")
          long millis) {}

  @Schema(name = "SyncRunCalls")
  record Calls(@Schema(example = "files.list") String method, long calls, long quotaUnits) {}

  static SyncRun of(ResultSet row, List<Phase> phases, List<Calls> calls) throws SQLException {
    return new SyncRun(
        row.getObject("id", UUID.class),
        row.getObject("event_id", UUID.class),
        row.getString("trigger"),
        row.getString("mode"),
        row.getString("status"),
        row.getInt("attempts"),
        instant(row, "next_attempt_at"),
        instant(row, "requested_at"),
        moment(row, "started_at"),
        instant(row, "finished_at"),
        waited(row, phases),
        phases,
        row.getInt("photos_added"),
        row.getInt("photos_updated"),
        row.getInt("photos_moved"),
        row.getInt("photos_removed"),
        row.getInt("photos_held"),
        row.getInt("pages_listed"),
        row.getInt("drive_calls"),
        row.getInt("quota_units"),
        calls,
        row.getObject("unreadable_folders", Integer.class),
        row.getObject("skipped_files", Integer.class),
        row.getString("error_code"),
        row.getString("error_message"));
  }

  private static long waited(ResultSet row, List<Phase> phases) throws SQLException {
    var requested = instant(row, "requested_at");
    var started = moment(row, "started_at");
    var finished = instant(row, "finished_at");
    // What the feed began may answer a request that came later.
    var began = requested == null || requested.isAfter(started) ? started : requested;
    var took = Duration.between(began, finished == null ? moment(row, "now") : finished);
    return Math.max(0, took.toMillis() - phases.stream().mapToLong(Phase::millis).sum());
  }
}
