package org.drivelens.api.operations;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Operation")
@RestController
class FleetController {

  /** Three heartbeats: whoever was not heard of for longer is not there. */
  static final Duration SILENT = Duration.ofSeconds(30);

  private final Workers workers;
  private final QueueDepths queues;
  private final Schedules schedules;

  FleetController(Workers workers, QueueDepths queues, Schedules schedules) {
    this.workers = workers;
    this.queues = queues;
    this.schedules = schedules;
  }

  @Operation(
      summary = "Who works",
      description =
          "Workers that were stopped are gone from the list; one that died stays for a day.")
  @GetMapping("/admin/workers")
  Fleet.Workers workers() {
    return new Fleet.Workers(workers.all());
  }

  @Operation(summary = "What waits")
  @GetMapping("/admin/queues")
  Fleet.Queues queues() {
    return queues.all();
  }

  @Operation(summary = "What comes by itself")
  @GetMapping("/admin/schedules")
  Schedules.All schedules() {
    return schedules.all();
  }

  @Operation(
      summary = "Do what a schedule does, now",
      description = "Its next times stay as they are.")
  @ApiResponse(responseCode = "202", description = "Asked for; a worker does it soon.")
  @ResponseStatus(HttpStatus.ACCEPTED)
  @PostMapping("/admin/schedules/{name}/runs")
  Schedules.Asked run(@Parameter(example = "sync-due") @PathVariable String name) {
    return schedules.runNow(name);
  }
}
