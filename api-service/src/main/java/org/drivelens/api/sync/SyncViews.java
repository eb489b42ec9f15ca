package org.drivelens.api.sync;

import static org.drivelens.api.rows.Columns.instant;
import static org.drivelens.api.rows.Columns.moment;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.drivelens.api.pauses.Pause;
import org.drivelens.api.problems.ApiProblem;
import org.drivelens.api.sync.SyncAnswers.Pending;
import org.drivelens.api.sync.SyncAnswers.PendingEvent;
import org.drivelens.api.sync.SyncAnswers.Statistics;
import org.drivelens.api.sync.SyncAnswers.Status;
import org.drivelens.event.EventId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads how the events stand to their folders. */
@Component
class SyncViews {

  private static final int PENDING_SHOWN = 1000;

  private static final String PENDING =
      """
       where sync_status in ('SYNC_REQUIRED', 'ERROR')
          or sync_status = 'UP_TO_DATE' and last_synced_at < clock_timestamp() - interval '24 hours'
      """;

  private static final String STATISTICS =
      """
      with s as materialized (
        select event_id, event_name, sync_status, photo_count, last_synced_at from event_status
      ), last as (
        select event_id, event_name, last_synced_at from s
         where last_synced_at is not null order by last_synced_at desc, event_id desc limit 1
      )
      select t.*, last.* from (
        select count(*) as total,
               count(*) filter (where sync_status = 'NEVER_SYNCED') as never_synced,
               count(*) filter (where sync_status = 'UP_TO_DATE') as up_to_date,
               count(*) filter (where sync_status = 'SYNC_REQUIRED') as sync_required,
               count(*) filter (where sync_status = 'SYNCING') as syncing,
               count(*) filter (where sync_status = 'ERROR') as error,
               coalesce(sum(photo_count), 0) as photos
          from s) t left join last on true
      """;

  /** A walk that is left from another folder of the event is not its progress. */
  private static final String STATUS =
      """
      select v.*, pause.*, w.started_at as walk_started_at, d.folders_listed, d.folders_known, g.photos_seen
        from event_status v
        join event_sync s on s.event_id = v.event_id
        join event e on e.id = v.event_id
        left join walk w on w.event_id = v.event_id and s.cleared_epoch = s.folder_epoch
        left join lateral (
          select count(*) as folders_known, count(listed_at) as folders_listed
            from walk_folder where event_id = w.event_id) d on true
        left join lateral (
          select coalesce(sum(cardinality(file_ids)), 0) as photos_seen
            from walk_page where event_id = w.event_id) g on true
      """
          + Pause.JOIN
          + " where v.event_id = :event";

  private final JdbcClient jdbc;

  SyncViews(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Status status(EventId event) {
    return jdbc.sql(STATUS)
        .param("event", event.value())
        .query((row, _) -> Status.of(row, held(row)))
        .optional()
        .orElseThrow(() -> ApiProblem.notFound("There is no event " + event + "."));
  }

  private @Nullable HeldRemoval held(ResultSet status) throws SQLException {
    var since = instant(status, "held_since");
    if (since == null) {
      return null;
    }
    return HeldRemoval.of(
        status.getInt("held_photos"),
        status.getInt("photo_count"),
        since,
        samples(status.getObject("event_id", UUID.class), status.getInt("folder_epoch")));
  }

  private List<HeldRemoval.Sample> samples(UUID event, int epoch) {
    return jdbc.sql(
            """
            select p.id, h.drive_file_id, p.name, h.folder_path, h.reason, h.held_at
              from held_removal h join photo p using (event_id, folder_epoch, drive_file_id)
             where h.event_id = :event and h.folder_epoch = :epoch and h.held_at is not null
             order by h.drive_file_id limit :limit
            """)
        .param("event", event)
        .param("epoch", epoch)
        .param("limit", HeldRemoval.SAMPLES)
        .query((row, _) ->
            new HeldRemoval.Sample(
                row.getObject("id", UUID.class),
                row.getString("drive_file_id"),
                row.getString("name"),
                List.of((String[]) row.getArray("folder_path").getArray()),
                HeldRemoval.Doubt.valueOf(row.getString("reason")),
                moment(row, "held_at")))
        .list();
  }

  Pending pending() {
    var events =
        jdbc.sql(
                "select * from event_status"
                    + PENDING
                    + " order by last_synced_at nulls first, event_id limit :shown")
            .param("shown", PENDING_SHOWN)
            .query(PendingEvent::of)
            .list();
    var total =
        events.size() < PENDING_SHOWN
            ? events.size()
            : jdbc.sql("select count(*) from event_status" + PENDING).query(Integer.class).single();
    return new Pending(total, events);
  }

  Statistics statistics() {
    return jdbc.sql(STATISTICS).query(Statistics::of).single();
  }

  /**
   * @throws ApiProblem if there is no such event
   */
  void require(EventId event) {
    var _ = epoch(event);
  }

  /** Which folder of the event counts. */
  int epoch(EventId event) {
    return jdbc.sql(
            """
            select s.folder_epoch from event_sync s join event e on e.id = s.event_id
             where e.id = :event and e.deleted_at is null
            """)
        .param("event", event.value())
        .query(Integer.class)
        .optional()
        .orElseThrow(() -> ApiProblem.notFound("There is no event " + event + "."));
  }
}
