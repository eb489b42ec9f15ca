package org.drivelens.api.alerts;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Clock;
import org.drivelens.api.alerts.AlertParts.Channels;
import org.drivelens.api.alerts.DeliveryView.ChannelView;
import org.drivelens.api.problems.ApiProblem;
import org.drivelens.api.problems.ProblemType;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Operation")
@RestController
class AlertController {

  private final Alerts alerts;
  private final Deliveries deliveries;
  private final Channels channels;
  private final Watch watch;
  private final Alarm alarm;
  private final Clock clock;

  AlertController(
      Alerts alerts,
      Deliveries deliveries,
      Channels channels,
      Watch watch,
      Alarm alarm,
      Clock clock) {
    this.alerts = alerts;
    this.deliveries = deliveries;
    this.channels = channels;
    this.watch = watch;
    this.alarm = alarm;
    this.clock = clock;
  }

  @Operation(
      summary = "What needs somebody",
      description =
          "One alert per cause, counted every 30 seconds, whether or not anybody is set to be told.")
  @GetMapping("/admin/alerts")
  AlertView.All alerts() {
    return new AlertView.All(
        alerts.list(true),
        alerts.list(false),
        watch.lookedAt(),
        !channels.all().isEmpty(),
        watch.quietUntil());
  }

  @Operation(
      summary = "What was sent about alerts",
      description = "Each message to each channel, newest first, and what came of it.")
  @GetMapping("/admin/alerts/deliveries")
  DeliveryView.Log deliveries(
      @Parameter(description = "`nextCursor` of the page before; none for the first page.")
          @RequestParam(required = false)
          @Nullable String cursor,
      @RequestParam(defaultValue = "100") @Min(1) @Max(500) int limit) {
    var page = deliveries.page(cursor, limit);
    return new DeliveryView.Log(
        channels.all().stream().map(c -> new ChannelView(c.name(), c.target())).toList(),
        page.items(),
        page.nextCursor());
  }

  @Operation(
      summary = "Send a test to every channel",
      description =
          "At once, in quiet hours too, and not tried again: `GET /admin/alerts/deliveries` says what came"
              + " of it.")
  @ApiResponse(responseCode = "202", description = "On its way.")
  @ApiResponse(responseCode = "409", ref = "#/components/responses/NobodyToTell")
  @ResponseStatus(HttpStatus.ACCEPTED)
  @PostMapping("/admin/alerts/test")
  DeliveryView.Test test() {
    if (channels.all().isEmpty()) {
      throw ApiProblem.of(
          ProblemType.NOBODY_TO_TELL, "Neither e-mail nor a webhook is set for alerts.");
    }
    var ids =
        channels.all().stream()
            .map(channel ->
                deliveries
                    .pendingTest(channel.name())
                    .orElseGet(() -> deliveries.add(channel.name(), Message.test(clock.instant()))))
            .toList();
    alarm.send();
    return new DeliveryView.Test(ids);
  }
}
