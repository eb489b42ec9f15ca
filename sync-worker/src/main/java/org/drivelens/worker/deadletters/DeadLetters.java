package org.drivelens.worker.deadletters;

import java.sql.Types;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table of messages that nobody could read or handle. */
final class DeadLetters {

  private final JdbcClient jdbc;

  DeadLetters(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void store(DeadLetter letter) {
    jdbc.sql(
            """
            insert into dead_letter (queue, reason, detail, message_type, message_id, event_id, payload, payload_bytes, died_at)
            values (:queue, :reason, :detail, :type, :messageId, :event, :payload, :bytes,
                    coalesce(:diedAt, clock_timestamp()))
            on conflict do nothing
            """)
        .param("queue", letter.queue())
        .param("reason", letter.reason().name())
        .param("detail", letter.detail())
        .param("type", letter.type())
        .param("messageId", letter.messageId())
        .param("event", letter.eventId())
        .param("payload", letter.payload())
        .param("bytes", letter.payloadBytes())
        .param(
            "diedAt",
            letter.diedAt() == null ? null : letter.diedAt().atOffset(ZoneOffset.UTC),
            Types.TIMESTAMP_WITH_TIMEZONE)
        .update();
  }
}
