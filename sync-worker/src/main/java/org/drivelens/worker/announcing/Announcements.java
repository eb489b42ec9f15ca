package org.drivelens.worker.announcing;

import java.util.UUID;
import org.drivelens.contract.MessagePublisher;
import org.drivelens.contract.Notice;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Publishes that runs have ended; what the broker does not take is published by the sweep. */
@Component
public class Announcements {

  private final JdbcClient jdbc;
  private final MessagePublisher publisher;
  private final ApplicationEventPublisher observers;

  Announcements(JdbcClient jdbc, MessagePublisher publisher, ApplicationEventPublisher observers) {
    this.jdbc = jdbc;
    this.publisher = publisher;
    this.observers = observers;
  }

  /** Does not wait for the broker. */
  public void announce(Notice notice) {
    var _ =
        publisher
            .publish(notice)
            .thenAccept(published -> {
              if (published) {
                announced(notice.runId());
              }
            });
  }

  /** A run may be announced twice; whoever notes it first speaks for the fleet. */
  private void announced(UUID run) {
    jdbc.sql(
            """
            update sync_run set announced_at = clock_timestamp() where id = :run and announced_at is null
            returning mode, trigger, coalesce(error_code, status) as outcome,
                      extract(epoch from finished_at - started_at)::float8 as duration,
                      extract(epoch from finished_at - coalesce(requested_at, started_at))::float8 as lag,
                      photos_added, photos_updated, photos_moved, photos_removed, photos_held
            """)
        .param("run", run)
        .query(RunAnnounced.class)
        .optional()
        .ifPresent(observers::publishEvent);
  }
}
