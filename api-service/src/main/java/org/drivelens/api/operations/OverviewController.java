package org.drivelens.api.operations;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Operation", description = "For whoever runs Drivelens.")
@RestController
class OverviewController {

  private final Overviews overviews;
  private final Activity activity;

  OverviewController(Overviews overviews, Activity activity) {
    this.overviews = overviews;
    this.activity = activity;
  }

  @Operation(summary = "How the whole stands")
  @GetMapping("/admin/overview")
  Overview overview() {
    return overviews.now();
  }

  @Operation(summary = "What was done", description = "The past hours in 60 parts.")
  @GetMapping("/admin/throughput")
  Throughput throughput(
      @Parameter(description = "1 to 168.") @RequestParam(defaultValue = "24") @Min(1) @Max(168)
          int hours) {
    return activity.throughput(Duration.ofHours(hours));
  }

  @Operation(
      summary = "Why events are not in step",
      description =
          "Events whose last attempt failed, grouped by cause. `POST /events/sync/bulk` with an"
              + " `errorCode` tries all of a cause again.")
  @GetMapping("/admin/failures")
  Failures failures() {
    return activity.failures();
  }
}
