package org.drivelens.api.deadletters;

import static org.drivelens.api.rows.Columns.moment;

import io.swagger.v3.oas.annotations.media.Schema;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.drivelens.event.SyncErrorCode;
import org.drivelens.event.SyncStatus;
import org.jspecify.annotations.Nullable;

/** A message that nobody could read or handle. */
@Schema(name = "DeadLetter")
record DeadLetterView(
    UUID id,
    @Schema(description = "The queue in which it died.", example = "sync.requested") String queue,
    Reason reason,
    @Schema(description = "A sentence about it.") String detail,
    Instant diedAt,
    @Schema(description = "What it says to be.", example = "SyncRequested")
        @Nullable String messageType,
    @Schema(description = "The first 2,000 characters of it; what cannot be printed is replaced.")
        String payload,
    @Schema(description = "How long it is.") int payloadBytes,
    @Schema(description = "The event that it names, if that could be read.") @Nullable UUID eventId,
    @Schema(description = "How that event stands now; null if there is none.")
        @Nullable EventNow event) {

  /** Why a message died. */
  @Schema(
      description =
          "UNREADABLE: not a message of Drivelens. FAILED: handling it failed in a way that nobody"
              + " foresaw. KILLS_WORKERS: workers died over it again and again. DROPPED: by the broker.")
  enum Reason {
    UNREADABLE,
    FAILED,
    KILLS_WORKERS,
    DROPPED
  }

  @Schema(name = "EventOfDeadLetter")
  record EventNow(
      String name,
      SyncStatus syncStatus,
      @Schema(implementation = SyncErrorCode.class) @Nullable String errorCode) {}

  @Schema(name = "DeadLetters")
  record Letters(
      List<DeadLetterView> items,
      @Schema(
              description =
                  "Pass it as `cursor` to get the next part; null at the end of the list. Opaque.")
          @Nullable String nextCursor,
      @Schema(description = "How many there are with this filter.") long total) {}

  @Schema(name = "DeadLettersDiscarded")
  record Discarded(int discarded) {}

  static DeadLetterView of(ResultSet row, int number) throws SQLException {
    var status = row.getString("sync_status");
    return new DeadLetterView(
        row.getObject("id", UUID.class),
        row.getString("queue"),
        Reason.valueOf(row.getString("reason")),
        row.getString("detail"),
        moment(row, "died_at"),
        row.getString("message_type"),
        row.getString("payload"),
        row.getInt("payload_bytes"),
        row.getObject("event_id", UUID.class),
        status == null
            ? null
            : new EventNow(
                row.getString("event_name"),
                SyncStatus.valueOf(status),
                row.getString("error_code")));
  }
}
