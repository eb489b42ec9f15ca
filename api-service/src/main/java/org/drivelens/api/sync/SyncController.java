package org.drivelens.api.sync;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.drivelens.api.paging.Page;
import org.drivelens.api.problems.ApiProblem;
import org.drivelens.api.problems.ProblemType;
import org.drivelens.event.EventId;
import org.drivelens.event.SyncErrorCode;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Sync", description = "Asking for syncs, and seeing how they stand.")
@RestController
class SyncController {

  private static final int BULK = 10_000;

  private final SyncAsking asking;
  private final SyncViews views;
  private final SyncRuns runs;
  private final SyncIssues issues;

  SyncController(SyncAsking asking, SyncViews views, SyncRuns runs, SyncIssues issues) {
    this.asking = asking;
    this.views = views;
    this.runs = runs;
    this.issues = issues;
  }

  /** Optional, as every field of it. */
  @Schema(name = "SyncInput")
  record SyncInput(
      @Schema(
              defaultValue = "false",
              description =
                  "Whether the whole folder is listed anew, rather than only what changed.")
          @Nullable Boolean fullSync) {}

  @Schema(name = "BulkSyncInput")
  record BulkInput(
      @Schema(description = "Which events; left out: all that are SYNC_REQUIRED or ERROR.")
          @Size(max = BULK, message = "must be at most 10000 ids")
          @Nullable List<@NotNull(message = "must be an id") EventId> eventIds,
      @Schema(
              description =
                  "Only those whose last attempt failed for this reason; not together with `eventIds`.")
          @Nullable SyncErrorCode errorCode,
      @Schema(defaultValue = "false") @Nullable Boolean fullSync,
      @Schema(defaultValue = "false", description = "Only say for how many it would be asked.")
          @Nullable Boolean dryRun) {}

  @Operation(
      summary = "Sync an event now",
      description =
          "The request is stored before the answer is given, so it is not lost whatever happens next."
              + " Syncing goes on in the background.")
  @ApiResponse(
      responseCode = "202",
      description = "Stored. `Location` and `statusUrl` show how it goes.")
  @ApiResponse(responseCode = "409", ref = "#/components/responses/FolderMissing")
  @ResponseStatus(HttpStatus.ACCEPTED)
  @PostMapping("/events/{id}/sync")
  ResponseEntity<SyncAccepted> sync(
      @PathVariable EventId id, @RequestBody(required = false) @Nullable SyncInput input) {
    asking.one(id, input != null && Boolean.TRUE.equals(input.fullSync()));
    return SyncAccepted.answer(id, views.status(id).syncStatus());
  }

  @Operation(
      summary = "Sync many events",
      description =
          "With an empty body every event that is SYNC_REQUIRED or ERROR. Events that are paused or have no"
              + " folder are left out and counted in `message`; unknown ids are refused, all or nothing.")
  @ApiResponse(responseCode = "202", description = "Stored.")
  @ResponseStatus(HttpStatus.ACCEPTED)
  @PostMapping("/events/sync/bulk")
  BulkAnswer bulk(@Valid @RequestBody(required = false) @Nullable BulkInput input) {
    if (input != null && input.eventIds() != null && input.errorCode() != null) {
      throw ApiProblem.of(
          ProblemType.INVALID_REQUEST, "errorCode", "must not be given together with eventIds");
    }
    return input == null
        ? asking.many(null, null, false, false)
        : asking.many(
            input.eventIds(),
            input.errorCode(),
            Boolean.TRUE.equals(input.fullSync()),
            Boolean.TRUE.equals(input.dryRun()));
  }

  @Operation(summary = "How an event stands to its folder")
  @GetMapping("/events/{id}/sync-status")
  SyncAnswers.Status status(@PathVariable EventId id) {
    return views.status(id);
  }

  @Operation(
      summary = "Accept that photos are gone",
      description =
          "When many photos of a gallery seem to be gone and Google Drive does not say why, they are kept"
              + " and `sync-status` shows them as `heldRemoval`. This removes them, in the background. A photo"
              + " that returns soon enough keeps its id.")
  @ApiResponse(responseCode = "202", description = "Stored; a worker removes them.")
  @ApiResponse(responseCode = "409", ref = "#/components/responses/NothingHeld")
  @ResponseStatus(HttpStatus.ACCEPTED)
  @PostMapping("/events/{id}/held-removal/accept")
  ResponseEntity<HeldRemoval.Accepted> acceptRemoval(@PathVariable EventId id) {
    var count = asking.acceptRemoval(id);
    var statusUrl = "/events/" + id + "/sync-status";
    return ResponseEntity.accepted()
        .location(URI.create(statusUrl))
        .body(new HeldRemoval.Accepted(id.value(), count, statusUrl));
  }

  @Operation(
      summary = "Events that wait for a sync",
      description =
          "SYNC_REQUIRED, ERROR, or UP_TO_DATE but not looked at for 24 hours; longest waiting first.")
  @GetMapping("/events/sync/pending")
  SyncAnswers.Pending pending() {
    return views.pending();
  }

  @Operation(summary = "Numbers over all events")
  @GetMapping("/events/sync/statistics")
  SyncAnswers.Statistics statistics() {
    return views.statistics();
  }

  @Operation(
      summary = "The runs of an event",
      description =
          "Newest first, kept for 90 days. Each says why, how long, for what price, and what came of it.")
  @GetMapping("/events/{id}/sync-runs")
  Page<SyncRun> runs(
      @PathVariable EventId id,
      @Parameter(description = "`nextCursor` of the page before; none for the first page.")
          @RequestParam(required = false)
          @Nullable String cursor,
      @RequestParam(defaultValue = "100") @Min(1) @Max(500) int limit) {
    return runs.page(id, cursor, limit);
  }

  @Operation(summary = "One run of an event")
  @GetMapping("/events/{id}/sync-runs/{runId}")
  SyncRun run(@PathVariable EventId id, @PathVariable UUID runId) {
    return runs.one(id, runId);
  }

  @Operation(
      summary = "What could not be shown when a run ended",
      description =
          "As `GET /events/{id}/issues`, but as it stood at the end of the run, or stands now if it goes on.")
  @GetMapping("/events/{id}/sync-runs/{runId}/issues")
  Page<SyncIssue> issuesOfRun(
      @PathVariable EventId id,
      @PathVariable UUID runId,
      @Parameter(description = "`nextCursor` of the page before; none for the first page.")
          @RequestParam(required = false)
          @Nullable String cursor,
      @RequestParam(defaultValue = "100") @Min(1) @Max(500) int limit) {
    return issues.ofRun(id, runId, cursor, limit);
  }

  @Operation(
      summary = "What of the folder cannot be shown",
      description =
          "Sub-folders that cannot be listed (`unreadableFolders` of them), then images that cannot be shown"
              + " (`skippedFiles`), each with Google's reason and since when. It goes when it is over.")
  @GetMapping("/events/{id}/issues")
  Page<SyncIssue> issues(
      @PathVariable EventId id,
      @Parameter(description = "`nextCursor` of the page before; none for the first page.")
          @RequestParam(required = false)
          @Nullable String cursor,
      @RequestParam(defaultValue = "100") @Min(1) @Max(500) int limit) {
    return issues.page(id, cursor, limit);
  }
}
