package org.drivelens.api.pauses;

import java.util.Optional;
import org.drivelens.api.access.Caller;
import org.drivelens.api.problems.ApiProblem;
import org.drivelens.event.EventId;
import org.drivelens.event.SyncRequests;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Pauses and resumes; an event is null where all are meant. */
@Component
class Pausing {

  private final JdbcClient jdbc;
  private final SyncRequests requests;

  Pausing(JdbcClient jdbc, SyncRequests requests) {
    this.jdbc = jdbc;
    this.requests = requests;
  }

  /** Who came first stays named. */
  @Transactional
  Pause pause(@Nullable EventId event) {
    require(event);
    jdbc.sql(
            """
            insert into sync_pause (event_id, paused_by) values (:event::uuid, :by) on conflict do nothing
            """)
        .param("event", text(event))
        .param("by", Caller.current().orElseThrow().name())
        .update();
    return find(event).orElseThrow();
  }

  /** What was asked of it meanwhile begins soon. */
  @Transactional
  void resume(@Nullable EventId event) {
    require(event);
    jdbc.sql("delete from sync_pause where event_id is not distinct from :event::uuid")
        .param("event", text(event))
        .update();
    requests.wake(event);
  }

  Optional<Pause> find(@Nullable EventId event) {
    return jdbc.sql(
            """
            select paused_by, paused_at, event_id is null as paused_all from sync_pause
             where event_id is not distinct from :event::uuid
            """)
        .param("event", text(event))
        .query((row, _) -> Optional.ofNullable(Pause.of(row)))
        .optional()
        .flatMap(pause -> pause);
  }

  private void require(@Nullable EventId event) {
    if (event != null
        && jdbc.sql("select 1 from event where id = :id and deleted_at is null")
            .param("id", event.value())
            .query()
            .listOfRows()
            .isEmpty()) {
      throw ApiProblem.notFound("There is no event " + event + ".");
    }
  }

  private static @Nullable String text(@Nullable EventId event) {
    return event == null ? null : event.toString();
  }
}
