package org.drivelens.api.alerts;

import static org.drivelens.api.alerts.Alerts.utc;
import static org.drivelens.api.rows.Columns.instant;
import static org.drivelens.api.rows.Columns.moment;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.drivelens.api.paging.Cursors;
import org.drivelens.api.paging.Page;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** Messages on their way, and what came of them. */
@Repository
class Deliveries {

  private static final List<String> LIST = List.of("alert-deliveries");

  private final JdbcClient jdbc;
  private final Cursors cursors;
  private final JsonMapper json;

  Deliveries(JdbcClient jdbc, Cursors cursors, JsonMapper json) {
    this.jdbc = jdbc;
    this.cursors = cursors;
    this.json = json;
  }

  /** A message that is this replica's to send now. */
  record Claimed(UUID id, Message message, int attempt) {}

  UUID add(String channel, Message message) {
    return jdbc.sql(
            """
            insert into alert_delivery (channel, test, title, message, made_at, next_attempt_at)
            values (:channel, :test, :title, :message::jsonb, :at, :at) returning id
            """)
        .param("channel", channel)
        .param("test", message.test())
        .param("title", message.title())
        .param("message", json.writeValueAsString(message))
        .param("at", utc(message.at()))
        .query(UUID.class)
        .single();
  }

  /** The test of a channel that is not sent yet. */
  Optional<UUID> pendingTest(String channel) {
    return jdbc.sql(
            """
            select id from alert_delivery where channel = :channel and test and next_attempt_at is not null limit 1
            """)
        .param("channel", channel)
        .query(UUID.class)
        .optional();
  }

  /**
   * Takes the message that is due. Messages of a channel go one after the other, or "well again"
   * might overtake the alert; only a test waits for nobody, not for the end of quiet hours either.
   *
   * @param hold how long nobody else takes it: longer than sending may last
   */
  Optional<Claimed> claim(String channel, Instant now, boolean quiet, Duration hold) {
    return jdbc.sql(
            """
            update alert_delivery set attempts = attempts + 1, next_attempt_at = :now + make_interval(secs => :hold)
             where id = (
               select d.id from alert_delivery d
                where d.channel = :channel and d.next_attempt_at <= :now
                  and (d.test or not :quiet and not exists (
                    select from alert_delivery earlier
                     where earlier.channel = d.channel and earlier.id < d.id and not earlier.test
                       and earlier.next_attempt_at is not null))
                order by d.test desc, d.id limit 1 for update skip locked)
            returning id, message, attempts
            """)
        .param("channel", channel)
        .param("now", utc(now))
        .param("quiet", quiet)
        .param("hold", hold.toSeconds())
        .query((row, _) ->
            new Claimed(
                row.getObject("id", UUID.class),
                json.readValue(row.getString("message"), Message.class),
                row.getInt("attempts")))
        .optional();
  }

  void sent(Claimed delivery, Instant now) {
    jdbc.sql(
            """
            update alert_delivery set outcome = 'SENT', finished_at = :now, next_attempt_at = null, error = null
             where id = :id
            """)
        .param("id", delivery.id())
        .param("now", utc(now))
        .update();
  }

  /**
   * @param again when to try again; null to give up
   */
  void failed(Claimed delivery, String error, Instant now, @Nullable Instant again) {
    jdbc.sql(
            """
            update alert_delivery
               set next_attempt_at = :again, error = :error,
                   outcome = case when :again::timestamptz is null then 'GIVEN_UP' else outcome end,
                   finished_at = case when :again::timestamptz is null then :now end
             where id = :id and attempts = :attempt and outcome = 'PENDING'
            """)
        .param("id", delivery.id())
        .param("attempt", delivery.attempt())
        .param("error", error)
        .param("now", utc(now))
        .param("again", again == null ? null : utc(again))
        .update();
  }

  /** Newest first. */
  Page<DeliveryView> page(@Nullable String cursor, int limit) {
    var after = cursor == null ? null : UUID.fromString(cursors.decode(LIST, cursor).getFirst());
    var rows =
        jdbc.sql(
                "select * from alert_delivery where true"
                    + (after == null ? "" : " and id < :after")
                    + " order by id desc limit :rows")
            .param("after", after)
            .param("rows", limit + 1)
            .query(Deliveries::view)
            .list();
    return Page.of(rows, limit, last -> cursors.encode(LIST, List.of(last.id().toString())));
  }

  private static DeliveryView view(ResultSet row, int number) throws SQLException {
    return new DeliveryView(
        row.getObject("id", UUID.class),
        row.getString("channel"),
        row.getBoolean("test"),
        row.getString("title"),
        moment(row, "made_at"),
        row.getInt("attempts"),
        DeliveryView.Outcome.valueOf(row.getString("outcome")),
        instant(row, "next_attempt_at"),
        instant(row, "finished_at"),
        row.getString("error"));
  }
}
