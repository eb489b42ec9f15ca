package org.drivelens.worker.feed;

import java.time.Duration;
import java.util.UUID;
import org.drivelens.contract.Command.FeedPollRequested;
import org.drivelens.contract.MessagePublisher;
import org.drivelens.drive.GoogleDrive;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * What is due for the feeds although no message says so: polls whose message was lost or whose tick
 * did not come, what Google announced, another look after a person's sync that found nothing, and
 * the comparison of walks with the feed. Every worker sweeps by itself.
 */
@Component
class FeedSweep {

  private static final Logger log = LoggerFactory.getLogger(FeedSweep.class);

  private final JdbcClient jdbc;
  private final MessagePublisher publisher;
  private final FeedCoverage coverage;
  private final String robot;
  private final Duration pollEvery;

  FeedSweep(
      JdbcClient jdbc,
      MessagePublisher publisher,
      FeedCoverage coverage,
      GoogleDrive drive,
      FeedProperties feeds) {
    this.jdbc = jdbc;
    this.publisher = publisher;
    this.coverage = coverage;
    this.robot = drive.robot();
    this.pollEvery = feeds.pollEvery();
  }

  @Scheduled(fixedDelayString = "${drivelens.worker.sweep-every:5s}")
  void sweep() {
    try {
      looks();
      Announced.demandPolls(jdbc, robot);
      polls();
      coverage.judge();
      adopt();
    } catch (DataAccessException | TransactionException e) {
      log.warn("the sweep of feeds failed; the next one tries again: {}", e.getMessage());
    }
  }

  /** The feeds at which another look is due. */
  private void looks() {
    jdbc.sql(
            """
            update drive_feed f set demanded_at = greatest(f.demanded_at, due.at)
              from (select g.id, (select max(at) from unnest(g.look_at) as at where at <= clock_timestamp()) as at
                      from drive_feed g where g.credential = :robot) as due
             where f.id = due.id and due.at >= f.as_of and coalesce(f.demanded_at < due.at, true)
            """)
        .param("robot", robot)
        .update();
  }

  /** A feed whose poll was asked for and not made, or that nobody has polled for too long. */
  private void polls() {
    jdbc.sql(
            """
            select id from drive_feed f
             where credential = :robot and (lease_until is null or lease_until < clock_timestamp())
               and (next_attempt_at is null or next_attempt_at <= clock_timestamp())
               and (as_of is null or demanded_at >= as_of)
            """
                + Feeds.IN_USE)
        .param("robot", robot)
        .query((row, n) -> row.getObject(1, UUID.class))
        .list()
        .forEach(feed -> publisher.nudge(new FeedPollRequested(feed)));
    var late =
        jdbc.sql(
                """
                update drive_feed f set demanded_at = clock_timestamp()
                 where credential = :robot and as_of < clock_timestamp() - make_interval(secs => :late)
                   and not coalesce(demanded_at >= as_of, false)
                """
                    + Feeds.IN_USE)
            .param("robot", robot)
            .param("late", pollEvery.multipliedBy(3).dividedBy(2).toSeconds())
            .update();
    if (late > 0) {
      log.info("the scheduler's poll is late; polling without it");
    }
  }

  /**
   * Events that follow the feed of another service account which nobody reads any more: the key was
   * replaced. A claim makes them follow ours, and walk.
   */
  private void adopt() {
    jdbc.sql(
            """
            with left_alone as (
              select s.event_id from drive_feed f join event_sync s on s.feed_id = f.id
               where f.credential <> :robot and f.as_of < clock_timestamp() - interval '15 minutes' and s.wake_at is null
               order by s.event_id limit 20 for no key update of s skip locked)
            update event_sync s set wake_at = clock_timestamp() from left_alone l where s.event_id = l.event_id
            """)
        .param("robot", robot)
        .update();
  }
}
