package org.drivelens.emulator.control;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.drivelens.emulator.call.Call;
import org.drivelens.emulator.call.DriveMethod;
import org.drivelens.emulator.call.Match;
import org.drivelens.emulator.fault.Fault;
import org.drivelens.emulator.fault.Faults;
import org.drivelens.emulator.fault.Hold;
import org.drivelens.emulator.fault.Oddities;
import org.drivelens.emulator.fault.Oddity;
import org.drivelens.emulator.fault.Trouble;
import org.drivelens.emulator.wire.Reply;
import org.drivelens.emulator.wire.Request;
import org.jspecify.annotations.Nullable;

/** Switches trouble on and off, and holds calls. */
final class FaultControl {

  private final Faults faults;
  private final Map<String, Fault> byNumber = new ConcurrentHashMap<>();
  private final Map<String, Hold> holds = new ConcurrentHashMap<>();
  private final AtomicInteger numbers = new AtomicInteger();

  FaultControl(Faults faults) {
    this.faults = faults;
  }

  /** Null if the method and first word are about something else. */
  @Nullable Reply route(String what, Request request) {
    return switch (what) {
      case "GET faults" -> list();
      case "POST faults" -> fail(Input.of(request));
      case "DELETE faults" -> clear();
      case "POST latency" -> latency(Input.of(request));
      case "POST pages" -> pages(Input.of(request));
      case "POST holds" -> hold(Input.of(request));
      case "GET oddities" -> oddities();
      case "POST oddities" -> odd(Input.of(request));
      default -> null;
    };
  }

  private Reply list() {
    return Reply.pretty(200, Map.of("active", faults.list()));
  }

  private Reply fail(Input input) {
    int times = input.number("times", Integer.MAX_VALUE);
    Fault fault = faults.fail(match(input), trouble(input), times, input.number("percent", 100));
    String number = next();
    byNumber.put(number, fault);
    return Reply.pretty(201, Map.of("id", number, "fault", fault.toString()));
  }

  private Reply clear() {
    faults.clear();
    byNumber.clear();
    holds.clear();
    return list();
  }

  @Nullable Reply clear(String number) {
    Fault fault = byNumber.remove(number);
    if (fault == null) {
      return null;
    }
    fault.clear();
    return Reply.pretty(200, Map.of("id", number, "hits", fault.hits()));
  }

  private Reply latency(Input input) {
    var method = DriveMethod.named(input.required("method"));
    faults.latency(method, Duration.ofMillis(input.number("millis", 0)));
    return list();
  }

  private Reply pages(Input input) {
    if (input.has("atMost")) {
      faults.pagesOfAtMost(input.number("atMost", 1000));
    }
    faults.emptyPages(input.flag("empty"));
    return list();
  }

  /** Every oddity there is, and which are on. */
  private Reply oddities() {
    var known = new LinkedHashMap<String, String>();
    for (Oddity oddity : Oddity.values()) {
      known.put(oddity.wireName(), oddity.what());
    }
    return Reply.pretty(200, Map.of("known", known, "active", faults.list()));
  }

  private Reply odd(Input input) {
    if (input.has("seed")) {
      faults.oddities().seed(input.number("seed", 1));
    }
    if (!input.has("seed") || input.has("name")) {
      var oddity = Oddity.named(input.required("name"));
      int seconds = input.number("seconds", -1);
      faults
          .oddities()
          .on(
              oddity,
              Oddities.How.ALWAYS
                  .times(input.number("times", Integer.MAX_VALUE))
                  .percent(input.number("percent", 100))
                  .status(input.number("status", 400))
                  .late(seconds < 0 ? null : Duration.ofSeconds(seconds)));
    }
    return list();
  }

  Reply even(String name) {
    faults.oddities().off(Oddity.named(name));
    return list();
  }

  private Reply hold(Input input) {
    Match match = match(input);
    Hold hold = input.flag("answer") ? faults.holdAnswer(match) : faults.hold(match);
    String number = next();
    holds.put(number, hold);
    return Reply.pretty(201, Map.of("id", number, "hold", hold.toString()));
  }

  /** Waits up to {@code waitMillis} for the first call. */
  @Nullable Reply held(String number, Input input) {
    Hold hold = holds.get(number);
    if (hold == null) {
      return null;
    }
    List<Call> held = hold.held();
    int wait = input.number("waitMillis", 0);
    if (held.isEmpty() && wait > 0) {
      try {
        hold.awaitArrived(Duration.ofMillis(wait));
      } catch (IllegalStateException e) {
        // None came; said by the count.
      }
      held = hold.held();
    }
    return Reply.pretty(200, Map.of("id", number, "arrived", held.size(), "calls", held));
  }

  @Nullable Reply release(String number) {
    Hold hold = holds.remove(number);
    if (hold == null) {
      return null;
    }
    hold.release();
    return Reply.pretty(200, Map.of("id", number, "arrived", hold.held().size()));
  }

  private String next() {
    return Integer.toString(numbers.incrementAndGet());
  }

  private static Match match(Input input) {
    String method = input.get("method");
    Match match = method == null ? Match.any() : Match.on(DriveMethod.named(method));
    String about = input.get("about");
    if (about != null) {
      match = match.about(about);
    }
    return input.flag("firstPage") ? match.without("pageToken") : match;
  }

  private static Trouble trouble(Input input) {
    int status = input.number("status", 503);
    String reason = input.get("reason");
    Trouble trouble =
        switch (input.get("trouble", "status")) {
          case "status" -> reason == null ? Trouble.status(status) : google(input, status, reason);
          case "oauth" ->
              Trouble.oauth(
                  status,
                  input.get("reason", "invalid_grant"),
                  input.get("message", "Bad Request"));
          case "html" -> Trouble.html(status);
          case "truncated" -> Trouble.truncated();
          case "malformed" -> Trouble.malformedJson();
          case "reset" -> Trouble.reset();
          case "hang" -> Trouble.hang();
          case "slow" -> Trouble.slow(Duration.ofMillis(input.number("millis", 60_000)));
          default ->
              throw new IllegalArgumentException(
                  "trouble is one of status, oauth, html, truncated, malformed, reset, hang,"
                      + " slow");
        };
    return input.has("retryAfter")
        ? trouble.retryAfter(Duration.ofSeconds(input.number("retryAfter", 1)))
        : trouble;
  }

  private static Trouble google(Input input, int status, String reason) {
    String message = input.get("message");
    return message == null
        ? Trouble.google(status, reason)
        : Trouble.google(status, reason, message);
  }
}
