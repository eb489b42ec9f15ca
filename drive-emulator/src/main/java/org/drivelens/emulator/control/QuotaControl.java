package org.drivelens.emulator.control;

import java.time.Duration;
import java.util.LinkedHashMap;
import org.drivelens.emulator.call.Usage;
import org.drivelens.emulator.fault.Quota;
import org.drivelens.emulator.wire.Reply;
import org.drivelens.emulator.wire.Request;
import org.jspecify.annotations.Nullable;

/** Limits the quota, and shows what was used of it. */
final class QuotaControl {

  private static final int SECONDS_SHOWN = 120;

  private final Quota quota;
  private final Usage usage;

  QuotaControl(Quota quota, Usage usage) {
    this.quota = quota;
    this.usage = usage;
  }

  /** Null if the method and first word are about something else. */
  @Nullable Reply route(String what, Request request) {
    return switch (what) {
      case "GET quota", "GET usage" -> usage(Input.of(request));
      case "POST quota" -> limit(Input.of(request));
      case "DELETE quota" -> {
        quota.limit(null);
        yield usage(Input.of(request));
      }
      default -> null;
    };
  }

  private Reply limit(Input input) {
    input.required("perMinute");
    quota.limit(
        new Quota.Limit(
            input.number("perMinute", 0),
            input.number("perSecond", 0),
            input.flag("queries"),
            input.number("status", 403),
            input.has("retryAfter") ? Duration.ofSeconds(input.number("retryAfter", 1)) : null));
    return usage(input);
  }

  private Reply usage(Input input) {
    var json = new LinkedHashMap<String, Object>();
    json.put("quota", quota.toString());
    json.put("refused", quota.refused());
    json.put("mostUnitsGrantedInAnyMinute", quota.mostGranted());
    json.put("units", usage.units());
    json.put("mostUnitsInAnyMinute", usage.mostInAnyMinute());
    json.put("mostUnitsInAnySecond", usage.mostInAnySecond());
    json.put("byMethod", usage.byMethod());
    json.put(
        "bySecond",
        usage.bySecond(input.number("seconds", SECONDS_SHOWN)).stream()
            .map(QuotaControl::json)
            .toList());
    return Reply.pretty(200, json);
  }

  private static Object json(Usage.Second second) {
    var json = new LinkedHashMap<String, Object>();
    json.put("at", second.at().toString());
    json.put("units", second.units());
    json.put("calls", second.calls());
    return json;
  }
}
