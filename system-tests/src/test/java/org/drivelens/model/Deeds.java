package org.drivelens.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.drivelens.model.Drive.Access;
import org.drivelens.model.Drive.Item;
import org.drivelens.model.Drive.Kind;
import org.jspecify.annotations.Nullable;

/** What people do in Drive, and when they ask for a sync. */
final class Deeds {

  /** How many deeds a schedule has, and over how many seconds. */
  private static final int COUNT = 30;

  static final double SPAN = 60;

  enum What {
    ADD_IMAGE(4),
    ADD_FOLDER(2),
    ADD_SHORTCUT(1.5),
    EDIT(3),
    TRASH(4),
    RESTORE(4),
    DELETE(1),
    MOVE(6),
    DENY(1.5),
    GRANT(2),
    VIEW(3),
    TRASH_OR_RESTORE_ROOT(2),
    TRASH_OR_RESTORE_ANCESTOR(2),
    REJECT_TOKENS(.5),
    OUTAGE(.3),
    ACCEPT_REMOVALS(.5),
    REQUEST(4);

    final double weight;

    What(double weight) {
      this.weight = weight;
    }
  }

  /** The three numbers choose whatever the deed has to choose. */
  record Deed(double at, What what, double a, double b, double c) {}

  private final World world;
  private final Drive drive;

  Deeds(World world) {
    this.world = world;
    this.drive = world.drive;
  }

  static List<Deed> of(long seed, boolean crowded) {
    var random = new Random(seed);
    var deeds = new ArrayList<Deed>();
    for (int event = 0; event < Event.COUNT; event++) {
      double which = (event + .5) / Event.COUNT;
      deeds.add(new Deed(random.nextDouble() * 5, What.REQUEST, which, random.nextDouble(), 0));
    }
    double all = List.of(What.values()).stream().mapToDouble(w -> w.weight).sum();
    for (int n = 0; n < (crowded ? 3 : 1) * COUNT; n++) {
      double left = random.nextDouble() * all;
      var what = What.REQUEST;
      for (var candidate : What.values()) {
        left -= candidate.weight;
        if (left < 0) {
          what = candidate;
          break;
        }
      }
      // Some follow hard on each other.
      double at =
          random.nextDouble() < .3
              ? deeds.getLast().at + random.nextDouble() * .5
              : random.nextDouble() * SPAN;
      deeds.add(new Deed(at, what, random.nextDouble(), random.nextDouble(), random.nextDouble()));
    }
    deeds.sort(Comparator.comparingDouble(Deed::at));
    return deeds;
  }

  void happen(Deed deed) {
    switch (deed.what) {
      case ADD_IMAGE -> add(Kind.IMAGE, deed);
      case ADD_FOLDER -> add(Kind.FOLDER, deed);
      case ADD_SHORTCUT -> ifWeather(Weather.SHORTCUTS, () -> add(Kind.SHORTCUT, deed));
      case EDIT -> change(deed.a, i -> !i.isFolder(), i -> {});
      case TRASH ->
          change(
              deed.a,
              i -> !i.trashed && mayGo(i) && ofKind(i, deed.c < .5, Weather.FOLDERS_TRASHED),
              i -> trash(i, true, deed.b));
      case RESTORE -> change(deed.a, i -> i.trashed && mayGo(i), i -> trash(i, false, deed.b));
      case DELETE -> ifWeather(Weather.DELETIONS, () -> delete(deed));
      case MOVE -> move(deed);
      case DENY ->
          ifWeather(
              Weather.LOST_ACCESS,
              () ->
                  change(
                      deed.a,
                      i -> i.isFolder() && mayGo(i) && i.access == Access.INHERITED && !i.hides,
                      i -> deny(i, deed.c)));
      case GRANT -> change(deed.a, this::isDenied, this::grant);
      case VIEW -> ifWeather(Weather.SPURIOUS_ENTRIES, () -> view(deed));
      case TRASH_OR_RESTORE_ROOT ->
          ifWeather(
              Weather.ROOTS_TRASHED,
              () -> change(deed.a, i -> world.isRoot(i.id), i -> trash(i, !i.trashed, deed.b)));
      case TRASH_OR_RESTORE_ANCESTOR ->
          ifWeather(
              Weather.UNSEEN_ANCESTOR,
              () -> change(deed.a, i -> i.id.equals("ANC"), i -> trash(i, !i.trashed, deed.b)));
      case REJECT_TOKENS -> ifWeather(Weather.REJECTED_TOKENS, drive::rejectTokens);
      case OUTAGE ->
          ifWeather(Weather.BUSY_DRIVE, () -> world.outageUntil = world.now + 60 * deed.a);
      case ACCEPT_REMOVALS -> world.accept(world.event(deed.a));
      case REQUEST -> world.request(world.event(deed.a), deed.b < .2);
    }
  }

  private void ifWeather(Weather weather, Runnable deed) {
    if (world.has(weather)) {
      deed.run();
    }
  }

  /** An entry appears in the log of each drive concerned, if anybody could see the item. */
  private void change(double which, Predicate<Item> candidates, Consumer<Item> deed) {
    var item = pick(which, candidates);
    if (item != null) {
      changed(item, deed);
    }
  }

