package org.drivelens.api.maintenance;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Drops deleted events of which the worker has left nothing, and what is past its time: download
 * links, ticks of this very job, tokens, idempotency keys, the audit log, alerts.
 */
@Component
class CleanUp {

  static final String TICK = "clean-up-api";

  private static final Logger log = LoggerFactory.getLogger(CleanUp.class);

  private final JdbcClient jdbc;
  private final Duration auditKept;
  private final Duration alertsKept;

  CleanUp(
      JdbcClient jdbc,
      @Value("${drivelens.retention.audit:90d}") Duration auditKept,
      @Value("${drivelens.retention.alerts:90d}") Duration alertsKept) {
    this.jdbc = jdbc;
    this.auditKept = auditKept;
    this.alertsKept = alertsKept;
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
    trim();
    var dropped = drop();
    log.info("clean-up of {}: {} deleted events dropped", slot, dropped);
    return dropped;
  }

  private void trim() {
    jdbc.sql(
            "delete from download_selection where expires_at <= clock_timestamp() or revoked_at is"
                + " not null")
        .update();
    jdbc.sql(
            "delete from access_token where coalesce(revoked_at, expires_at) < clock_timestamp() -"
                + " interval '90 days'")
        .update();
    jdbc.sql("delete from access_token where kind <> 'TOKEN' and expires_at < clock_timestamp()")
        .update();
    jdbc.sql(
            "delete from idempotency_key where created_at < clock_timestamp() - interval '24"
                + " hours'")
        .update();
    jdbc.sql("delete from audit_log where at < clock_timestamp() - make_interval(secs => :kept)")
        .param("kept", auditKept.toSeconds())
        .update();
    jdbc.sql(
            "delete from alert where cleared_at < clock_timestamp() - make_interval(secs => :kept)")
        .param("kept", alertsKept.toSeconds())
        .update();
    jdbc.sql(
            "delete from alert_delivery where made_at < clock_timestamp() - make_interval(secs =>"
                + " :kept)")
        .param("kept", alertsKept.toSeconds())
        .update();
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
