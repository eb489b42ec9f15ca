package org.drivelens.api.operations;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.drivelens.event.SyncErrorCode;
import org.jspecify.annotations.Nullable;

/** Why events are not in step, by cause. */
@Schema(name = "Failures")
record Failures(
    @Schema(description = "The cause of most events first.") List<Cause> causes,
    @Schema(description = "How many events there are in all.") int events) {

  @Schema(name = "FailureCause")
  record Cause(
      @Schema(implementation = SyncErrorCode.class) String errorCode,
      @Schema(description = "What a person reads; of one of the events.") String message,
      @Schema(description = "Events in ERROR: somebody has to do something.") int failed,
      @Schema(description = "Events that are tried again by themselves.") int trying,
      @Schema(description = "The first failure since the last success of any of them.")
          @Nullable Instant since,
      @Nullable Instant nextAttemptAt,
      @Schema(
              description =
                  "Some of them, at most 5; `GET /events?errorCode=` lists all, and `POST"
                      + " /events/sync/bulk` takes the code to sync all.")
          List<Example> examples) {}

  @Schema(name = "FailureExample")
  record Example(UUID id, String name) {}
}
