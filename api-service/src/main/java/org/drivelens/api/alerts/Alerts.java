package org.drivelens.api.alerts;

import static org.drivelens.api.rows.Columns.moment;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.drivelens.api.alerts.Message.Change;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The alerts: one open row per cause. What is told of them is decided by {@link Watch}. */
@Repository
class Alerts {

  private static final String NEWS =
      """
      select id, cause, 'RAISED' as change, count, since, raised_at as at from alert
       where cleared_at is null and told_at is null and count > 0
      union all
      select id, cause, 'GREW', count, since, told_at + make_interval(secs => :again) from alert
       where cleared_at is null and count > told_count and told_at <= :now - make_interval(secs => :again)
      union all
      select id, cause, 'WELL', told_count, since, cleared_at from alert
       where cleared_at is not null and told_at is not null and told_well_at is null
       order by at, cause
      """;

  private final JdbcClient jdbc;

  Alerts(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** What is to be told of an alert. */
  record News(UUID alert, Cause cause, Change change, int count, Instant since, Instant at) {

    Message.Item item() {
      return new Message.Item(
          cause.name(),
          change,
          cause.title,
          change == Change.WELL ? cause.well : cause.sentence(count),
          count,
          since,
          at,
          cause.runbook(),
          cause.page());
    }

    private static News of(ResultSet row, int number) throws SQLException {
      return new News(
          row.getObject("id", UUID.class),
          Cause.valueOf(row.getString("cause")),
          Change.valueOf(row.getString("change")),
          row.getInt("count"),
          moment(row, "since"),
          moment(row, "at"));
    }
  }

  /** Until the transaction ends no other replica looks, so that each change is told once. */
  void lock() {
    jdbc.sql("select pg_advisory_xact_lock(hashtext('drivelens.alerts'))").query().singleRow();
  }

  /** Counts all causes, and raises and ends alerts by that. */
  void look(Instant now, Duration late, Duration wellAfter) {
    jdbc.sql(
            """
            with found as materialized (%s),
            gone as (
              update alert a set count = 0 from found f
               where a.cause = f.cause and f.count = 0 and a.cleared_at is null and a.count > 0)
            insert into alert (cause, count, since, raised_at, seen_at)
            select cause, count, since, :now, :now from found where count > 0
            on conflict (cause) where cleared_at is null do update
               set count = excluded.count, since = excluded.since, seen_at = excluded.seen_at,
                   told_count = least(alert.told_count, excluded.count)
            """
                .formatted(Cause.SQL))
        .param("late", late.toSeconds())
        .param("now", utc(now))
        .update();
    jdbc.sql(
            """
            update alert set cleared_at = :now
             where cleared_at is null and count = 0 and seen_at <= :now - make_interval(secs => :well)
            """)
        .param("now", utc(now))
        .param("well", wellAfter.toSeconds())
        .update();
  }

  /** What nobody was told yet, the oldest first. */
  List<News> news(Instant now, Duration againAfter) {
    return jdbc.sql(NEWS)
        .param("now", utc(now))
        .param("again", againAfter.toSeconds())
        .query(News::of)
        .list();
  }

  void told(List<News> news, Instant now) {
    for (var one : news) {
      jdbc.sql(
              one.change() == Change.WELL
                  ? "update alert set told_well_at = :now where id = :id"
                  : "update alert set told_at = :now, told_count = count where id = :id")
          .param("now", utc(now))
          .param("id", one.alert())
          .update();
    }
  }

  /** Those that stand, the newest first, or the latest that are over. */
  List<AlertView> list(boolean open) {
    return jdbc.sql(
            open
                ? "select * from alert where cleared_at is null and count > 0 order by raised_at desc, cause"
                : """
                select * from alert
                 where cleared_at > clock_timestamp() - interval '7 days' order by cleared_at desc, cause limit 50
                """)
        .query(AlertView::of)
        .list();
  }

  static OffsetDateTime utc(Instant moment) {
    return moment.atOffset(ZoneOffset.UTC);
  }
}
