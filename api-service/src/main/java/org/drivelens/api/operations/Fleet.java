package org.drivelens.api.operations;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who works, and what waits. */
final class Fleet {

  private Fleet() {}

  @Schema(name = "Workers")
  record Workers(List<Worker> workers) {}

  @Schema(name = "Worker")
  record Worker(
      @Schema(description = "Process id and machine.", example = "4711@worker-1") String name,
      Instant startedAt,
      @Schema(description = "Each tells of itself every ten seconds.") Instant seenAt,
      @Schema(
              description =
                  "False if it was not heard of for 30 seconds and did not say that it stops: what it was"
                      + " at goes on elsewhere.")
          boolean alive,
      @Schema(description = "The events that it syncs now.") List<Job> jobs) {}

  @Schema(name = "WorkerJob")
  record Job(UUID eventId, String name, @Nullable String mode, @Nullable Instant startedAt) {}

  @Schema(name = "Queues")
  record Queues(
      @Schema(description = "False while the broker does not answer; then no depth is known.")
          boolean brokerReachable,
      @Schema(description = "The broker's own pages; null if they are not set.")
          @Nullable String managementUrl,
      List<Queue> queues) {}

  @Schema(name = "Queue")
  record Queue(
      @Schema(example = "sync.requested") String name,
      @Schema(description = "What it holds, in words.") String purpose,
      @Schema(description = "Messages that wait; null if that is not known.") @Nullable Long depth,
      @Schema(description = "Who takes them; null if that is not known.") @Nullable Long consumers,
      @Schema(
              description =
                  "The oldest of what stands in the database for it and was not begun: messages may be"
                      + " lost, this is not.")
          @Nullable Instant oldestAt,
      @Schema(description = "This queue on the broker's own pages.") @Nullable String url) {}
}
