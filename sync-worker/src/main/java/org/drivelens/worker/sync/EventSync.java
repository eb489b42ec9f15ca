package org.drivelens.worker.sync;

import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.drivelens.contract.Command.FeedPollRequested;
import org.drivelens.contract.Command.SyncRequested;
import org.drivelens.contract.MessagePublisher;
import org.drivelens.contract.Notice;
import org.drivelens.drive.DriveCalls;
import org.drivelens.drive.GoogleDrive;
import org.drivelens.event.EventId;
import org.drivelens.event.SyncErrorCode;
import org.drivelens.event.Trigger;
import org.drivelens.worker.announcing.Announcements;
import org.drivelens.worker.consuming.DatabaseOutage;
import org.drivelens.worker.stop.Stopping;
import org.drivelens.worker.sync.Claims.Attempt;
import org.drivelens.worker.trouble.SyncTrouble;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Makes the gallery of one event match its folder: the whole story of a sync.
 *
 * <p>A run is a chain of small steps. Each is decided anew from what stands in the database and
 * writes its effects together with the place it has reached, so it does not matter which worker
 * takes the next one, or when.
 */
class EventSync {

  private static final Logger log = LoggerFactory.getLogger(EventSync.class);

  private final Claims claims;
  private final Leases leases;
  private final Storage storage;
  private final GoogleDrive drive;
  private final MessagePublisher publisher;
  private final Announcements announcements;
  private final Stopping stopping;
  private final SyncProperties settings;
  private final Semaphore lists;

  EventSync(
      Claims claims,
      Leases leases,
      Storage storage,
      GoogleDrive drive,
      MessagePublisher publisher,
      Announcements announcements,
      Stopping stopping,
      SyncProperties settings) {
    this.claims = claims;
    this.leases = leases;
    this.storage = storage;
    this.drive = drive;
    this.publisher = publisher;
    this.announcements = announcements;
    this.stopping = stopping;
    this.settings = settings;
    this.lists = new Semaphore(settings.listsAtOnce());
  }

  /**
   * Syncs an event if anything is due and nobody else is at it. Every outcome, trouble included, is
   * written to the database; only a database that is away is thrown.
   */
  public void run(EventId event) {
    try (var _ = MDC.putCloseable(LogKeys.EVENT, event.value().toString())) {
      switch (claims.claim(event)) {
        case Attempt.NothingToDo _ -> {}
        case Attempt.AwaitsPoll waiting -> publisher.nudge(new FeedPollRequested(waiting.feed()));
        case Attempt.Won won -> {
          try (var _ = MDC.putCloseable(LogKeys.RUN, won.claim().runId().toString())) {
            hold(won.claim());
          }
        }
      }
    }
  }

  private void hold(Claim claim) {
    var calls = new DriveCalls();
    var phases = new Phases();
    try (var lease = leases.hold(claim)) {
      sync(lease, drive.counting(calls).at(claim.priority()), phases);
    } catch (Lease.Lost e) {
      log.info("event {}: another claim was made meanwhile", claim.event());
    } finally {
      storage.runs().add(claim, calls, phases);
    }
  }

  private void sync(Lease lease, GoogleDrive counted, Phases phases) {
    try {
      var slice = new Slice(stopping, settings.slice());
      var steps = new SyncSteps(counted, lease, storage, settings, lists, slice, phases);
      var end = End.NONE;
      while (end == End.NONE) {
        end = slice.isOver() ? End.HANDED_ON : steps.next();
      }
      end(lease, end);
    } catch (Lease.Lost e) {
      throw e;
    } catch (RuntimeException e) {
      if (DatabaseOutage.causes(e)) {
        throw e;
      }
      if (stopping.asked()) {
        // The interrupt that ends a long call; the flag would fail the next database call.
        Thread.interrupted();
        end(lease, End.HANDED_ON);
      } else {
        fail(lease, e);
      }
    }
  }

  /** How a claim ended. */
  enum End {
    /** Not yet. */
    NONE,
    FINISHED,
    /** Nothing is left of an event without a folder. */
    CLEARED,
    /** A newer poll is needed first. */
    AWAITS_POLL,
    /** The slice is over, or this worker stops: another claim goes on. */
    HANDED_ON
  }

  private void end(Lease lease, End end) {
    var claim = lease.claim();
    var event = new EventId(claim.event());
    switch (end) {
      case AWAITS_POLL -> {
        var feed = lease.write(() -> storage.states().release(claim, true));
        // After the transaction: the row of the feed is always locked before that of an event.
        storage.feeds().demand(feed, null);
        publisher.nudge(new FeedPollRequested(feed));
      }
      case HANDED_ON -> {
        var _ = lease.write(() -> storage.states().release(claim, false));
        publisher.nudge(new SyncRequested(event, Trigger.SWEEP, claim.urgent()));
      }
      case FINISHED -> {
        announcements.announce(new Notice.SyncFinished(claim.runId(), event));
        if (claim.urgent()) {
          storage.feeds().lookAgainAfter(claim.event(), claim.runId());
        }
        storage
            .states()
            .newerRequest(claim)
            .ifPresent(urgent -> publisher.nudge(new SyncRequested(event, Trigger.SWEEP, urgent)));
      }
      case CLEARED, NONE -> {}
    }
  }

  private void fail(Lease lease, RuntimeException e) {
    var claim = lease.claim();
    var trouble = SyncTrouble.of(e, drive.robot(), claim.attempts());
    if (trouble.code() == SyncErrorCode.KEEPS_FAILING) {
      log.error("event {}: unforeseen, attempt {}", claim.event(), claim.attempts(), e);
    } else {
      log.warn("event {}: {} {}", claim.event(), trouble.code(), e.getMessage());
    }
    var failed =
        lease.write(() -> {
          storage.states().failed(claim, trouble);
          return trouble.forGood()
              ? storage.runs().failed(claim.event(), trouble)
              : Optional.<UUID>empty();
        });
    failed.ifPresent(run ->
        announcements.announce(
            new Notice.SyncFailed(run, new EventId(claim.event()), trouble.code())));
  }
}
