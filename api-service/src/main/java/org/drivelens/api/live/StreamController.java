package org.drivelens.api.live;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import org.drivelens.api.problems.ApiProblem;
import org.drivelens.api.problems.ProblemType;
import org.drivelens.event.EventId;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Live", description = "What happens, as it happens.")
@RestController
class StreamController {

  private static final int AT_ONCE = 1_000;

  /** A reader comes back by itself; whether it still may is asked anew then. */
  private static final Duration LONGEST = Duration.ofMinutes(15);

  private final LiveStreams streams;
  private final Clock clock;
  private final Duration heartbeat;

  StreamController(
      LiveStreams streams,
      Clock clock,
      @Value("${drivelens.stream.heartbeat:15s}") Duration heartbeat) {
    this.streams = streams;
    this.clock = clock;
    this.heartbeat = heartbeat;
  }

  @Operation(
      summary = "Listen to what happens",
      description =
          "Server-sent events: `run` when a run has ended, `progress` while one goes on and its counts"
              + " change, a comment every 15 s so that nobody takes silence for death. `run` has an id:"
              + " after a break, send the last one as `Last-Event-ID` (browsers do so by themselves) to any"
              + " replica, and what was missed is told first. An event may be told twice; `runId` tells. The"
              + " stream is closed after 15 minutes; come back. Where streams cannot pass, ask for"
              + " `sync-status` and `sync-runs` instead: they say the same.")
  @ApiResponse(
      responseCode = "200",
      description = "The stream; each `data` is a LiveRun.",
      content =
          @Content(
              mediaType = "text/event-stream",
              schema = @Schema(implementation = LiveRun.class)))
  @GetMapping("/stream")
  void stream(
      @Parameter(description = "`runs`, `progress`, or both; left out: both.", example = "runs")
          @RequestParam(required = false)
          @Nullable String topics,
      @Parameter(description = "Only what happens to this event.") @RequestParam(required = false)
          @Nullable EventId eventId,
      @Parameter(description = "The last id that was seen.")
          @RequestHeader(name = "Last-Event-ID", required = false)
          @Nullable String lastEventId,
      HttpServletResponse response)
      throws IOException, InterruptedException {
    var since = lastEventId == null ? null : StreamPosition.parse(lastEventId).orElse(null);
    var subscriber = new Subscriber(Topic.parse(topics), eventId == null ? null : eventId.value());
    if (streams.open() >= AT_ONCE) {
      throw ApiProblem.later(
          ProblemType.TOO_MANY_REQUESTS, "Too many streams are open.", Duration.ofSeconds(30));
    }
    response.setContentType("text/event-stream;charset=UTF-8");
    response.setHeader("Cache-Control", "no-store");
    // Proxies would hold back what is to be live.
    response.setHeader("X-Accel-Buffering", "no");
    streams.open(subscriber, since);
    try {
      write(subscriber, response);
    } finally {
      streams.close(subscriber);
    }
  }

  /** In the request's own thread, a virtual one: a slow reader holds up nobody else. */
  private void write(Subscriber subscriber, HttpServletResponse response)
      throws IOException, InterruptedException {
    var until = clock.instant().plus(LONGEST);
    var out = response.getOutputStream();
    out.print("retry: 3000\n\n");
    out.flush();
    while (subscriber.goesOn() && clock.instant().isBefore(until)) {
      var frame = subscriber.next(heartbeat.toMillis());
      out.write((frame == null ? ": \n\n" : frame).getBytes(StandardCharsets.UTF_8));
      out.flush();
    }
  }
}
