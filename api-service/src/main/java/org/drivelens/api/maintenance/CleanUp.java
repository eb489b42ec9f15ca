package org.drivelens.api.maintenance;

import java.time.Instant;
import java.time.ZoneOffset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Drops deleted events of which the worker has left nothing, and the ticks of this very job. */
@Component
class CleanUp {

  static final String TICK = "clean-up-api";

  private static final Logger log = LoggerFactory.getLogger(CleanUp.class);

  private final JdbcClient jdbc;

  CleanUp(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Once for each slot, however many schedulers announce it.
   *
   * @return how many events were dropped
   */
  @Transactional
  int on(Instant slot) {
    var taken =
        jdbc.sql("insert into tick (name, slot) values (:name, :slot) on conflict do nothing")
            .param("name", TICK)
            .param("slot", slot.atOffset(ZoneOffset.UTC))
            .update();
    if (taken == 0) {
      return 0;
    }
    jdbc.sql("delete from tick where name = :name and slot < :slot - interval '90 days'")
        .param("name", TICK)
        .param("slot", slot.atOffset(ZoneOffset.UTC))
        .update();
    var dropped = drop();
    log.info("clean-up of {}: {} deleted events dropped", slot, dropped);
    return dropped;
  }

  /**
   * First the row of event_sync is locked, as the workers do; an event that one of them holds is
   * left for the next time. The rest of an event goes with it.
   */
  private int drop() {
    return jdbc.sql(
            """
            with empty as (
              select s.event_id
                from event_sync s join event e on e.id = s.event_id
               where e.deleted_at is not null
                 and coalesce(s.lease_until < clock_timestamp(), true)
                 and not exists (select from photo x where x.event_id = e.id)
                 and not exists (select from event_folder x where x.event_id = e.id)
                 and not exists (select from event_ancestor x where x.event_id = e.id)
                 and not exists (select from sync_issue x where x.event_id = e.id)
               order by s.event_id
                 for update of s skip locked
            )
            delete from event e using empty where e.id = empty.event_id
            """)
        .update();
  }
}
