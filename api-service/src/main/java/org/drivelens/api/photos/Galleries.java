package org.drivelens.api.photos;

import org.drivelens.api.problems.ApiProblem;
import org.drivelens.event.EventId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which photos of an event are its gallery now. */
@Component
public class Galleries {

  private final JdbcClient jdbc;

  Galleries(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * The number of the folder that the event follows now: photos of an older one are not shown any
   * more.
   *
   * @throws ApiProblem if there is no such event
   */
  public int epoch(EventId event) {
    return jdbc.sql(
            """
            select s.folder_epoch from event_sync s join event e on e.id = s.event_id
             where e.id = :event and e.deleted_at is null
            """)
        .param("event", event.value())
        .query(Integer.class)
        .optional()
        .orElseThrow(() -> ApiProblem.notFound("There is no event " + event + "."));
  }
}
