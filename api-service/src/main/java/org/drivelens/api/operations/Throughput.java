package org.drivelens.api.operations;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;

/** What was done, in equal parts of time. */
@Schema(name = "Throughput")
record Throughput(
    @Schema(description = "How long each part is.") int seconds,
    @Schema(description = "Oldest first, without gaps; the last one goes on.") List<Part> parts) {

  @Schema(name = "ThroughputPart")
  record Part(
      @Schema(description = "When it began.") Instant at,
      @Schema(description = "Runs that ended well.") int succeeded,
      @Schema(description = "Runs that failed.") int failed,
      long photosAdded,
      @Schema(description = "Updated or moved.") long photosChanged,
      long photosRemoved) {}
}
