package org.drivelens.worker.heartbeat;

import jakarta.annotation.PreDestroy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Notes every ten seconds that this worker lives. Only people look at it: who may write is decided
 * by leases.
 */
@Component
class Heartbeat {

  private static final Logger log = LoggerFactory.getLogger(Heartbeat.class);

  private final JdbcClient jdbc;

  Heartbeat(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Scheduled(fixedDelayString = "${drivelens.worker.heartbeat-every:10s}")
  void beat() {
    try {
      jdbc.sql(
              """
              insert into worker (name) values (:name)
              on conflict (name) do update
                 set seen_at = clock_timestamp(), stopped_at = null,
                     started_at = case when worker.stopped_at is null then worker.started_at else clock_timestamp() end
              """)
          .param("name", WorkerName.HERE)
          .update();
      // Those who died, once everybody has had a day to see it; and those who stopped, whose start
      // may have replaced one of them.
      jdbc.sql("delete from worker where seen_at < clock_timestamp() - interval '1 day'").update();
    } catch (DataAccessException | TransactionException e) {
      log.debug("no heartbeat while the database is away: {}", e.getMessage());
    }
  }

  /** One that was stopped is not one that died. */
  @PreDestroy
  void leave() {
    try {
      jdbc.sql("update worker set stopped_at = clock_timestamp() where name = :name")
          .param("name", WorkerName.HERE)
          .update();
    } catch (DataAccessException | TransactionException e) {
      log.debug("the worker stays in the list for a day: {}", e.getMessage());
    }
  }
}
