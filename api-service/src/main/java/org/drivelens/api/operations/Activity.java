package org.drivelens.api.operations;

import static org.drivelens.api.rows.Columns.instant;
import static org.drivelens.api.rows.Columns.moment;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads what was done, and what failed. */
@Component
class Activity {

  private static final int PARTS = 60;

  private static final String THROUGHPUT =
      """
      with parts as (
        select generate_series(
          date_bin(make_interval(secs => :part), clock_timestamp(), 'epoch') - make_interval(secs => :part * (:parts - 1)),
          date_bin(make_interval(secs => :part), clock_timestamp(), 'epoch'), make_interval(secs => :part)) as at
      ), runs as (
        select date_bin(make_interval(secs => :part), finished_at, 'epoch') as at,
               count(*) filter (where status = 'SUCCEEDED') as succeeded, count(*) filter (where status = 'FAILED') as failed,
               sum(photos_added) as added, sum(photos_updated + photos_moved) as changed, sum(photos_removed) as removed
          from sync_run where finished_at >= (select min(at) from parts) group by 1
      )
      select parts.at, coalesce(succeeded, 0) as succeeded, coalesce(failed, 0) as failed, coalesce(added, 0) as added,
             coalesce(changed, 0) as changed, coalesce(removed, 0) as removed
        from parts left join runs using (at) order by parts.at
      """;

  private static final String CAUSES =
      """
      select v.error_code, min(v.error_message) as message,
             count(*) filter (where v.sync_status = 'ERROR') as failed,
             count(*) filter (where v.sync_status <> 'ERROR') as trying,
             min(s.error_since) as since, min(v.next_attempt_at) as next_attempt_at,
             (array_agg(v.event_id order by v.event_id desc))[1:5] as ids,
             (array_agg(v.event_name order by v.event_id desc))[1:5] as names
        from event_status v join event_sync s on s.event_id = v.event_id
       where v.error_code is not null
       group by v.error_code order by count(*) desc, v.error_code
      """;

  private final JdbcClient jdbc;

  Activity(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Throughput throughput(Duration past) {
    var part = Math.toIntExact(past.toSeconds() / PARTS);
    var parts =
        jdbc.sql(THROUGHPUT)
            .param("part", part)
            .param("parts", PARTS)
            .query((row, _) ->
                new Throughput.Part(
                    moment(row, "at"),
                    row.getInt("succeeded"),
                    row.getInt("failed"),
                    row.getLong("added"),
                    row.getLong("changed"),
                    row.getLong("removed")))
            .list();
    return new Throughput(part, parts);
  }

  Failures failures() {
    var causes = jdbc.sql(CAUSES).query(Activity::cause).list();
    return new Failures(causes, causes.stream().mapToInt(c -> c.failed() + c.trying()).sum());
  }

  private static Failures.Cause cause(ResultSet row, int number) throws SQLException {
    var ids = (UUID[]) row.getArray("ids").getArray();
    var names = (String[]) row.getArray("names").getArray();
    List<Failures.Example> examples =
        IntStream.range(0, ids.length)
            .mapToObj(i -> new Failures.Example(ids[i], names[i]))
            .toList();
    return new Failures.Cause(
        row.getString("error_code"),
        row.getString("message"),
        row.getInt("failed"),
        row.getInt("trying"),
        instant(row, "since"),
        instant(row, "next_attempt_at"),
        examples);
  }
}
