package org.drivelens.api.deadletters;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.drivelens.api.deadletters.DeadLetterView.Letters;
import org.drivelens.api.paging.Cursors;
import org.drivelens.api.paging.Page;
import org.drivelens.api.problems.ApiProblem;
import org.drivelens.event.EventId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads what the worker took from the dead-letter queues, and discards it. */
@Component
class DeadLetters {

  private final JdbcClient jdbc;
  private final Cursors cursors;

  DeadLetters(JdbcClient jdbc, Cursors cursors) {
    this.jdbc = jdbc;
    this.cursors = cursors;
  }

  /** Newest first. */
  Letters page(DeadLetterFilter filter, @Nullable String cursor, int limit) {
    var after =
        cursor == null ? null : UUID.fromString(cursors.decode(filter.list(), cursor).getFirst());
    var rows =
        jdbc.sql(
                """
                select d.*, v.event_name, v.sync_status, v.error_code
                  from dead_letter d left join event_status v on v.event_id = d.event_id
                 where true %s %s order by d.id desc limit :rows
                """
                    .formatted(filter.sql(), after == null ? "" : "and d.id < :after"))
            .params(filter.parameters())
            .param("after", after)
            .param("rows", limit + 1)
            .query(DeadLetterView::of)
            .list();
    var page =
        Page.of(rows, limit, last -> cursors.encode(filter.list(), List.of(last.id().toString())));
    var total =
        jdbc.sql("select count(*) from dead_letter d where true" + filter.sql())
            .params(filter.parameters())
            .query(Long.class)
            .single();
    return new Letters(page.items(), page.nextCursor(), total);
  }

  /**
   * The event that a letter names.
   *
   * @throws ApiProblem if there is no such letter
   */
  Optional<EventId> event(UUID id) {
    return jdbc.sql("select event_id from dead_letter where id = :id")
        .param("id", id)
        .query((row, _) -> Optional.ofNullable(row.getObject(1, UUID.class)).map(EventId::new))
        .optional()
        .orElseThrow(() -> missing(id));
  }

  void discard(UUID id) {
    if (jdbc.sql("delete from dead_letter where id = :id").param("id", id).update() == 0) {
      throw missing(id);
    }
  }

  int discard(DeadLetterFilter filter) {
    return jdbc.sql("delete from dead_letter d where true" + filter.sql())
        .params(filter.parameters())
        .update();
  }

  private static ApiProblem missing(UUID id) {
    return ApiProblem.notFound("There is no dead letter " + id + ".");
  }
}