  private void changed(Item item, Consumer<Item> deed) {
    boolean before = drive.isVisible(item.id);
    int from = drive.driveOf(item.id);
    deed.accept(item);
    item.version++;
    drive.lastChange = world.now;
    int to = drive.driveOf(item.id);
    if (before || drive.isVisible(item.id)) {
      drive.emit(item.id, to);
      if (from != to) {
        drive.emit(item.id, from);
      }
    }
    world.note(() ->
        "DRIVE changes "
            + item.id
            + " in "
            + item.parent
            + (item.trashed ? " trashed" : "")
            + " v"
            + item.version);
  }

  /** The folder itself, or only what lies in it. */
  private void deny(Item folder, double which) {
    if (world.has(Weather.HIDING_FOLDERS) && which < .5) {
      folder.hides = true;
    } else {
      folder.access = Access.DENIED;
    }
  }

  private boolean isDenied(Item item) {
    return item.access == Access.DENIED || item.hides;
  }

  private void grant(Item item) {
    item.access = item.access == Access.DENIED ? Access.INHERITED : item.access;
    item.hides = false;
  }

  /** What we hold of what is hidden could not be compared. */
  void openFolders() {
    drive.all().stream().filter(i -> i.hides).toList().forEach(i -> changed(i, this::grant));
  }

  private void trash(Item item, boolean trashed, double settling) {
    item.trashed = trashed;
    item.flagsSettleAt = world.has(Weather.LATE_FLAGS) ? world.now + 30 * settling : 0;
  }

  private void add(Kind kind, Deed deed) {
    var folder = pick(deed.a, i -> i.isFolder() && !i.id.equals("ANC"));
    if (folder != null) {
      var target = kind == Kind.SHORTCUT ? target(folder, deed.b) : null;
      var id = drive.make(kind, folder.id, target);
      drive.lastChange = world.now;
      if (drive.isVisible(id)) {
        drive.emit(id, drive.driveOf(id));
      }
      world.note(
          () -> "DRIVE adds " + id + " in " + folder.id + (target == null ? "" : " -> " + target));
    }
  }

  /** In the same drive: what lies in another is fresh by walks only. */
  private @Nullable String target(Item folder, double which) {
    var target =
        pick(
            which,
            i ->
                i.isFolder()
                    && !i.id.equals("ANC")
                    && drive.driveOf(i.id) == drive.driveOf(folder.id));
    return target == null ? null : target.id;
  }

  private void delete(Deed deed) {
    var top =
        pick(
            deed.a,
            i -> mayGo(i) && ofKind(i, deed.c < .4, Weather.FOLDERS_TRASHED) && !holdsFixed(i));
    if (top != null) {
      boolean seen = drive.isVisible(top.id);
      int log = drive.driveOf(top.id);
      var gone = new HashSet<String>();
      drive.all().stream().filter(i -> drive.isBelow(i.id, top.id)).forEach(i -> gone.add(i.id));
      gone.forEach(drive.items::remove);
      drive.lastChange = world.now;
      if (seen) {
        drive.emit(top.id, log);
      }
      world.note(() -> "DRIVE deletes " + gone);
    }
  }

  private void move(Deed deed) {
    var item = pick(deed.a, i -> mayGo(i) && ofKind(i, deed.c < .55, Weather.FOLDERS_MOVED));
    if (item != null) {
      var into =
          pick(
              deed.b,
              f ->
                  f.isFolder()
                      && !f.id.equals("ANC")
                      && !f.id.equals(item.parent)
                      && !drive.isBelow(f.id, item.id)
                      && mayLeaveFor(item, f));
      if (into != null) {
        changed(item, i -> i.parent = into.id);
      }
    }
  }

  /** Shortcuts, and what they show, stay in their drive; folders with an event's own do too. */
  private boolean mayLeaveFor(Item item, Item folder) {
    return drive.driveOf(item.id) == drive.driveOf(folder.id)
        || (world.has(Weather.SHARED_DRIVE) && !world.has(Weather.SHORTCUTS) && !holdsFixed(item));
  }

  private void view(Deed deed) {
    var item = pick(deed.a, i -> drive.isVisible(i.id));
    if (item != null) {
      drive.emit(item.id, drive.driveOf(item.id));
    }
  }

  private boolean ofKind(Item item, boolean folder, Weather folders) {
    return (folder && world.has(folders)) ? item.isFolder() : !item.isFolder();
  }

  /** Events' own folders, what is shared by itself, and the top stay where they are. */
  private boolean mayGo(Item item) {
    return !world.isRoot(item.id) && item.access != Access.GRANTED && !item.id.equals("ANC");
  }

  private boolean holdsFixed(Item top) {
    return drive.all().stream().anyMatch(i -> !mayGo(i) && drive.isBelow(i.id, top.id));
  }

  private @Nullable Item pick(double which, Predicate<Item> candidates) {
    var found = drive.all().stream().filter(candidates).toList();
    return found.isEmpty() ? null : found.get((int) (which * found.size()));
  }
}
