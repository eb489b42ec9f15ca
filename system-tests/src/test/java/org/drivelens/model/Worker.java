package org.drivelens.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.drivelens.model.Asking.End;
import org.drivelens.model.Drive.File;
import org.drivelens.model.Event.Folder;
import org.drivelens.model.Event.Photo;
import org.drivelens.model.Event.Run;
import org.drivelens.model.Event.Walk;
import org.drivelens.model.World.Violation;
import org.jspecify.annotations.Nullable;

/**
 * Takes messages and makes galleries match their folders: a chain of small steps, each decided anew
 * from what stands in the database.
 */
final class Worker extends Actor {

  private static final double LEASE = 20;
  private static final int MOST_ATTEMPTS = 8;

  /** Another claim was made meanwhile. */
  private static final class Fenced extends RuntimeException {
    private static final long serialVersionUID = 1;

    Fenced() {
      super("fenced", null, false, false);
    }
  }

  private final int number;
  private @Nullable Event message;
  private @Nullable Event claimed;
  private long fence;
  private double stepBegan;

  Worker(World world, int number) {
    super(world, "worker" + number);
    this.number = number;
  }

  @Override
  boolean isIdle() {
    return waitsFor == Wait.WORK && world.messages.isEmpty();
  }

  @Override
  Actor again() {
    return new Worker(world, number);
  }

  /** What it had taken and not acknowledged. */
  @Nullable Event message() {
    return message;
  }

  @Override
  void live() {
    while (true) {
      await(Wait.WORK);
      if (!world.messages.isEmpty()) {
        var event = world.messages.remove(world.random(world.messages.size()));
        message = event;
        run(event);
        message = null;
        claimed = null;
      }
    }
  }

  // Claim and lease.

  private void run(Event event) {
    await(Wait.DATABASE);
    if (event.isClaimed(world.now) || !event.isDue(world.now) || event.error != null) {
      return;
    }
    boolean answeredByPoll =
        event.walk == null
            && !event.dirty
            && !event.needsWalk()
            && !isFresh(event, event.requestedAt);
    if (event.feed.token == null || answeredByPoll) {
      event.feed.demand(world.now);
      event.awaitsPoll = true;
      return;
    }
    if (event.attempts >= MOST_ATTEMPTS) {
      event.error = "keeps failing";
      event.wakeAt = null;
      world.violated(Violation.GIVEN_UP, event.id);
      return;
    }
    try {
      hold(event, claim(event));
    } catch (Fenced e) {
      world.note(() -> name + " is fenced off");
    }
  }

  private Run claim(Event event) {
    if (event.run == null || !world.keeps(Rule.GENERATION_OF_THE_RUN)) {
      event.run = new Run(event.requested, event.requestedAt);
    }
    fence = ++event.fence;
    claimed = event;
    event.leaseUntil = world.now + LEASE;
    event.wakeAt = event.leaseUntil;
    event.attempts++;
    world.claimed();
    world.note(() -> name + " claims " + event.id + " fence " + fence + " generation " + event.run);
    return event.run;
  }

  /** By the thread that does nothing else. */
  void renewLease() {
    var event = claimed;
    if (event != null
        && event.fence == fence
        && event.leaseUntil > 0
        && event.leaseUntil < world.now + 15
        && world.keeps(Rule.LEASE_RENEWED)) {
      event.leaseUntil = world.now + LEASE;
      event.wakeAt = event.leaseUntil;
    }
  }

  private void hold(Event event, Run run) {
    int slice = world.has(Weather.SLICES) ? 2 + world.random(25) : Integer.MAX_VALUE;
    try {
      while (true) {
        await(Wait.DATABASE);
        write(event);
        if (slice-- == 0) {
          giveBack(event);
          release(event, world.now + 10);
          world.publish(event);
          return;
        }
        stepBegan = world.now;
        if (step(event, run)) {
          return;
        }
      }
    } catch (Asking.Busy e) {
      await(Wait.DATABASE);
      write(event);
      giveBack(event);
      release(event, world.now + 5);
    } catch (Asking.RootAway e) {
      await(Wait.DATABASE);
      write(event);
      event.error = "its own folder is away";
      world.note(() -> event.id + ": " + event.error);
      release(event, null);
    }
  }

  /** Every writing transaction begins with it. */
  void write(Event event) {
    if (event.fence != fence) {
      if (world.keeps(Rule.FENCE)) {
        throw new Fenced();
      }
      world.violated(Violation.UNFENCED, name + " wrote " + event.id);
    }
  }

  private void release(Event event, @Nullable Double wakeAt) {
    event.leaseUntil = 0;
    event.wakeAt = wakeAt;
    claimed = null;
  }

  private void giveBack(Event event) {
    if (world.keeps(Rule.ATTEMPT_GIVEN_BACK)) {
      event.attempts--;
    }
  }

  private boolean awaitPoll(Event event) {
    event.feed.demand(world.now);
    event.awaitsPoll = true;
    giveBack(event);
    release(event, world.now + 10);
    return true;
  }

  private static boolean isFresh(Event event, double than) {
    return event.feed.asOf > than;
  }

