package org.drivelens.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.drivelens.model.Actor.Wait;
import org.drivelens.model.Asking.End;
import org.drivelens.model.Drive.Change;
import org.drivelens.model.Drive.File;
import org.drivelens.model.Drive.Kind;
import org.drivelens.model.Event.Folder;
import org.drivelens.model.Event.Walk;
import org.jspecify.annotations.Nullable;

/**
 * Works out what a stretch of the log means for one event: folders first and together, then what
 * lay in departed folders, then files; and writes it together with the new position.
 */
final class Applying {

  private final Worker worker;
  private final World world;
  private final Event event;
  private final @Nullable Walk walk;
  private final Asking asking;
  private final int upTo;

  /** The newest entry of each item. */
  private final Map<String, Change> entries = new LinkedHashMap<>();

  private final Map<String, Folder> tree;
  private final Set<String> entered = new LinkedHashSet<>();
  private final Set<String> listAgain = new LinkedHashSet<>();
  private final List<File> put = new ArrayList<>();
  private final Map<String, End> gone = new LinkedHashMap<>();
  private boolean movesShortcuts;

  /**
   * @param walk the walk of the whole folder that ends with it, or null
   */
  Applying(Worker worker, Event event, @Nullable Walk walk) {
    this.worker = worker;
    this.world = worker.world;
    this.event = event;
    this.walk = walk;
    this.asking = new Asking(worker, event);
    this.upTo = event.feed.head;
    this.tree = new LinkedHashMap<>(event.folders);
  }

  /**
   * @return whether it came to an end; else the event is walked
   */
  boolean apply() {
    int from = walk != null ? walk.position : event.position == null ? upTo : event.position;
    if (worker.isOutdated(event, walk != null ? walk.epoch : event.epoch, from)) {
      event.dirty = true;
      return false;
    }
    event
        .feed
        .between(from, upTo)
        .forEach(e -> {
          entries.remove(e.id());
          entries.put(e.id(), e.change());
        });
    if (world.keeps(Rule.FOLDER_VERSION_GUARD)) {
      entries.values().removeIf(this::isOlderFolder);
    }
    if (asksForWalk()) {
      return wantWalk();
    }
    askAboutInheritedTrash();
    if (entries.values().stream()
        .anyMatch(c -> touches(c) && (c.file() == null || c.file().trashed()))) {
      asking.requireRoot();
    }
    enterRootAgain();
    var dead = settle(folders());
    if (world.keeps(Rule.MOVING_PAGES)) {
      listShiftedAgain(dead);
    }
    entries.values().stream().toList().forEach(this::file);
    worker.await(Wait.DATABASE);
    worker.write(event);
    store();
    return true;
  }

  private boolean touches(Change change) {
    return event.isTouchedBy(change, world.keeps(Rule.ANCESTORS));
  }

  private boolean isOlderFolder(Change change) {
    var held = event.folders.get(change.id());
    return held != null && change.file() != null && held.version() > change.file().version();
  }

  // Walks.

  /** Changes above, and of shortcuts, show in no entry of what they bring or take. */
  private boolean asksForWalk() {
    return entries.values().stream()
        .anyMatch(c ->
            (world.keeps(Rule.ANCESTORS) && isChangeAbove(c))
                || (world.keeps(Rule.SHORTCUTS_WALK)
                    && (isChangeOfShortcut(c) || event.movesShortcuts(c.id(), c.file()))));
  }

  private boolean isChangeAbove(Change change) {
    var held = event.above.get(change.id());
    return held != null && (change.file() == null || change.file().version() > held);
  }

  private boolean isChangeOfShortcut(Change change) {
    var held = event.shortcuts.get(change.id());
    var file = change.file();
    if (held != null) {
      return file == null || file.version() > held.version();
    }
    return file != null
        && file.kind() == Kind.SHORTCUT
        && !file.trashed()
        && event.folders.containsKey(file.parent());
  }

  private boolean wantWalk() {
    worker.await(Wait.DATABASE);
    worker.write(event);
    event.walkWanted = true;
    event.dirty = true;
    event.walk = null;
    world.note(() -> event.id + " wants a walk");
    return false;
  }

  // Folders.

  private void askAboutInheritedTrash() {
    if (world.keeps(Rule.IMPLIED_TRASH_IS_ASKED)) {
      entries.replaceAll((id, change) -> {
        var file = change.file();
        return file != null
                && file.isFolder()
                && file.trashed()
                && !file.explicitlyTrashed()
                && touches(change)
            ? new Change(id, asking.get(id))
            : change;
      });
    }
  }

