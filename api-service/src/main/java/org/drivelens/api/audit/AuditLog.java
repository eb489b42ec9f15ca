package org.drivelens.api.audit;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.drivelens.api.access.Caller;
import org.drivelens.api.access.Role;
import org.drivelens.api.paging.Cursors;
import org.drivelens.api.paging.Page;
import org.drivelens.event.EventId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.SimplePropertyRowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What was done, kept for 90 days (a setting). */
@Component
class AuditLog {

  private static final RowMapper<Entry> ENTRY = new SimplePropertyRowMapper<>(Entry.class);

  private final JdbcClient jdbc;
  private final Cursors cursors;

  AuditLog(JdbcClient jdbc, Cursors cursors) {
    this.jdbc = jdbc;
    this.cursors = cursors;
  }

  /** One action. */
  @Schema(name = "AuditEntry")
  record Entry(
      UUID id,
      Instant at,
      @Schema(description = "Name of the token.", example = "admin") String caller,
      @Schema(description = "Null for the token set as DRIVELENS_ADMIN_TOKEN.")
          @Nullable UUID tokenId,
      Role role,
      @Schema(example = "POST /events/{id}/sync") String action,
      @Schema(description = "What it was asked of.") String path,
      @Nullable UUID eventId,
      @Schema(description = "The answer's status.", example = "202") int status) {}

  void add(Caller caller, String action, String path, @Nullable UUID event, int status) {
    jdbc.sql(
            """
            insert into audit_log (caller, token_id, role, action, path, event_id, status)
            values (:caller, :token, :role, :action, :path, :event, :status)
            """)
        .param("caller", caller.name())
        .param("token", caller.tokenId())
        .param("role", caller.role().name())
        .param("action", action)
        .param("path", path)
        .param("event", event)
        .param("status", status)
        .update();
  }

  /** Newest first. */
  Page<Entry> page(@Nullable EventId event, @Nullable String cursor, int limit) {
    var list = List.of("audit", event == null ? "" : event.toString());
    var after = cursor == null ? null : UUID.fromString(cursors.decode(list, cursor).getFirst());
    var rows =
        jdbc.sql(
                "select * from audit_log where true"
                    + (event == null ? "" : " and event_id = :event")
                    + (after == null ? "" : " and id < :after")
                    + " order by id desc limit :rows")
            .param("event", event == null ? null : event.value())
            .param("after", after)
            .param("rows", limit + 1)
            .query(ENTRY)
            .list();
    return Page.of(rows, limit, last -> cursors.encode(list, List.of(last.id().toString())));
  }
}
