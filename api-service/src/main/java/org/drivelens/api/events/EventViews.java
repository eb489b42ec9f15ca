package org.drivelens.api.events;

import java.util.List;
import java.util.UUID;
import org.drivelens.api.paging.Cursors;
import org.drivelens.api.paging.Page;
import org.drivelens.api.pauses.Pause;
import org.drivelens.api.problems.ApiProblem;
import org.drivelens.event.EventId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads events as the API shows them. */
@Component
class EventViews {

  private static final String SELECT =
      """
      select e.id, e.name, e.google_drive_url, e.event_date, e.location, e.description,
             e.created_at, e.updated_at,
             v.sync_status, v.last_synced_at, v.error_message, v.error_code, v.change_token, v.photo_count,
             pause.*
        from event e join event_status v on v.event_id = e.id
      """
          + Pause.JOIN;

  private final JdbcClient jdbc;
  private final Cursors cursors;

  EventViews(JdbcClient jdbc, Cursors cursors) {
    this.jdbc = jdbc;
    this.cursors = cursors;
  }

  EventView get(EventId id) {
    return jdbc.sql(SELECT + " where e.id = :id")
        .param("id", id.value())
        .query(EventView::of)
        .optional()
        .orElseThrow(() -> ApiProblem.notFound("There is no event " + id + "."));
  }

  /** Newest first: ids are UUIDv7, so their order is that of creation. */
  Page<EventView> page(EventFilter filter, @Nullable String cursor, int limit) {
    var list = filter.list();
    var after = cursor == null ? null : UUID.fromString(cursors.decode(list, cursor).getFirst());
    var rows =
        jdbc.sql(
                SELECT
                    + " where true"
                    + filter.sql()
                    + (after == null ? "" : " and e.id < :after")
                    + " order by e.id desc limit :rows")
            .params(filter.parameters())
            .param("after", after)
            .param("rows", limit + 1)
            .query(EventView::of)
            .list();
    return Page.of(rows, limit, last -> cursors.encode(list, List.of(last.id().toString())));
  }
}
