package org.drivelens.api.operations;

import static org.drivelens.api.rows.Columns.instant;
import static org.drivelens.api.rows.Columns.moment;

import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads who works at what. */
@Component
class Workers {

  private final JdbcClient jdbc;

  Workers(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  List<Fleet.Worker> all() {
    var jobs = jobs();
    return jdbc.sql(
            """
            select name, started_at, seen_at, seen_at > clock_timestamp() - make_interval(secs => :silent) as alive
              from worker where stopped_at is null order by started_at, name
            """)
        .param("silent", FleetController.SILENT.toSeconds())
        .query((row, _) ->
            new Fleet.Worker(
                row.getString("name"),
                moment(row, "started_at"),
                moment(row, "seen_at"),
                row.getBoolean("alive"),
                jobs.getOrDefault(row.getString("name"), List.of())))
        .list();
  }

  private Map<String, List<Fleet.Job>> jobs() {
    var jobs = new HashMap<String, List<Fleet.Job>>();
    jdbc.sql(
            """
            select s.lease_owner, s.event_id, e.name, r.mode, r.started_at
              from event_sync s join event e on e.id = s.event_id left join sync_run r on r.id = s.run_id
             where s.lease_until > clock_timestamp() and s.lease_fence = s.fence
             order by r.started_at, s.event_id
            """)
        .query((ResultSet row) -> {
          var job =
              new Fleet.Job(
                  row.getObject("event_id", UUID.class),
                  row.getString("name"),
                  row.getString("mode"),
                  instant(row, "started_at"));
          jobs.computeIfAbsent(row.getString("lease_owner"), _ -> new ArrayList<>()).add(job);
        });
    return jobs;
  }
}
