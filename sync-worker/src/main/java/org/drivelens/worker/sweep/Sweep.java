package org.drivelens.worker.sweep;

import java.util.List;
import java.util.UUID;
import org.drivelens.contract.Command.SyncRequested;
import org.drivelens.contract.MessagePublisher;
import org.drivelens.contract.Notice.SyncFailed;
import org.drivelens.contract.Notice.SyncFinished;
import org.drivelens.event.EventId;
import org.drivelens.event.Pauses;
import org.drivelens.event.SyncErrorCode;
import org.drivelens.event.Trigger;
import org.drivelens.worker.announcing.Announcements;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.SimplePropertyRowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Repairs what messages lose. Every worker sweeps by itself: whatever is due and held by no live
 * lease is published again, so neither the scheduler nor the broker is needed to repair what they
 * lose.
 */
@Component
class Sweep {

  private static final Logger log = LoggerFactory.getLogger(Sweep.class);
  private static final int AT_ONCE = 500;

  /** A few at a time: a walk is heavy, and what is due together is spread that way. */
  private static final int WALKS_AT_ONCE = 20;

  private static final RowMapper<Due> DUE = new SimplePropertyRowMapper<>(Due.class);

  private static final RowMapper<Unannounced> UNANNOUNCED =
      new SimplePropertyRowMapper<>(Unannounced.class);

  private final JdbcClient jdbc;
  private final MessagePublisher publisher;
  private final Announcements announcements;
  private final TransactionTemplate transaction;
  private final FullWalks walks;

  Sweep(
      JdbcClient jdbc,
      MessagePublisher publisher,
      Announcements announcements,
      TransactionTemplate transaction,
      FullWalks walks) {
    this.jdbc = jdbc;
    this.publisher = publisher;
    this.announcements = announcements;
    this.transaction = transaction;
    this.walks = walks;
  }

  @Scheduled(fixedDelayString = "${drivelens.worker.sweep-every:5s}")
  void sweep() {
    try {
      walks();
      events();
      notices();
    } catch (DataAccessException | TransactionException e) {
      log.warn("the sweep failed; the next one tries again: {}", e.getMessage());
    }
  }

  private void walks() {
    List<EventId> requested = transaction.execute(t -> walks.request(WALKS_AT_ONCE));
    requested.forEach(event -> publisher.nudge(SyncRequested.of(event, Trigger.SCHEDULED)));
  }

  /** An event that is due. */
  record Due(UUID eventId, boolean urgent) {}

  private void events() {
    jdbc.sql(
            """
            with due as (
              select event_id from event_sync s
               where wake_at <= clock_timestamp()
                 and not coalesce(lease_until > clock_timestamp() and lease_fence = fence, false)
                 and not %s
               order by wake_at limit :limit for update skip locked)
            update event_sync s set wake_at = clock_timestamp() + interval '2 minutes'
              from due where s.event_id = due.event_id
            returning s.event_id, s.requested_urgent and s.requested_generation > s.synced_generation as urgent
            """
                .formatted(Pauses.PAUSED))
        .param("limit", AT_ONCE)
        .query(DUE)
        .list()
        .forEach(this::publish);
  }

  private void publish(Due due) {
    var message = new SyncRequested(new EventId(due.eventId()), Trigger.SWEEP, due.urgent());
    var _ =
        publisher
            .publish(message)
            .thenAccept(published -> {
              if (!published) {
                retry(due);
              }
            });
  }

  /** The broker is away: come back sooner than for a message that is on its way. */
  private void retry(Due due) {
    try {
      jdbc.sql(
              "update event_sync set wake_at = least(wake_at, clock_timestamp()) where event_id ="
                  + " :event")
          .param("event", due.eventId())
          .update();
    } catch (DataAccessException | TransactionException e) {
      log.debug("event {} is swept again in two minutes", due.eventId());
    }
  }

  /** A finished run that was not announced. */
  record Unannounced(UUID id, UUID eventId, String status, @Nullable SyncErrorCode errorCode) {}

  private void notices() {
    jdbc.sql(
            """
            select id, event_id, status, error_code from sync_run
             where finished_at < clock_timestamp() - interval '10 seconds' and announced_at is null
               and status in ('SUCCEEDED', 'FAILED')
             order by finished_at limit 100
            """)
        .query(UNANNOUNCED)
        .list()
        .forEach(this::announce);
  }

  private void announce(Unannounced run) {
    var event = new EventId(run.eventId());
    var notice =
        run.errorCode() == null
            ? new SyncFinished(run.id(), event)
            : new SyncFailed(run.id(), event, run.errorCode());
    announcements.announce(notice);
  }
}
