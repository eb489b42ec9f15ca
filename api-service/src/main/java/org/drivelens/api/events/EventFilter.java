package org.drivelens.api.events;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.drivelens.api.problems.ApiProblem;
import org.drivelens.api.problems.ProblemType;
import org.drivelens.event.SyncErrorCode;
import org.drivelens.event.SyncStatus;
import org.jspecify.annotations.Nullable;

/**
 * Which events are asked for: those that fit everything given.
 *
 * @param q a part of the name, in whatever case; null for any
 * @param statuses any of these; empty for all
 * @param paused whether it is paused; null for both
 * @param errorCode why the last attempt failed; null for whatever reason, or none
 */
record EventFilter(
    @Nullable String q,
    List<SyncStatus> statuses,
    @Nullable Boolean paused,
    @Nullable SyncErrorCode errorCode) {

  static final EventFilter ALL = new EventFilter(null, List.of(), null, null);

  /**
   * @param status statuses separated by commas
   * @throws ApiProblem if there is no such status or code; an empty one would otherwise mean all
   */
  static EventFilter of(
      @Nullable String q,
      @Nullable String status,
      @Nullable Boolean paused,
      @Nullable String errorCode) {
    var statuses = new ArrayList<SyncStatus>();
    if (status != null) {
      for (var name : status.split(",", -1)) {
        statuses.add(one("status", name, SyncStatus.values()));
      }
    }
    return new EventFilter(
        q == null || q.isEmpty() ? null : q,
        List.copyOf(statuses),
        paused,
        errorCode == null ? null : one("errorCode", errorCode, SyncErrorCode.values()));
  }

  private static <E extends Enum<E>> E one(String field, String name, E[] values) {
    return Stream.of(values)
        .filter(value -> value.name().equals(name.strip()))
        .findFirst()
        .orElseThrow(() ->
            ApiProblem.of(ProblemType.INVALID_REQUEST, field, "must be one of " + List.of(values)));
  }

  /** Conditions to be added to others, of {@code event e} and {@code event_status v}. */
  String sql() {
    return (q == null ? "" : " and e.name ilike :q")
        + (statuses.isEmpty() ? "" : " and v.sync_status = any (:statuses)")
        + (paused == null ? "" : " and (pause.paused_at is not null) = :paused")
        + (errorCode == null ? "" : " and v.error_code = :errorCode");
  }

  Map<String, @Nullable Object> parameters() {
    var parameters = new LinkedHashMap<String, @Nullable Object>();
    parameters.put(
        "q",
        q == null
            ? null
            : "%" + q.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%");
    parameters.put("statuses", statuses.stream().map(Enum::name).toArray(String[]::new));
    parameters.put("paused", paused);
    parameters.put("errorCode", errorCode == null ? null : errorCode.name());
    return parameters;
  }

  /** What a cursor is bound to. */
  List<String> list() {
    return equals(ALL)
        ? List.of("events")
        : List.of(
            "events", "q=" + q, "status=" + statuses, "paused=" + paused, "errorCode=" + errorCode);
  }
}
