package org.drivelens.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.drivelens.model.Actor.Wait;
import org.drivelens.model.Drive.Change;
import org.drivelens.model.Drive.File;
import org.jspecify.annotations.Nullable;

/** What a worker asks Drive on behalf of one event, for the length of one step. */
final class Asking {

  /** Drive refuses, for now. */
  static final class Busy extends RuntimeException {
    private static final long serialVersionUID = 1;

    Busy() {
      super("busy", null, false, false);
    }
  }

  /** The event's own folder does not answer, or is in the trash. */
  static final class RootAway extends RuntimeException {
    private static final long serialVersionUID = 1;

    RootAway() {
      super("root", null, false, false);
    }
  }

  /** Where a climb ended. */
  enum End {
    INSIDE,
    OUTSIDE,
    TRASHED,
    /** Nobody can tell: the item is gone, or we may not see it. */
    GONE;

    /** What Drive says now proves a removal; what it does not say is doubt. */
    boolean isDoubt() {
      return this == GONE;
    }
  }

  record Climbed(End end, List<File> path) {}

  private final Worker worker;
  private final Event event;
  private boolean rootAnswered;

  Asking(Worker worker, Event event) {
    this.worker = worker;
    this.event = event;
  }

  Drive call() {
    worker.await(Wait.DRIVE);
    if (worker.world.now < worker.world.outageUntil
        || worker.world.strikes(Weather.BUSY_DRIVE, .01)) {
      throw new Busy();
    }
    return worker.world.drive;
  }

  @Nullable File get(@Nullable String id) {
    return call().get(id);
  }

  /** Readable and not in the trash, as of now. */
  File root() {
    var root = get(event.root);
    if (root == null || root.trashed()) {
      throw new RootAway();
    }
    return root;
  }

  /** Once a step: everything may look gone because we lost access ourselves. */
  void requireRoot() {
    if (!rootAnswered && worker.world.keeps(Rule.FOLDER_MUST_ANSWER)) {
      root();
      rootAnswered = true;
    }
  }

  /** From a folder, believing Drive alone. */
  Climbed climbAsking(@Nullable String from) {
    return climb(from, Map.of(), false, true);
  }

  /**
   * From a folder to the top of the event. What the log says counts first, then what we hold, and
   * what neither knows is asked for.
   *
   * @param strictly what we hold counts only if the open walk has listed it
   */
  Climbed climb(
      @Nullable String from, Map<String, Change> entries, boolean strictly, boolean askingOnly) {
    var path = new ArrayList<File>();
    var met = new HashSet<String>();
    var at = from;
    while (!event.isTop(at)) {
      if (at == null || !met.add(at)) {
        return new Climbed(End.OUTSIDE, path);
      }
      var entry = entries.get(at);
      var held = event.folders.get(at);
      if (held != null && entry == null && !askingOnly && (!strictly || isListed(at))) {
        at = held.parent();
        continue;
      }
      var file = entry != null && entry.file() != null ? entry.file() : get(at);
      if (file == null || file.trashed()) {
        return new Climbed(file == null ? End.GONE : End.TRASHED, path);
      }
      path.add(file);
      at = file.parent();
    }
    return new Climbed(End.INSIDE, path);
  }

  /**
   * Whether a photo that does not answer stays, because the folder in which we hold it hides what
   * lies in it.
   */
  boolean isHiding(@Nullable String folder) {
    // Where no folder hides anything, schedules stay what they were.
    var file = worker.world.has(Weather.HIDING_FOLDERS) ? get(folder) : null;
    return file != null
        && !file.trashed()
        && file.hides()
        && (!worker.world.keeps(Rule.HIDING_IS_INSIDE) || climbAsking(folder).end() == End.INSIDE);
  }

  private boolean isListed(String folder) {
    return event.walk == null || event.walk.listed.contains(folder);
  }

  /** Each folder above one, as far as we can see them. */
  List<File> above(File folder) {
    var above = new ArrayList<File>();
    var met = new HashSet<String>();
    for (var next = folder.parent(); next != null && met.add(next); ) {
      var file = get(next);
      if (file == null) {
        break;
      }
      above.add(file);
      next = file.parent();
    }
    return above;
  }
}