  private void enterRootAgain() {
    var entry = entries.get(event.root);
    var held = event.folders.get(event.root);
    if (world.keeps(Rule.NEWER_FOLDER_LISTED_AGAIN)
        && entry != null
        && entry.file() != null
        && !entry.file().trashed()
        && (held == null || held.version() < entry.file().version())) {
      tree.put(event.root, new Folder(null, entry.file().version()));
      listAgain.add(event.root);
    }
  }

  /**
   * Places every folder that has an entry.
   *
   * @return known folders that are not inside any more
   */
  private Map<String, End> folders() {
    var departed = new LinkedHashMap<String, End>();
    var arrived = new LinkedHashMap<String, File>();
    for (var change : List.copyOf(entries.values())) {
      var id = change.id();
      if (event.isTop(id) || !isFolder(change) || !(touches(change) || liesInNew(change))) {
        continue;
      }
      var file = change.file();
      if (file == null) {
        file = asking.get(id);
        entries.put(id, new Change(id, file));
        if (file == null) {
          asking.requireRoot();
          departed.put(id, End.GONE);
          continue;
        }
      }
      var known = world.keeps(Rule.FOLDERS_TOGETHER) ? entries : Map.of(id, new Change(id, file));
      var climbed = asking.climb(id, known, isStrict(), false);
      if (climbed.end() == End.INSIDE) {
        climbed.path().forEach(f -> arrived.put(f.id(), f));
        listAgainIfNewer(file);
      } else if (event.folders.containsKey(id)) {
        departed.put(id, climbed.end());
      }
    }
    arrived.values().forEach(this::arrive);
    return departed;
  }

  private boolean isFolder(Change change) {
    return event.folders.containsKey(change.id())
        || (change.file() != null && change.file().isFolder());
  }

  private boolean liesInNew(Change change) {
    return change.file() != null && entries.containsKey(change.file().parent());
  }

  private boolean isStrict() {
    return walk != null && world.keeps(Rule.KNOWN_MEANS_LISTED);
  }

  private void listAgainIfNewer(File folder) {
    var held = event.folders.get(folder.id());
    boolean newer =
        held != null
            && held.version() < folder.version()
            && world.keeps(Rule.NEWER_FOLDER_LISTED_AGAIN);
    boolean notListed =
        held != null && isStrict() && walk != null && !walk.listed.contains(folder.id());
    if (newer || notListed) {
      listAgain.add(folder.id());
    }
  }

  private void arrive(File folder) {
    movesShortcuts |= event.movesShortcuts(folder.id(), folder);
    var held = tree.get(folder.id());
    if (held == null) {
      entered.add(folder.id());
      tree.put(folder.id(), new Folder(folder.parent(), folder.version()));
    } else if (held.version() < folder.version()) {
      // A climb looks at a folder, it does not list it.
      long version = entries.containsKey(folder.id()) ? folder.version() : held.version();
      tree.put(folder.id(), new Folder(folder.parent(), version));
    }
  }

  private @Nullable End endOf(@Nullable String folder, Map<String, End> departed) {
    var at = folder;
    for (int depth = 0; at != null && depth < 60 && !event.isTop(at); depth++) {
      if (departed.containsKey(at)) {
        return departed.get(at);
      }
      var held = tree.get(at);
      at = held == null ? null : held.parent();
    }
    return null;
  }

  /** What lay in a departed folder may have been moved out of it before. */
  private Set<String> settle(Map<String, End> departed) {
    if (!departed.isEmpty()) {
      asking.requireRoot();
    }
    var dead = new LinkedHashMap<String, End>();
    tree.keySet()
        .forEach(f -> {
          var end = endOf(f, departed);
          if (end != null) {
            dead.put(f, end);
          }
        });
    var back = new ArrayList<File>();
    new LinkedHashMap<>(event.photos)
        .forEach((id, photo) -> {
          var end = photo.parent() == null ? null : dead.get(photo.parent());
          if (end != null && !entries.containsKey(id)) {
            if (world.keeps(Rule.DEPARTED_IS_ASKED)) {
              askForDeparted(id, photo.parent(), back);
            } else {
              gone.put(id, end);
            }
          }
        });
    dead.keySet()
        .forEach(f -> {
          tree.remove(f);
          entered.remove(f);
          listAgain.remove(f);
        });
    back.forEach(this::enter);
    return dead.keySet();
  }

  private void askForDeparted(String id, @Nullable String folder, List<File> back) {
    var file = asking.get(id);
    if (file == null && asking.isHiding(folder)) {
      return;
    }
    if (file == null || file.trashed()) {
      gone.put(id, file == null ? End.GONE : End.TRASHED);
      return;
    }
    var climbed = asking.climbAsking(file.parent());
    if (climbed.end() == End.INSIDE) {
      put.add(file);
      back.addAll(climbed.path());
    } else {
      gone.put(id, climbed.end());
    }
  }

