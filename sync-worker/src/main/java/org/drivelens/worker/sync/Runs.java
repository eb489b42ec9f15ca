package org.drivelens.worker.sync;

import static org.drivelens.worker.photos.Columns.longs;
import static org.drivelens.worker.photos.Columns.texts;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.drivelens.drive.DriveCalls;
import org.drivelens.worker.photos.Tally;
import org.drivelens.worker.sync.Phases.Spent;
import org.drivelens.worker.trouble.SyncTrouble;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The history of runs. A run may span several claims: slices, waits, and deaths of workers. */
final class Runs {

  /** SQL for the row of the run that a claim begins, for what is asked now. */
  static final String BEGUN =
      """
      insert into sync_run (event_id, folder_epoch, generation, full_generation, requested_at, trigger, mode, status)
      select event_id, folder_epoch, requested_generation, full_generation,
             -- What nobody asked for answers no request, and waited for none.
             case when requested_generation > synced_generation then requested_at end,
             case when requested_generation > synced_generation then coalesce(requested_trigger, 'SWEEP')
                  when dirty then coalesce(dirty_by, 'FEED') else 'SWEEP' end,
             case when full_generation > walked_generation or feed_epoch is null then 'FULL' else 'INCREMENTAL' end,
             'RUNNING'
        from event_sync where event_id = :event
      returning id, generation, requested_at
      """
          .strip();

  /** SQL for the row of the run with which a claim goes on. */
  static final String GOING_ON =
      "select id, generation, requested_at from sync_run where id = :run";

  private static final String COST =
      """
      with called as (
        insert into sync_run_call as c (run_id, method, calls, units)
        select :run, n.* from unnest(:methods::text[], :callsOf::bigint[], :unitsOf::bigint[]) as n
        on conflict (run_id, method) do update set calls = c.calls + excluded.calls, units = c.units + excluded.units),
      spent as (
        insert into sync_run_phase as p (run_id, phase, began_at, ended_at, millis)
        select :run, n.phase, clock_timestamp() - make_interval(secs => n.began / 1000.0),
               clock_timestamp() - make_interval(secs => n.ended / 1000.0), n.millis
          from unnest(:phases::text[], :beganAgo::bigint[], :endedAgo::bigint[], :millis::bigint[]) as n(phase, began, ended, millis)
        on conflict (run_id, phase) do update set ended_at = excluded.ended_at, millis = p.millis + excluded.millis)
      update sync_run set drive_calls = drive_calls + :calls, quota_units = quota_units + :units,
                          pages_listed = pages_listed + :pages, attempts = greatest(attempts, :attempts)
       where id = :run
      """;

  private final JdbcClient jdbc;

  Runs(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void walks(Claim claim) {
    jdbc.sql("update sync_run set mode = 'FULL' where id = :run and mode <> 'FULL'")
        .param("run", claim.runId())
        .update();
  }

  void add(Claim claim, Tally tally) {
    if (!tally.equals(Tally.NOTHING)) {
      jdbc.sql(
              """
              update sync_run
                 set photos_added = photos_added + :added, photos_updated = photos_updated + :updated,
                     photos_moved = photos_moved + :moved, photos_removed = photos_removed + :removed,
                     photos_held = photos_held + :held
               where id = :run
              """)
          .param("run", claim.runId())
          .param("added", tally.added())
          .param("updated", tally.updated())
          .param("moved", tally.moved())
          .param("removed", tally.removed())
          .param("held", tally.held())
          .update();
    }
  }

  /** Adds what one claim cost and where its time went; a claim that died leaves it uncounted. */
  void add(Claim claim, DriveCalls calls, Phases phases) {
    var total = calls.total();
    var methods = List.copyOf(calls.byMethod().entrySet());
    var pages = calls.byMethod().get("files.list");
    var spent = List.copyOf(phases.spent().entrySet());
    jdbc.sql(COST)
        .param("run", claim.runId())
        .param("calls", total.calls())
        .param("units", total.units())
        .param("pages", pages == null ? 0 : pages.calls())
        .param("attempts", claim.attempts())
        .param("methods", texts(methods, Map.Entry::getKey))
        .param("callsOf", longs(methods, m -> m.getValue().calls()))
        .param("unitsOf", longs(methods, m -> m.getValue().units()))
        .param("phases", texts(spent, p -> p.getKey().name()))
        .param("beganAgo", longs(spent, p -> Spent.ago(p.getValue().began())))
        .param("endedAgo", longs(spent, p -> Spent.ago(p.getValue().ended())))
        .param("millis", longs(spent, p -> TimeUnit.NANOSECONDS.toMillis(p.getValue().nanos())))
        .update();
  }

  /** The folder it was about is not followed any more. */
  void superseded(UUID event) {
    jdbc.sql(
            """
            update sync_run r set status = 'SUPERSEDED', finished_at = clock_timestamp()
              from event_sync s where s.event_id = :event and r.id = s.run_id and r.finished_at is null
            """)
        .param("event", event)
        .update();
  }

  /** Ends the event's open run; the next claim begins another. */
  Optional<UUID> failed(UUID event, SyncTrouble trouble) {
    return jdbc.sql(
            """
            with ended as (
              update sync_run r
                 set status = 'FAILED', finished_at = clock_timestamp(), error_code = :code, error_message = :message
                from event_sync s where s.event_id = :event and r.id = s.run_id and r.finished_at is null
              returning r.id)
            update event_sync s set run_id = null from ended where s.event_id = :event returning ended.id
            """)
        .param("event", event)
        .param("code", trouble.code().name())
        .param("message", trouble.message())
        .query(UUID.class)
        .optional();
  }
}
