package org.drivelens.api.sync;

import static org.drivelens.api.rows.Columns.moment;

import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.drivelens.api.paging.Cursors;
import org.drivelens.api.paging.Page;
import org.drivelens.api.problems.ApiProblem;
import org.drivelens.api.sync.SyncRun.Calls;
import org.drivelens.api.sync.SyncRun.Phase;
import org.drivelens.event.EventId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the history of runs. */
@Component
class SyncRuns {

  /** The trouble of a run that goes on stands beside the event. */
  private static final String RUNS =
      """
      select r.id, r.event_id, r.trigger, r.mode, r.status, r.attempts, r.requested_at, r.started_at, r.finished_at,
             r.photos_added, r.photos_updated, r.photos_moved, r.photos_removed, r.photos_held, r.pages_listed,
             r.drive_calls, r.quota_units, r.unreadable_folders, r.skipped_files,
             coalesce(r.error_code, s.error_code) as error_code, coalesce(r.error_message, s.error_message) as error_message,
             s.next_attempt_at, clock_timestamp() as now
        from sync_run r left join event_sync s on s.event_id = r.event_id and s.run_id = r.id and r.finished_at is null
       where r.event_id = :event
      """;

  private final JdbcClient jdbc;
  private final Cursors cursors;
  private final SyncViews views;

  SyncRuns(JdbcClient jdbc, Cursors cursors, SyncViews views) {
    this.jdbc = jdbc;
    this.cursors = cursors;
    this.views = views;
  }

  /** Newest first. */
  Page<SyncRun> page(EventId event, @Nullable String cursor, int limit) {
    views.require(event);
    var list = List.of("sync-runs", event.toString());
    var after = cursor == null ? null : UUID.fromString(cursors.decode(list, cursor).getFirst());
    var ids =
        jdbc.sql(
                "select id from sync_run where event_id = :event"
                    + (after == null ? "" : " and id < :after")
                    + " order by id desc limit :rows")
            .param("event", event.value())
            .param("after", after)
            .param("rows", limit + 1)
            .query((row, _) -> row.getObject(1, UUID.class))
            .list();
    return Page.of(
        runs(event, ids), limit, last -> cursors.encode(list, List.of(last.id().toString())));
  }

  /**
   * @throws ApiProblem if there is no such event, or it has no such run
   */
  SyncRun one(EventId event, UUID id) {
    views.require(event);
    return runs(event, List.of(id)).stream()
        .findFirst()
        .orElseThrow(() -> ApiProblem.notFound("The event has no run " + id + " (any more)."));
  }

  private List<SyncRun> runs(EventId event, Collection<UUID> ids) {
    var runs = ids.toArray(UUID[]::new);
    var phases = phases(runs);
    var calls = calls(runs);
    return jdbc.sql(RUNS + " and r.id = any (:runs) order by r.id desc")
        .param("event", event.value())
        .param("runs", runs)
        .query((row, _) -> {
          var id = row.getObject("id", UUID.class);
          return SyncRun.of(
              row, phases.getOrDefault(id, List.of()), calls.getOrDefault(id, List.of()));
        })
        .list();
  }

  private Map<UUID, List<Phase>> phases(UUID[] runs) {
    var phases = new HashMap<UUID, List<Phase>>();
    jdbc.sql("select * from sync_run_phase where run_id = any (:runs) order by run_id, began_at")
        .param("runs", runs)
        .query((ResultSet row) -> {
          var phase =
              new Phase(
                  row.getString("phase"),
                  moment(row, "began_at"),
                  moment(row, "ended_at"),
                  row.getLong("millis"));
          add(phases, row.getObject("run_id", UUID.class), phase);
        });
    return phases;
  }

  private Map<UUID, List<Calls>> calls(UUID[] runs) {
    var calls = new HashMap<UUID, List<Calls>>();
    jdbc.sql("select * from sync_run_call where run_id = any (:runs) order by run_id, method")
        .param("runs", runs)
        .query((ResultSet row) -> {
          var call = new Calls(row.getString("method"), row.getLong("calls"), row.getLong("units"));
          add(calls, row.getObject("run_id", UUID.class), call);
        });
    return calls;
  }

  private static <T> void add(Map<UUID, List<T>> lists, UUID run, T item) {
    lists.computeIfAbsent(run, _ -> new ArrayList<>()).add(item);
  }
}
