package org.drivelens.api.live;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.SimplePropertyRowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the runs that the stream tells of. */
@Component
class LiveRuns {

  /** More at once are told in several goes. */
  static final int AT_ONCE = 500;

  private static final String RUN =
      """
      select r.id as run_id, r.event_id, e.name as event_name, r.trigger, r.mode, r.status, r.started_at, r.finished_at,
             r.photos_added, r.photos_updated, r.photos_moved, r.photos_removed, r.pages_listed, r.error_code
        from sync_run r join event e on e.id = r.event_id and e.deleted_at is null
      """;

  private static final RowMapper<LiveRun> LIVE_RUN = new SimplePropertyRowMapper<>(LiveRun.class);

  private final JdbcClient jdbc;

  LiveRuns(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The database's clock, by which runs end. */
  Instant now() {
    return jdbc.sql("select clock_timestamp()")
        .query(java.time.OffsetDateTime.class)
        .single()
        .toInstant();
  }

  /** Runs that ended after a position, the first of them first, {@link #AT_ONCE} at most. */
  List<LiveRun> endedAfter(StreamPosition position) {
    return jdbc.sql(
            RUN
                + " where (r.finished_at, r.id) > (:at, :run) and r.status in ('SUCCEEDED', 'FAILED')"
                + " order by r.finished_at, r.id limit :rows")
        .param("at", position.finishedAt().atOffset(ZoneOffset.UTC))
        .param("run", position.runId())
        .param("rows", AT_ONCE)
        .query(LIVE_RUN)
        .list();
  }

  List<LiveRun> running() {
    return jdbc.sql(RUN + " where r.finished_at is null order by r.id desc limit :rows")
        .param("rows", AT_ONCE)
        .query(LIVE_RUN)
        .list();
  }
}
