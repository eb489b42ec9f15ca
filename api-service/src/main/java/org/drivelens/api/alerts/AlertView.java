package org.drivelens.api.alerts;

import static org.drivelens.api.rows.Columns.instant;
import static org.drivelens.api.rows.Columns.moment;

import io.swagger.v3.oas.annotations.media.Schema;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Something that needs somebody, or did. */
@Schema(name = "Alert")
record AlertView(
    UUID id,
    Cause cause,
    @Schema(example = "An event failed for good") String title,
    @Schema(
            description = "What a person reads; of an alert that is over, that it is.",
            example = "3 events failed for good.")
        String sentence,
    @Schema(description = "How many events, folders or messages have it.") int count,
    @Schema(description = "The oldest of them.") Instant since,
    Instant raisedAt,
    @Schema(description = "Null while it stands.") @Nullable Instant clearedAt,
    @Schema(
            description =
                "When the latest message about it was made; null if none was, because nobody is set to"
                    + " get any, it is too new, or it came and went in quiet hours.")
        @Nullable Instant toldAt,
    @Schema(
            description = "Path of the page that says what to check and to do.",
            example = "/runbooks/event-failed")
        String runbook,
    @Schema(description = "Path of the page of the dashboard that shows more.") String page) {

  @Schema(name = "Alerts")
  record All(
      @Schema(description = "Those that stand, the newest first: at most one of each cause.")
          List<AlertView> open,
      @Schema(description = "Those that ended within a week, the latest first.")
          List<AlertView> ended,
      @Schema(description = "When this replica last looked; null before the first time.")
          @Nullable Instant lookedAt,
      @Schema(description = "Whether anybody is set to be told, by e-mail or webhook.")
          boolean told,
      @Schema(description = "Nobody is told anything before then; null outside quiet hours.")
          @Nullable Instant quietUntil) {}

  static AlertView of(ResultSet row, int number) throws SQLException {
    var cause = Cause.valueOf(row.getString("cause"));
    var cleared = instant(row, "cleared_at");
    return new AlertView(
        row.getObject("id", UUID.class),
        cause,
        cause.title,
        cleared == null ? cause.sentence(row.getInt("count")) : cause.well,
        row.getInt("count"),
        moment(row, "since"),
        moment(row, "raised_at"),
        cleared,
        instant(row, "told_at"),
        cause.runbook(),
        cause.page());
  }
}
