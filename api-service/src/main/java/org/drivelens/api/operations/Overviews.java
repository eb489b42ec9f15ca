package org.drivelens.api.operations;

import static org.drivelens.api.rows.Columns.instant;
import static org.drivelens.api.rows.Columns.moment;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.drivelens.api.pauses.Pause;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads how the whole stands, in one statement and so of one moment. A worker that died is missed
 * until another is started, also if that one was stopped since: since any moment there were so many
 * deaths and so many starts, and the largest difference is missing now.
 */
@Component
class Overviews {

  private static final String READ =
      """
      with v as materialized (
        select event_id, event_name, sync_status, photo_count, last_synced_at, requested_at from event_status
      ), behind as (
        select event_id, event_name, coalesce(last_synced_at, requested_at) as behind_since from v
         where sync_status in ('SYNC_REQUIRED', 'SYNCING', 'ERROR') and coalesce(last_synced_at, requested_at) is not null
         order by coalesce(last_synced_at, requested_at), event_id limit 1
      )
      select clock_timestamp() as now, t.*, behind.*, q.*, w.*, dead.*, p.*, x.*,
             (select count(*) from v where sync_status = 'SYNCING') as running,
             (select count(*) from sync_run where status = 'FAILED'
                 and finished_at > clock_timestamp() - interval '24 hours') as failed_runs,
             (select count(*) from dead_letter) as dead_letters,
             (select count(*) from sync_pause p join v on v.event_id = p.event_id) as paused_events,
             (select max(as_of) from drive_feed where drive_id is null) as feed_as_of
        from (select count(*) as total,
                     count(*) filter (where sync_status = 'UP_TO_DATE') as up_to_date,
                     count(*) filter (where sync_status = 'SYNCING') as syncing,
                     count(*) filter (where sync_status = 'SYNC_REQUIRED') as sync_required,
                     count(*) filter (where sync_status = 'ERROR') as error,
                     count(*) filter (where sync_status = 'NEVER_SYNCED') as never_synced,
                     coalesce(sum(photo_count), 0) as photos from v) t
       cross join (select coalesce(max(units_per_minute), 0) as units_per_minute, coalesce(min(share), 1) as share,
                          coalesce(sum(viewer_units + interactive_units + bulk_units), 0) as units,
                          max(paused_until) filter (where paused_until > clock_timestamp()) as quota_paused_until
                     from drive_quota) q
       cross join (select count(*) as alive from worker
                    where stopped_at is null and seen_at > clock_timestamp() - make_interval(secs => :silent)) w
       cross join (select coalesce(max(greatest(deaths - (select count(*) from worker where started_at > since), 0)), 0) as silent
                     from (select seen_at as since, row_number() over (order by seen_at desc) as deaths from worker
                            where stopped_at is null and seen_at <= clock_timestamp() - make_interval(secs => :silent)) d) dead
       cross join (select count(*) > 0 as push_on, coalesce(sum(c.open), 0) as push_channels,
                          count(*) filter (where coalesce(c.renew_at < clock_timestamp(), true)) as push_expiring,
                          count(*) filter (where c.dead_since is not null) as push_dead, min(c.expires_at) as push_expiry
                     from push_watch
                     left join lateral (
                       select count(*) over () as open, renew_at, dead_since, expires_at from push_channel o
                        where o.feed_id = push_watch.feed_id and opened_at is not null and stopped_at is null
                          and expires_at > clock_timestamp()
                        order by opened_at desc, id desc limit 1) as c on true) p
        left join behind on true
        left join (select paused_by, paused_at, true as paused_all from sync_pause where event_id is null) x on true
      """;

  private final JdbcClient jdbc;
  private final QuotaUse quotaUse = new QuotaUse();

  Overviews(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Overview now() {
    return jdbc.sql(READ)
        .param("silent", FleetController.SILENT.toSeconds())
        .query(this::overview)
        .single();
  }

  private Overview overview(ResultSet row, int number) throws SQLException {
    var at = moment(row, "now");
    return new Overview(
        at,
        new Overview.Events(
            row.getInt("total"),
            row.getInt("up_to_date"),
            row.getInt("syncing"),
            row.getInt("sync_required"),
            row.getInt("error"),
            row.getInt("never_synced"),
            row.getInt("paused_events")),
        row.getLong("photos"),
        behind(row),
        row.getInt("running"),
        row.getInt("failed_runs"),
        row.getInt("dead_letters"),
        new Overview.Quota(
            row.getInt("units_per_minute"),
            row.getDouble("share"),
            quotaUse.perMinute(at, row.getLong("units")),
            instant(row, "quota_paused_until")),
        new Overview.Workers(row.getInt("alive"), row.getInt("silent")),
        push(row),
        Pause.of(row),
        instant(row, "feed_as_of"));
  }

  private static Overview.Push push(ResultSet row) throws SQLException {
    return new Overview.Push(
        row.getBoolean("push_on"),
        row.getInt("push_channels"),
        row.getInt("push_expiring"),
        row.getInt("push_dead"),
        instant(row, "push_expiry"));
  }

  private static Overview.@Nullable Behind behind(ResultSet row) throws SQLException {
    var since = instant(row, "behind_since");
    return since == null
        ? null
        : new Overview.Behind(
            row.getObject("event_id", UUID.class), row.getString("event_name"), since);
  }
}
