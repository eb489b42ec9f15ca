package org.drivelens.worker.feed;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.drivelens.contract.MessagePublisher;
import org.drivelens.contract.Notice.SyncFinished;
import org.drivelens.drive.ChangePage;
import org.drivelens.drive.DriveChange;
import org.drivelens.drive.DriveProblem;
import org.drivelens.drive.GoogleDrive;
import org.drivelens.drive.Priority;
import org.drivelens.event.EventId;
import org.drivelens.event.SyncErrorCode;
import org.drivelens.worker.announcing.Announcements;
import org.drivelens.worker.stop.Stopping;
import org.drivelens.worker.trouble.SyncTrouble;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reads a change log once for all events that follow it. A poll is level-triggered like a sync: who
 * finds the log too old says so in {@code demanded_at} and goes away; whoever holds the poll lease
 * goes on until nothing newer is demanded.
 *
 * <p>Each page is stored, and the events it touches are marked, in one transaction that compares
 * the token which was read: two pollers cannot store one page twice.
 */
class FeedPoll {

  private static final Logger log = LoggerFactory.getLogger(FeedPoll.class);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

  private final Feeds feeds;
  private final Polls polls;
  private final FeedReaders readers;
  private final Bystanders bystanders;
  private final FeedTrim trim;
  private final GoogleDrive drive;
  private final TransactionTemplate transaction;
  private final MessagePublisher publisher;
  private final Announcements announcements;
  private final Stopping stopping;
  private final Duration spacing;
  private final Duration lease;

  FeedPoll(
      Feeds feeds,
      Polls polls,
      FeedReaders readers,
      Bystanders bystanders,
      FeedTrim trim,
      GoogleDrive drive,
      TransactionTemplate transaction,
      MessagePublisher publisher,
      Announcements announcements,
      Stopping stopping,
      Duration spacing,
      Duration lease) {
    this.feeds = feeds;
    this.polls = polls;
    this.readers = readers;
    this.bystanders = bystanders;
    this.trim = trim;
    this.drive = drive;
    this.transaction = transaction;
    this.publisher = publisher;
    this.announcements = announcements;
    this.stopping = stopping;
    this.spacing = spacing;
    this.lease = lease;
  }

  /** Polls for as long as a newer poll is demanded; does nothing while somebody else polls. */
  public void run(UUID feed) {
    polls.claim(feed, lease).ifPresent(fence -> hold(feed, fence));
  }

  private void hold(UUID feed, long fence) {
    boolean more = true;
    while (more) {
      pause(feed);
      if (stopping.asked()) {
        polls.abandon(feed, fence);
        return;
      }
      more = polls.start(feed, fence, lease) && poll(feed, fence) && !polls.release(feed, fence);
    }
    trim.trim(feed);
  }

  /**
   * @return false if it failed; then the lease is given back and the next attempt has its time
   */
  private boolean poll(UUID feed, long fence) {
    try {
      var reader = drive.at(Priority.FEED);
      var epochs = 0;
      Page page;
      do {
        page = nextPage(reader, feed, fence, epochs == 0);
        epochs += page == Page.OF_NEW_EPOCH ? 1 : 0;
      } while (page != Page.LAST);
      return true;
    } catch (DriveProblem problem) {
      failed(feed, fence, problem);
      return false;
    }
  }

  private void failed(UUID feed, long fence, DriveProblem problem) {
    var drives = feeds.get(feed).driveId() != null;
    var denied =
        problem instanceof DriveProblem.NotFound || problem instanceof DriveProblem.AccessDenied;
    var trouble =
        denied && !drives
            // No folder is in doubt: the account may not read any log.
            ? SyncTrouble.of(SyncErrorCode.CREDENTIALS_REFUSED, drive.robot(), true)
            : SyncTrouble.of(problem, drive.robot());
    log.warn("feed {}: {}", feed, problem.getMessage());
    transaction.executeWithoutResult(t -> {
      if (polls.failed(feed, fence, trouble, denied && drives)) {
        readers.walk(feed, spacing);
      }
    });
  }

  /** What a call for a page came to. */
  private enum Page {
    MORE,
    LAST,
    /**
     * The token was refused: a new one was taken, from which nothing is known of the time before.
     */
    OF_NEW_EPOCH
  }

  private Page nextPage(GoogleDrive reader, UUID id, long fence, boolean mayBegin) {
    var feed = feeds.get(id);
    var token = feed.token();
    if (token == null) {
      begin(id, fence, reader.startPageToken(feed.driveId()));
      return Page.MORE;
    }
    var asked = polls.now();
    ChangePage page;
    try {
      page = reader.changes(token, feed.driveId());
    } catch (DriveProblem.TokenRejected e) {
      if (!mayBegin) {
        // A token that was given this moment: the trouble is another one.
        throw e;
      }
      log.warn("feed {}: Google rejects the page token; its events will be walked again", id);
      transaction.executeWithoutResult(
          t -> feeds.lock(id, fence).ifPresent(f -> feeds.rejected(id)));
      return Page.OF_NEW_EPOCH;
    }
    wakeOthers(feed, page);
    var news = new News();
    transaction.executeWithoutResult(t ->
        feeds
            .lock(id, fence)
            .filter(f -> token.equals(f.token()))
            .ifPresent(f -> store(f, page, asked, news)));
    news.publish();
    return news.stored && page.nextPageToken() != null ? Page.MORE : Page.LAST;
  }

  /**
   * Events that follow another feed. Not in the transaction that stores the page, which holds rows
   * of this feed's events; and before it, so that it is done again if that one fails.
   */
  private void wakeOthers(Feed feed, ChangePage page) {
    if (feed.refused()) {
      bystanders.comeBack(feed.id(), spacing);
    }
    if (!page.changes().isEmpty()) {
      bystanders.recall(feed.id(), page.changes().stream().map(DriveChange::fileId).toList());
    }
    if (!page.drives().isEmpty()) {
      bystanders.membershipChanged(feed.credential(), page.drives());
    }
  }

  private void store(Feed feed, ChangePage page, Instant asked, News news) {
    feeds.store(feed, page, asked, lease);
    news.stored = true;
    news.due.addAll(readers.touch(feed));
    if (page.nextPageToken() == null) {
      news.answered.addAll(readers.answer(feed.id()));
      var people = news.answered.stream().filter(a -> a.trigger().urgent()).count();
      if (people > 0) {
        polls.answered(feed.id(), people);
        feeds.lookAgain(feed.id());
      }
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
    announcements.announce(new SyncFinished(answered.runId(), new EventId(answered.eventId())));
  }

  private void begin(UUID feed, long fence, String token) {
    transaction.executeWithoutResult(t ->
        feeds
            .lock(feed, fence)
            .filter(f -> f.token() == null)
            .ifPresent(f -> {
              feeds.begin(feed, token);
              readers.walk(feed, spacing);
            }));
  }

  private void pause(UUID feed) {
    try {
      for (var rest = polls.rest(feed);
          rest.isPositive() && !stopping.asked();
          rest = polls.rest(feed)) {
        Thread.sleep(rest.compareTo(LOOK_AGAIN) < 0 ? rest : LOOK_AGAIN);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
