package org.drivelens.api.pauses;

import static org.drivelens.api.rows.Columns.instant;

import io.swagger.v3.oas.annotations.media.Schema;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** That something is not synced for now, and who said so. */
@Schema(name = "Pause", description = "It is not synced until somebody resumes it.")
public record Pause(
    @Schema(description = "Name of the token.", example = "admin") String by,
    Instant since,
    @Schema(description = "Whether all events are paused, rather than this one.") boolean all) {

  /**
   * SQL to be joined to a query with {@code event e}: the columns that {@link #of} reads. A pause
   * of all events comes second, for it says less.
   */
  public static final String JOIN =
      """
       left join lateral (
         select x.paused_by, x.paused_at, x.event_id is null as paused_all from sync_pause x
          where x.event_id = e.id or x.event_id is null order by x.event_id nulls last limit 1) pause on true
      """;

  /** Null if the row is of something that is not paused. */
  public static @Nullable Pause of(ResultSet row) throws SQLException {
    var since = instant(row, "paused_at");
    return since == null
        ? null
        : new Pause(row.getString("paused_by"), since, row.getBoolean("paused_all"));
  }
}
