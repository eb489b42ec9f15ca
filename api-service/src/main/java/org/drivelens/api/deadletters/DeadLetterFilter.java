package org.drivelens.api.deadletters;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.drivelens.api.problems.ApiProblem;
import org.drivelens.api.problems.ProblemType;
import org.drivelens.event.EventId;
import org.jspecify.annotations.Nullable;

/** Which dead letters are meant: all of those that fit everything given. */
record DeadLetterFilter(
    @Nullable String queue, DeadLetterView.@Nullable Reason reason, @Nullable EventId eventId) {

  /**
   * @throws ApiProblem if there is no such reason; an empty one would otherwise mean all
   */
  static DeadLetterFilter of(
      @Nullable String queue, @Nullable String reason, @Nullable EventId eventId) {
    if (reason == null) {
      return new DeadLetterFilter(queue, null, eventId);
    }
    return Stream.of(DeadLetterView.Reason.values())
        .filter(r -> r.name().equals(reason))
        .findFirst()
        .map(r -> new DeadLetterFilter(queue, r, eventId))
        .orElseThrow(() ->
            ApiProblem.of(
                ProblemType.INVALID_REQUEST,
                "reason",
                "must be one of " + List.of(DeadLetterView.Reason.values())));
  }

  /** Conditions to be added to others. */
  String sql() {
    return (queue == null ? "" : " and d.queue = :queue")
        + (reason == null ? "" : " and d.reason = :reason")
        + (eventId == null ? "" : " and d.event_id = :event");
  }

  Map<String, @Nullable Object> parameters() {
    var parameters = new LinkedHashMap<String, @Nullable Object>();
    parameters.put("queue", queue);
    parameters.put("reason", reason == null ? null : reason.name());
    parameters.put("event", eventId == null ? null : eventId.value());
    return parameters;
  }

  /** What a cursor is bound to. */
  List<String> list() {
    return List.of("dead-letters", "queue=" + queue, "reason=" + reason, "event=" + eventId);
  }
}
