package org.drivelens.model;

import java.util.List;
import org.drivelens.model.Drive.Change;
import org.drivelens.model.World.Violation;

/** Reads one change log for all events that follow it. */
final class Poller extends Actor {

  private final int number;
  private final Feed feed;
  private final List<Event> readers;

  Poller(World world, int number, Feed feed) {
    super(world, "poller" + number);
    this.number = number;
    this.feed = feed;
    this.readers = world.events.stream().filter(e -> e.feed == feed).toList();
  }

  @Override
  boolean isIdle() {
    return waitsFor == Wait.POLL && !isDue();
  }

  @Override
  Actor again() {
    return new Poller(world, number, feed);
  }

  @Override
  void live() {
    while (true) {
      await(Wait.POLL);
      if (isDue()) {
        poll();
      }
    }
  }

  private boolean isDue() {
    if (feed.leaseUntil > world.now) {
      return false;
    }
    long waiting = readers.stream().filter(e -> e.requested > e.synced).count();
    return (feed.demandedAt != null && world.now >= feed.beganAt + Math.min(5, .02 * waiting))
        || world.now >= feed.beganAt + 60;
  }

  private void poll() {
    feed.leaseUntil = world.now + 20;
    feed.beganAt = world.now;
    long fence = ++feed.fence;
    if (feed.token != null || begin(fence)) {
      while (storeNextPage()) {}
    }
    if (feed.fence == fence) {
      feed.leaseUntil = 0;
    }
  }

  private boolean begin(long fence) {
    await(Wait.DRIVE);
    var token = world.drive.startToken(feed.log);
    await(Wait.DATABASE);
    if (feed.token != null || feed.fence != fence) {
      return false;
    }
    feed.token = token;
    feed.epoch++;
    world.note(() -> "log " + feed.log + " begins epoch " + feed.epoch);
    readers.forEach(e -> {
      if (e.epoch >= 0 || e.requested > e.synced) {
        e.wakeBy(world.now + world.random() * 20);
      }
    });
    return true;
  }

  private boolean storeNextPage() {
    var token = feed.token;
    if (token == null) {
      return false;
    }
    double asked = world.now;
    await(Wait.DRIVE);
    var page = world.drive.changes(feed.log, token);
    world.polled();
    await(Wait.DATABASE);
    if (world.keeps(Rule.COMPARE_AND_SET) && !token.equals(feed.token)) {
      return false;
    }
    if (page == null) {
      feed.token = null;
      feed.demandedAt = feed.demandedAt == null ? world.now : feed.demandedAt;
      return false;
    }
    var now = feed.token;
    if (now == null || now.position() > page.position().position()) {
      world.violated(Violation.LOG_WENT_BACK, name);
    }
    int head = feed.head;
    // A token that stays the same says so: else every quiet poll would look like news.
    feed.token = page.position().equals(token) ? token : page.position();
    page.changes().forEach(c -> feed.entries.add(new Feed.Entry(++feed.head, feed.asOf, c)));
    if (!page.changes().isEmpty()) {
      world.note(() ->
          name
              + " stores "
              + page.changes().stream().map(Poller::show).toList()
              + " head "
              + feed.head);
    }
    readers.forEach(e -> touch(e, page.changes(), head));
    if (page.last()) {
      feed.asOf = Math.max(feed.asOf, world.keeps(Rule.AS_OF_BEFORE_THE_CALL) ? asked : world.now);
      if (feed.demandedAt != null && feed.demandedAt < asked) {
        feed.demandedAt = null;
      }
      readers.forEach(this::answer);
    }
    return !page.last();
  }

  private static String show(Change change) {
    var file = change.file();
    return change.id()
        + (file == null ? " removed" : (file.trashed() ? " trashed" : "") + " v" + file.version());
  }

  /** In the transaction that stores the page; a clean event stands at the head before it. */
  private void touch(Event event, List<Change> changes, int head) {
    if (changes.stream().anyMatch(c -> event.isTouchedBy(c, world.keeps(Rule.ANCESTORS)))) {
      if (!event.dirty) {
        event.dirty = true;
        event.position = event.position == null ? head : event.position;
      }
      event.attempts = Math.min(event.attempts, 6);
      event.error = null;
      event.wakeBy(world.now + 10);
      world.publish(event);
    }
  }

  /** A request of an event that nothing touched is answered on the spot. */
  private void answer(Event event) {
    boolean free = !event.isClaimed(world.now);
    if (event.requested > event.synced
        && free
        && !event.dirty
        && event.walk == null
        && !event.needsWalk()
        && !(event.accepted && !event.held.isEmpty())
        && event.requestedAt < feed.asOf) {
      event.synced = event.requested;
      event.run = null;
      event.wakeAt = event.nextDue();
      world.note(() -> name + " answers " + event.id + " generation " + event.synced);
      world.answered(event);
      event.awaitsPoll = false;
    } else if (event.awaitsPoll) {
      event.awaitsPoll = false;
      world.publish(event);
    }
  }
}
