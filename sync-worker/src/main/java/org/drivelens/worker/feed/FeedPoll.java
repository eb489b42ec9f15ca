package org.drivelens.worker.feed;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.drivelens.contract.MessagePublisher;
import org.drivelens.contract.Notice.SyncFinished;
import org.drivelens.drive.ChangePage;
import org.drivelens.drive.DriveProblem;
import org.drivelens.drive.GoogleDrive;
import org.drivelens.drive.Priority;
import org.drivelens.event.EventId;
import org.drivelens.worker.stop.Stopping;
import org.drivelens.worker.trouble.SyncTrouble;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reads the change log once for all events. A poll is level-triggered like a sync: who finds the
 * log too old says so in {@code demanded_at} and goes away; whoever holds the poll lease goes on
 * until nothing newer is demanded.
 *
 * <p>Each page is stored, and the events it touches are marked, in one transaction that compares
 * the token which was read: two pollers cannot store one page twice.
 */
class FeedPoll {

  private static final Logger log = LoggerFactory.getLogger(FeedPoll.class);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final Duration PAUSE_PER_PERSON = Duration.ofMillis(20);

  private final Feeds feeds;
  private final Polls polls;
  private final FeedReaders readers;
  private final GoogleDrive drive;
  private final TransactionTemplate transaction;
  private final MessagePublisher publisher;
  private final Stopping stopping;
  private final Duration lease;

  FeedPoll(
      Feeds feeds,
      Polls polls,
      FeedReaders readers,
      GoogleDrive drive,
      TransactionTemplate transaction,
      MessagePublisher publisher,
      Stopping stopping,
      Duration lease) {
    this.feeds = feeds;
    this.polls = polls;
    this.readers = readers;
    this.drive = drive;
    this.transaction = transaction;
    this.publisher = publisher;
    this.stopping = stopping;
    this.lease = lease;
  }

  /** Polls for as long as a newer poll is demanded; does nothing while somebody else polls. */
  public void run(UUID feed) {
    polls.claim(feed, lease).ifPresent(fence -> hold(feed, fence));
  }

  private void hold(UUID feed, long fence) {
    boolean more = true;
    while (more && poll(feed, fence)) {
      more = !polls.release(feed, fence);
      if (more) {
        pause(feed);
        more = !stopping.asked() && polls.renew(feed, fence, lease);
      }
    }
  }

  /**
   * @return false if it failed; then the lease is given back and the next attempt has its time
   */
  private boolean poll(UUID feed, long fence) {
    try {
      var reader = drive.at(polls.peopleWaiting(feed) > 0 ? Priority.INTERACTIVE : Priority.BULK);
      while (storeNextPage(reader, feed, fence)) {}
      return true;
    } catch (DriveProblem problem) {
      var trouble = SyncTrouble.of(problem, drive.robot());
      log.warn("feed {}: {}", feed, problem.getMessage());
      transaction.executeWithoutResult(t -> {
        polls.failed(feed, trouble.code(), trouble.message(), trouble.delay());
        readers.failed(feed, trouble.code(), trouble.message(), trouble.forGood());
        polls.abandon(feed, fence);
      });
      return false;
    }
  }

  /**
   * @return whether more is to be read
   */
  private boolean storeNextPage(GoogleDrive reader, UUID feed, long fence) {
    var token = feeds.get(feed).token();
    if (token == null) {
      begin(feed, fence, reader.startPageToken(null));
      return true;
    }
    var asked = polls.now();
    ChangePage page;
    try {
      page = reader.changes(token, null);
    } catch (DriveProblem.TokenRejected e) {
      log.warn("feed {}: Google rejects the page token; every event will be walked again", feed);
      transaction.executeWithoutResult(
          t -> feeds.lock(feed, fence).ifPresent(f -> feeds.rejected(feed)));
      return true;
    }
    var news = new News();
    transaction.executeWithoutResult(t ->
        feeds
            .lock(feed, fence)
            .filter(f -> token.equals(f.token()))
            .ifPresent(f -> store(f, page, asked, news)));
    news.publish();
    return news.stored && page.nextPageToken() != null;
  }

  private void store(Feed feed, ChangePage page, Instant asked, News news) {
    feeds.store(feed, page, asked, lease);
    news.stored = true;
    news.due.addAll(readers.touch(feed.id(), feed.head()));
    if (page.nextPageToken() == null) {
      news.answered.addAll(readers.answer(feed.id()));
      news.due.addAll(readers.wake(feed.id()));
    }
  }

  /** What a stored page sets in motion once its transaction has committed. */
  private final class News {
    private final List<FeedReaders.Due> due = new ArrayList<>();
    private final List<FeedReaders.Answered> answered = new ArrayList<>();
    private boolean stored;

    private void publish() {
      due.forEach(d -> publisher.nudge(d.message()));
      answered.forEach(FeedPoll.this::announce);
    }
  }

  private void announce(FeedReaders.Answered answered) {
    var run = answered.runId();
    var _ =
        publisher
            .publish(new SyncFinished(run, new EventId(answered.eventId())))
            .thenAccept(published -> {
              if (published) {
                readers.announced(run);
              }
            });
  }

  private void begin(UUID feed, long fence, String token) {
    transaction.executeWithoutResult(t ->
        feeds
            .lock(feed, fence)
            .filter(f -> f.token() == null)
            .ifPresent(f -> {
              feeds.begin(feed, token);
              readers.newEpoch(feed);
            }));
  }

  /** One person waits 20 ms for the next poll; a thousand requests share a few. */
  private void pause(UUID feed) {
    var waiting = PAUSE_PER_PERSON.multipliedBy(polls.peopleWaiting(feed));
    var pause = waiting.compareTo(LONGEST_PAUSE) < 0 ? waiting : LONGEST_PAUSE;
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