  // Steps.

  /**
   * @return whether the claim has ended
   */
  private boolean step(Event event, Run run) {
    var walk = event.walk;
    var whole = walk != null && walk.full ? walk : null;
    if (whole != null && isOutdated(event, whole.epoch, whole.position)) {
      world.note(() -> event.id + " drops its walk");
      event.walk = null;
      event.walkWanted = true;
      return false;
    }
    if (whole == null && event.needsWalk()) {
      return begin(event);
    }
    if (walk != null && !walk.frontier.isEmpty()) {
      new Listing(this, event, walk).list();
      return false;
    }
    if (whole != null) {
      return endOfWalk(event, whole);
    }
    if (walk != null) {
      new WalkEnd(this, event, walk).ofParts();
      return false;
    }
    if (event.isListAgainDue(world.now)) {
      listAgain(event);
      return false;
    }
    if (event.accepted) {
      new Asking(this, event).requireRoot();
      await(Wait.DATABASE);
      write(event);
      event.accepted = false;
      List.copyOf(event.held).forEach(id -> drop(event, id, "accepted"));
      return false;
    }
    if (run.generation() > event.synced && !isFresh(event, run.requestedAt())) {
      event.dirty = true;
      event.position = event.position == null ? event.feed.head : event.position;
      return awaitPoll(event);
    }
    return applyOrFinish(event, run);
  }

  boolean isOutdated(Event event, int epoch, int position) {
    return world.keeps(Rule.NEW_EPOCH_WALKS)
        && (epoch != event.feed.epoch || position < event.feed.floor);
  }

  private boolean begin(Event event) {
    var asking = new Asking(this, event);
    var root = asking.root();
    var above = asking.above(root);
    await(Wait.DATABASE);
    write(event);
    if (event.feed.token == null) {
      return awaitPoll(event);
    }
    var walk = new Walk(true, event.feed.epoch, event.feed.head, event.fullRequested);
    walk.frontier.add(event.root);
    walk.byClock =
        event.fullByClock
            && event.fullRequested > event.fullWalked
            && !event.walkWanted
            && event.epoch == event.feed.epoch
            && !bringsNews(event, root, above);
    event.walk = walk;
    event.walkWanted = false;
    event.dirty = true;
    event.folders.put(event.root, new Folder(null, root.version()));
    event.shortcuts.clear();
    event.above.clear();
    above.forEach(f -> event.above.put(f.id(), f.version()));
    world.note(
        () -> event.id + " walks from " + walk.position + (walk.byClock ? " by the clock" : ""));
    return false;
  }

  private static boolean bringsNews(Event event, File root, List<File> above) {
    var held = event.folders.get(event.root);
    return held == null
        || held.version() < root.version()
        || !above.stream().allMatch(f -> Long.valueOf(f.version()).equals(event.above.get(f.id())))
        || (event.walk != null && !event.walk.later.isEmpty());
  }

  private boolean endOfWalk(Event event, Walk walk) {
    if (world.keeps(Rule.POLL_AFTER_LAST_PAGE) && !isFresh(event, walk.lastPageAt)) {
      return awaitPoll(event);
    }
    if (!world.keeps(Rule.POSITION_BEFORE_THE_WALK)) {
      walk.position = event.feed.head;
    }
    boolean goesOn = new Applying(this, event, walk).apply();
    if (goesOn && event.walk == walk && isDone(walk)) {
      new WalkEnd(this, event, walk).full();
    }
    return false;
  }

  boolean isDone(Walk walk) {
    return walk.frontier.isEmpty() || !world.keeps(Rule.END_BEGINS_AGAIN);
  }

  private boolean applyOrFinish(Event event, Run run) {
    if (event.position == null) {
      // Woken by a request while clean, that is, at head.
      event.position = event.feed.head;
    }
    if (isTouched(event)) {
      new Applying(this, event, null).apply();
      if (world.keeps(Rule.LAST_LOOK) || event.walk != null || event.walkWanted) {
        return false;
      }
    }
    if (world.keeps(Rule.LOG_CLOSED_AT_THE_END)) {
      await(Wait.DATABASE);
      write(event);
      if (world.keeps(Rule.LAST_LOOK)
          && (isOutdated(event, event.epoch, event.position) || isTouched(event))) {
        return false;
      }
    } else {
      await(Wait.DATABASE);
      write(event);
    }
    finish(event, run);
    return true;
  }

  private boolean isTouched(Event event) {
    int position = event.position == null ? event.feed.head : event.position;
    return event.feed.between(position, event.feed.head).stream()
        .anyMatch(e -> event.isTouchedBy(e.change(), world.keeps(Rule.ANCESTORS)));
  }

  private void finish(Event event, Run run) {
    event.dirty = false;
    event.position = null;
    event.synced =
        Math.max(
            event.synced,
            world.keeps(Rule.GENERATION_OF_THE_RUN) ? run.generation() : event.requested);
    event.run = null;
    event.attempts = 0;
    release(event, event.requested > event.synced ? (Double) (world.now + 10) : event.nextDue());
    if (event.requested > event.synced) {
      world.publish(event);
    }
    world.note(() -> name + " finishes " + event.id + " generation " + event.synced);
    world.answered(event);
  }