  private void enter(File folder) {
    movesShortcuts |= event.movesShortcuts(folder.id(), folder);
    if (!isKnown(folder.id())) {
      entered.add(folder.id());
      tree.putIfAbsent(folder.id(), new Folder(folder.parent(), folder.version()));
    }
  }

  /**
   * What vanishes while pages are read shifts the next: one photo may be on none of them. A folder
   * takes along what was listed together with it.
   */
  private void listShiftedAgain(Set<String> dead) {
    var left = new HashSet<>(dead);
    tree.keySet().stream()
        .filter(f -> listAgain.stream().anyMatch(top -> isBelow(f, top)))
        .forEach(left::add);
    var shifted = event.listedWith(left);
    entries.values().forEach(c -> shifted.addAll(event.shiftedBy(c.id(), c.file())));
    shifted.stream().filter(this::isKnown).forEach(listAgain::add);
  }

  private boolean isBelow(String folder, String top) {
    var at = folder;
    for (int depth = 0; at != null && depth < 60; depth++) {
      if (at.equals(top)) {
        return true;
      }
      var held = tree.get(at);
      at = held == null ? null : held.parent();
    }
    return false;
  }

  // Files.

  private boolean isKnown(@Nullable String folder) {
    return folder != null
        && tree.containsKey(folder)
        && (!isStrict()
            || walk == null
            || walk.listed.contains(folder)
            || walk.frontier.contains(folder)
            || entered.contains(folder)
            || listAgain.contains(folder));
  }

  private void file(Change change) {
    var id = change.id();
    var photo = event.photos.get(id);
    var file = change.file();
    boolean mayArrive =
        file != null && file.kind() == Kind.IMAGE && tree.containsKey(file.parent());
    if (isFolder(change) || (photo == null && !mayArrive)) {
      return;
    }
    if (file == null) {
      asking.requireRoot();
      file = world.keeps(Rule.REMOVED_IS_ASKED) ? asking.get(id) : null;
      if (file == null) {
        if (photo != null && !asking.isHiding(photo.parent())) {
          gone.put(id, End.GONE);
        }
        return;
      }
    }
    if (photo != null && photo.version() > file.version() && world.keeps(Rule.VERSION_GUARD)) {
      return;
    }
    if (file.trashed()
        && photo != null
        && !file.explicitlyTrashed()
        && world.keeps(Rule.IMPLIED_TRASH_IS_ASKED)) {
      var now = asking.get(id);
      file = now == null ? file : now;
    }
    if (file.trashed()) {
      if (photo != null) {
        gone.put(id, End.TRASHED);
      }
      return;
    }
    place(file, photo != null);
  }

  private void place(File file, boolean held) {
    if (isKnown(file.parent())) {
      put.add(file);
      return;
    }
    var climbed = asking.climb(file.parent(), entries, isStrict(), false);
    if (held && climbed.end() != End.INSIDE && world.keeps(Rule.OUTSIDE_IS_ASKED)) {
      climbed = asking.climbAsking(file.parent());
    }
    if (climbed.end() == End.INSIDE) {
      put.add(file);
      climbed.path().forEach(this::enter);
    } else if (held) {
      asking.requireRoot();
      gone.put(file.id(), climbed.end());
    }
  }

  // The transaction.

  private void store() {
    event.walkWanted |= movesShortcuts && world.keeps(Rule.SHORTCUTS_WALK);
    event.folders = tree;
    event.listAgainAt.keySet().retainAll(tree.keySet());
    worker.remove(event, gone);
    put.forEach(f -> {
      worker.put(event, f);
      if (walk != null) {
        walk.seen.add(f.id());
      }
    });
    if (walk != null) {
      walk.frontier.retainAll(tree.keySet());
      walk.listed.retainAll(tree.keySet());
    }
    var found = new HashSet<>(entered);
    found.removeAll(listAgain);
    if (!world.keeps(Rule.CLIMBED_IS_WALKED)) {
      found.removeIf(f -> !entries.containsKey(f));
    }
    found.retainAll(tree.keySet());
    listAgain.retainAll(tree.keySet());
    if (world.keeps(Rule.PARENTS_SHOW_FIRST)) {
      listAgain.retainAll(event.highest(listAgain));
    }
    worker.enter(event, found, false);
    worker.enter(event, listAgain, true);
    found.forEach(f -> worker.again(event, f));
    listAgain.forEach(f -> worker.again(event, f));
    if (walk != null) {
      walk.position = upTo;
    } else {
      event.position = upTo;
    }
    event.attempts = 0;
    world.note(() ->
        worker.name
            + " applies "
            + event.id
            + " up to "
            + upTo
            + (entered.isEmpty() ? "" : " enters " + entered)
            + (listAgain.isEmpty() ? "" : " lists again " + listAgain));
  }
}
