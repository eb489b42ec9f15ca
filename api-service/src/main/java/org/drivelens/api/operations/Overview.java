package org.drivelens.api.operations;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.drivelens.api.pauses.Pause;
import org.jspecify.annotations.Nullable;

/** How the whole stands at a moment. */
@Schema(name = "Overview")
record Overview(
    Instant at,
    Events events,
    @Schema(description = "Photos in all galleries.") long photos,
    @Schema(
            description =
                "Of the events that are not up to date the one whose gallery is oldest; null if there is"
                    + " none.")
        @Nullable Behind oldestBehind,
    @Schema(description = "Runs that a worker is at.") int running,
    @Schema(description = "Runs that failed within the last 24 hours.") int failedRuns,
    @Schema(description = "Messages that nobody could read or handle.") int deadLetters,
    Quota quota,
    Workers workers,
    Push push,
    @Schema(description = "Null unless all events are paused.") @Nullable Pause paused,
    @Schema(description = "Google's change feed was read up to then; null before the first time.")
        @Nullable Instant feedAsOf) {

  @Schema(name = "OverviewEvents")
  record Events(
      int total,
      int upToDate,
      int syncing,
      int syncRequired,
      int error,
      int neverSynced,
      @Schema(description = "Paused one by one.") int paused) {}

  @Schema(name = "OverviewBehind")
  record Behind(
      UUID eventId,
      String name,
      @Schema(description = "The gallery shows the folder as of then, or was asked for then.")
          Instant since) {}

  @Schema(name = "OverviewQuota")
  record Quota(
      @Schema(description = "What is set for the whole fleet.") int unitsPerMinute,
      @Schema(
              description =
                  "The part of it that is in force: less than 1 after Google said that we call too often.")
          double share,
      @Schema(description = "Units drawn in the last minute; null until that is known.")
          @Nullable Integer usedPerMinute,
      @Schema(description = "Nobody calls before this, as Google demands.")
          @Nullable Instant pausedUntil) {}

  @Schema(name = "OverviewPush")
  record Push(
      @Schema(description = "False: no public address is set, so changes are found by polls alone.")
          boolean on,
      @Schema(description = "Channels by which Google announces changes, of all change logs.")
          int channels,
      @Schema(
              description =
                  "Change logs whose channel should have been renewed and was not, or that have none.")
          int expiring,
      @Schema(description = "Change logs whose channel is silent about what polls find.") int dead,
      @Schema(description = "When the first of the newest channels ends; null if there is none.")
          @Nullable Instant nextExpiry) {}

  @Schema(name = "OverviewWorkers")
  record Workers(
      @Schema(description = "Heard of within the last 30 seconds.") int alive,
      @Schema(
              description =
                  "Neither heard of nor stopped: they died, and no other was started in their place.")
          int silent) {}
}
