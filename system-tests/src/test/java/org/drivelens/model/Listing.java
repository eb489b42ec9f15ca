package org.drivelens.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.drivelens.model.Actor.Wait;
import org.drivelens.model.Drive.File;
import org.drivelens.model.Event.Folder;
import org.drivelens.model.Event.Pages;
import org.drivelens.model.Event.Shortcut;
import org.drivelens.model.Event.Walk;
import org.jspecify.annotations.Nullable;

/** Lists some folders of the frontier, a page at a time. */
final class Listing {

  private final Worker worker;
  private final World world;
  private final Event event;
  private final Walk walk;
  private final Asking asking;
  private final Map<String, Integer> hits = new HashMap<>();
  private @Nullable String unreadable;

  Listing(Worker worker, Event event, Walk walk) {
    this.worker = worker;
    this.world = worker.world;
    this.event = event;
    this.walk = walk;
    this.asking = new Asking(worker, event);
  }

  void list() {
    var group = group();
    walk.reopened.clear();
    if (world.keeps(Rule.LISTED_AGAIN_REPLACES)) {
      walk.seen.removeIf(id -> group.contains(String.valueOf(event.parentOf(id))));
    }
    read(group);
    if (group.size() > 1 && world.keeps(Rule.LONE_ASK)) {
      for (var folder : group) {
        long held = event.photos.values().stream().filter(p -> folder.equals(p.parent())).count();
        int seen = hits.getOrDefault(folder, 0);
        if (seen == 0 || seen < held) {
          read(List.of(folder));
        }
      }
    }
    worker.write(event);
    if (event.root.equals(unreadable) || event.walkWanted) {
      // Of its own folder the next step asks why.
      event.walkWanted = true;
      event.walk = null;
      return;
    }
    group.removeAll(walk.reopened);
    walk.listed.addAll(group);
    walk.frontier.removeAll(group);
    world.note(() ->
        event.id
            + " listed "
            + group
            + (walk.reopened.isEmpty() ? "" : " reopens " + walk.reopened));
  }

  /** Some folders of one drive. */
  private List<String> group() {
    var group = new ArrayList<String>();
    int most = 1 + world.random(3);
    for (var folder : walk.frontier) {
      if (group.size() < most
          && (group.isEmpty()
              || world.drive.driveOf(folder) == world.drive.driveOf(group.getFirst()))) {
        group.add(folder);
      }
    }
    return group;
  }

  private void read(List<String> folders) {
    folders.forEach(f -> hits.put(f, 0));
    Drive.@Nullable Place place = null;
    var shown = new HashMap<String, Long>();
    var group = Set.copyOf(folders);
    boolean incomplete =
        folders.size() == 1
            && !folders.contains(event.root)
            && world.strikes(Weather.INCOMPLETE_LISTINGS, .1);
    int pages = 0;
    do {
      var page = asking.call().list(folders, place);
      var targets = page == null ? Map.<String, List<File>>of() : targets(page.files());
      worker.await(Wait.DATABASE);
      worker.write(event);
      walk.lastPageAt = world.now;
      event.attempts = 0;
      if (page == null) {
        unreadable(folders.getFirst());
        return;
      }
      page.files().stream()
          .filter(f -> !incomplete || world.chance(.5))
          .forEach(f -> store(f, targets));
      page.files().forEach(f -> shown.put(f.id(), f.version()));
      place = page.next();
      pages++;
    } while (place != null);
    event.halfRead.removeAll(folders);
    if (incomplete) {
      keepAll(folders.getFirst());
      event.halfRead.add(folders.getFirst());
    }
    event.pages.keySet().removeAll(folders);
    if (pages > 1) {
      folders.forEach(f -> event.pages.put(f, new Pages(world.now + 60, group, shown)));
    }
  }

  private void unreadable(String folder) {
    unreadable = folder;
    event.halfRead.add(folder);
    keepAll(folder);
  }

  /** What we know of it stays; but the end of a full walk asks for it. */
  private void keepAll(String folder) {
    world.note(() -> event.id + " may not list " + folder);
    if (walk.full && world.keeps(Rule.UNLISTED_IS_ASKED)) {
      return;
    }
    event.photos.forEach((id, p) -> {
      if (folder.equals(p.parent())) {
        walk.seen.add(id);
      }
    });
  }

  /** What shortcuts show, with all above; only a walk of the whole folder follows them. */
  private Map<String, List<File>> targets(List<File> files) {
    var targets = new LinkedHashMap<String, List<File>>();
    for (var file : files) {
      if (file.kind() == Drive.Kind.SHORTCUT && walk.full) {
        var target = asking.get(file.target());
        var chain = new ArrayList<File>();
        if (target != null) {
          chain.add(target);
          chain.addAll(asking.above(target));
        }
        targets.put(Objects.requireNonNull(file.target()), chain);
      }
    }
    return targets;
  }

  private void store(File file, Map<String, List<File>> targets) {
    hits.merge(String.valueOf(file.parent()), 1, Integer::sum);
    if (world.keeps(Rule.MOVING_PAGES)) {
      var shifted = event.shiftedBy(file.id(), file);
      shifted.retainAll(walk.listed);
      worker.enter(event, shifted, true);
    }
    switch (file.kind()) {
      case IMAGE -> {
        worker.put(event, file);
        walk.seen.add(file.id());
      }
      case FOLDER -> folder(file);
      case SHORTCUT -> shortcut(file, targets);
    }
  }

  /** A folder that is new, or newer than when it was listed, is listed. */
  private void folder(File file) {
    if (file.id().equals(event.root)) {
      return;
    }
    if (world.keeps(Rule.SHORTCUTS_WALK) && event.movesShortcuts(file.id(), file)) {
      event.walkWanted = true;
    }
    var held = event.folders.get(file.id());
    if (held == null || held.version() < file.version()) {
      event.folders.put(file.id(), new Folder(file.parent(), file.version()));
      if (world.keeps(Rule.NEWER_FOLDER_LISTED_AGAIN)) {
        walk.reopen(file.id());
      }
      if (world.keeps(Rule.NEWER_ON_A_PAGE)) {
        event.reopenBelow(walk, file.id());
      }
      worker.again(event, file.id());
    }
    if (file.hides()) {
      keepAll(file.id());
      walk.frontier.remove(file.id());
      walk.listed.add(file.id());
    } else if (!walk.listed.contains(file.id())) {
      walk.frontier.add(file.id());
    }
  }

  private void shortcut(File file, Map<String, List<File>> targets) {
    walk.seen.add(file.id());
    if (event.shortcuts.containsKey(file.id())
        || (!world.keeps(Rule.SHORTCUTS_WALK) && !walk.full)) {
      return;
    }
    if (!walk.full) {
      event.walkWanted = true;
      return;
    }
    var id = Objects.requireNonNull(file.target());
    var chain = targets.getOrDefault(id, List.of());
    // What lies above is asked for later, and may tell of the trash what the target did not yet.
    boolean shows =
        !chain.isEmpty()
            && !chain.getFirst().trashed()
            && chain.stream().noneMatch(File::explicitlyTrashed);
    event.shortcuts.put(file.id(), new Shortcut(file.parent(), id, shows, file.version()));
    if (chain.isEmpty()) {
      event.above.putIfAbsent(id, Event.UNSEEN);
    }
    for (var folder : chain) {
      var before = event.above.put(folder.id(), folder.version());
      // What another shortcut showed may not hold any more.
      event.walkWanted |= before != null && before < folder.version();
    }
    world.note(() -> "  " + event.id + " meets " + event.shortcuts.get(file.id()));
    if (shows) {
      folder(chain.getFirst());
    }
  }
}
