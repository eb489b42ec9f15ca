package org.drivelens.worker.sync;

import java.util.Optional;
import java.util.UUID;
import org.drivelens.drive.DriveCalls;
import org.drivelens.worker.photos.Tally;
import org.drivelens.worker.trouble.SyncTrouble;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The history of runs. A run may span several claims: slices, waits, and deaths of workers. */
final class Runs {

  private final JdbcClient jdbc;

  Runs(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Begins a run for what is asked now; in the transaction of the claim. */
  UUID begin(UUID event) {
    return jdbc.sql(
            """
            insert into sync_run (event_id, folder_epoch, generation, full_generation, requested_at, trigger, mode, status)
            select event_id, folder_epoch, requested_generation, full_generation, requested_at,
                   case when requested_generation > synced_generation then coalesce(requested_trigger, 'SWEEP')
                        when dirty then 'FEED' else 'SWEEP' end,
                   case when full_generation > walked_generation or feed_epoch is null then 'FULL' else 'INCREMENTAL' end,
                   'RUNNING'
              from event_sync where event_id = :event
            returning id
            """)
        .param("event", event)
        .query(UUID.class)
        .single();
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
                     photos_moved = photos_moved + :moved, photos_removed = photos_removed + :removed
               where id = :run
              """)
          .param("run", claim.runId())
          .param("added", tally.added())
          .param("updated", tally.updated())
          .param("moved", tally.moved())
          .param("removed", tally.removed())
          .update();
    }
  }

  /** Adds the calls of one claim; a claim that died leaves its calls uncounted. */
  void add(Claim claim, DriveCalls calls) {
    var total = calls.total();
    var pages = calls.byMethod().get("files.list");
    jdbc.sql(
            """
            update sync_run set drive_calls = drive_calls + :calls, quota_units = quota_units + :units,
                                pages_listed = pages_listed + :pages, attempts = greatest(attempts, :attempts)
             where id = :run
            """)
        .param("run", claim.runId())
        .param("calls", total.calls())
        .param("units", total.units())
        .param("pages", pages == null ? 0 : pages.calls())
        .param("attempts", claim.attempts())
        .update();
  }

  void finished(Claim claim) {
    jdbc.sql(
            "update sync_run set status = 'SUCCEEDED', finished_at = clock_timestamp(), error_code ="
                + " null, error_message = null where id = :run")
        .param("run", claim.runId())
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

  void announced(UUID run) {
    jdbc.sql("update sync_run set announced_at = clock_timestamp() where id = :run")
        .param("run", run)
        .update();
  }
}