  // What steps write.

  /** The trash flag that items inherit comes late: once more, when it has settled. */
  void again(Event event, String folder) {
    if (event.walk != null) {
      event.walk.later.add(folder);
    }
  }

  /**
   * At the end of a walk, what was listed too early is to be listed once more. Where no flag lags
   * the model does without: with it nearly every schedule heals by itself, and no other rule shows.
   */
  void listLater(Event event, Walk walk) {
    if (world.has(Weather.LATE_FLAGS) && world.keeps(Rule.LISTED_LATER)) {
      walk.later.forEach(f -> event.listAgainAt.put(f, later()));
      if (walk.full) {
        event.fullDueAt = walk.byClock ? null : (Double) later();
      }
    }
    if (world.keeps(Rule.INCOMPLETE_LISTED_AGAIN)) {
      event.halfRead.forEach(f -> event.listAgainAt.putIfAbsent(f, later()));
    }
    event.listAgainAt.keySet().retainAll(event.folders.keySet());
  }

  private double later() {
    return world.now + 60;
  }

  private void listAgain(Event event) {
    var due =
        event.listAgainAt.entrySet().stream()
            .filter(f -> f.getValue() <= world.now)
            .map(Map.Entry::getKey)
            .sorted()
            .toList();
    event.listAgainAt.keySet().removeAll(due);
    enter(event, world.keeps(Rule.PARENTS_SHOW_FIRST) ? event.highest(due) : due, true);
  }

  /** Puts folders into the frontier; those to be listed again, with all below. */
  void enter(Event event, Iterable<String> folders, boolean withAllBelow) {
    for (var folder : folders) {
      var walk = event.walk;
      if (walk == null) {
        walk = new Walk(false, event.epoch, 0, 0);
        event.walk = walk;
        event.dirty = true;
        event.position = event.position == null ? event.feed.head : event.position;
      }
      walk.tops.add(folder);
      walk.frontier.add(folder);
      walk.reopen(folder);
      if (withAllBelow) {
        event.reopenBelow(walk, folder);
      }
    }
  }

  void put(Event event, File file) {
    var held = event.photos.get(file.id());
    if (held == null || !world.keeps(Rule.VERSION_GUARD) || held.version() < file.version()) {
      double since = held == null ? world.now : held.since();
      event.photos.put(file.id(), new Photo(file.parent(), file.version(), since));
      world.note(() ->
          "  " + event.id + " puts " + file.id() + " v" + file.version() + " in " + file.parent());
    }
    event.held.remove(file.id());
  }

  /** Proof removes at once; doubt counts for the brake. */
  void remove(Event event, Map<String, End> gone) {
    var doubtful = new LinkedHashMap<String, End>(gone);
    doubtful.values().removeIf(why -> !why.isDoubt());
    doubtful.keySet().removeIf(id -> !event.photos.containsKey(id) || event.held.contains(id));
    int before = event.photos.size() + event.doubtfulRemovals.size();
    int removed = event.doubtfulRemovals.size() + doubtful.size();
    boolean tooMany = !doubtful.isEmpty() && removed > World.FEW && removed > before / 5;
    if (tooMany && world.keeps(Rule.BRAKE)) {
      world.note(() -> "  " + event.id + " holds " + doubtful.keySet());
      if (world.keeps(Rule.HELD_IS_KEPT)) {
        event.held.addAll(doubtful.keySet());
      }
    } else {
      if (tooMany) {
        world.violated(Violation.BRAKE_FAILED, event.id + " " + doubtful.keySet());
      }
      for (var id : new ArrayList<>(doubtful.keySet())) {
        event.doubtfulRemovals.add(world.now);
        drop(event, id, "gone");
      }
    }
    gone.forEach((id, why) -> {
      if (!why.isDoubt()) {
        drop(event, id, why.name());
      }
    });
  }

  private void drop(Event event, String id, String why) {
    var photo = event.photos.remove(id);
    event.held.remove(id);
    if (photo != null) {
      world.note(() -> "  " + event.id + " removes " + id + " (" + why + ")");
      world.removed(event, id, photo.since(), stepBegan, why);
    }
  }

  /** Folders that a climb found inside. */
  void enterFound(Event event, List<File> path) {
    var unknown = new HashSet<String>();
    for (var file : path) {
      event.walkWanted |= world.keeps(Rule.SHORTCUTS_WALK) && event.movesShortcuts(file.id(), file);
      var held = event.folders.get(file.id());
      long version = held == null ? file.version() : held.version();
      event.folders.put(file.id(), new Folder(file.parent(), version));
      boolean known = held != null && (event.walk == null || event.walk.listed.contains(file.id()));
      if (!known) {
        unknown.add(file.id());
      }
    }
    var walk = event.walk;
    if (walk != null) {
      unknown.removeAll(walk.frontier);
    }
    if (world.keeps(Rule.CLIMBED_IS_WALKED)) {
      enter(event, unknown, false);
    }
  }
}
