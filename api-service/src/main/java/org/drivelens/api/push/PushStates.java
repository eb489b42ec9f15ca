package org.drivelens.api.push;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.drivelens.api.push.PushState.State;
import org.drivelens.api.rows.Columns;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads how push is. */
@Component
class PushStates {

  private final JdbcClient jdbc;

  PushStates(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Of every feed that is polled; that of the service account first. */
  List<PushState> all() {
    return jdbc.sql(
            """
            select f.id, f.drive_id, (select count(*) from event_sync s where s.feed_id = f.id) as events,
                   w.feed_id is not null as watched, w.error_code, w.error_message, w.error_since,
                   case when w.error_code is not null then w.next_attempt_at end as next_attempt_at,
                   c.opened_at, c.expires_at, c.dead_since, c.spoken, said.received_at, said.changed_at
              from drive_feed f
              left join push_watch w on w.feed_id = f.id
              left join lateral (%s) as c on true
              left join lateral (
                select max(m.received_at) as received_at, max(m.changed_at) as changed_at
                  from push_channel o join push_message m on m.channel_id = o.id where o.feed_id = f.id) as said on true
             where w.feed_id is not null
                or f.drive_id is null and exists (select from event_sync s where s.feed_id = f.id)
                or exists (select from event_sync s where s.drive_id = f.drive_id)
             order by f.drive_id nulls first, f.id
            """
                .formatted(PushTrouble.newestChannel("f.id")))
        .query((row, n) -> state(row))
        .list();
  }

  private static PushState state(ResultSet row) throws SQLException {
    var state = of(row);
    return new PushState(
        Objects.requireNonNull(row.getObject("id", UUID.class)),
        row.getString("drive_id"),
        row.getInt("events"),
        state,
        sentence(state, row),
        Columns.instant(row, "opened_at"),
        Columns.instant(row, "expires_at"),
        Columns.instant(row, "received_at"),
        Columns.instant(row, "changed_at"),
        Columns.instant(row, "dead_since"),
        row.getString("error_code"),
        Columns.instant(row, "error_since"),
        Columns.instant(row, "next_attempt_at"));
  }

  private static State of(ResultSet row) throws SQLException {
    if (!row.getBoolean("watched")) {
      return State.OFF;
    }
    if (row.getObject("opened_at") == null) {
      return row.getString("error_code") == null ? State.OPENING : State.REFUSED;
    }
    if (row.getObject("dead_since") != null) {
      return State.DEAD;
    }
    return row.getBoolean("spoken") ? State.LIVE : State.WAITING;
  }

  private static String sentence(State state, ResultSet row) throws SQLException {
    return switch (state) {
      case OFF ->
          "Push is off: set DRIVELENS_PUBLIC_URL and changes appear within seconds. Until then they are"
              + " found within a minute.";
      case OPENING -> "A channel is about to be opened.";
      case REFUSED ->
          row.getString("error_message")
              + " It is tried again by itself; until then changes are found within a minute.";
      case WAITING -> "The channel is open; Google's first message is on its way.";
      case LIVE -> "Google announces changes, and they appear within seconds.";
      case DEAD ->
          row.getBoolean("spoken")
              ? "Push is dead: polls find changes that Google did not announce. Another channel is opened"
                  + " by itself; changes are found within a minute."
              : "Push is dead: no message of Google has arrived. Check that DRIVELENS_PUBLIC_URL reaches the"
                  + " API from the internet with a valid certificate; until then changes are found within"
                  + " a minute.";
    };
  }
}
