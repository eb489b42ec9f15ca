package org.drivelens.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the database holds of one event. */
final class Event {

  /** Of a schedule: two galleries of one folder, one nested in it, one in a shared drive. */
  static final int COUNT = 4;

  /** A photo that is shown; when it appeared. */
  record Photo(@Nullable String parent, long version, double since) {}

  /** Where a folder lies, and the version under which it was last listed. */
  record Folder(@Nullable String parent, long version) {}

  record Run(int generation, double requestedAt) {}

  /** A walk of the whole folder, or of parts of it, as far as it has come. */
  static final class Walk {
    final boolean full;
    final int epoch;
    int position;
    final int generation;
    double lastPageAt;
    final Set<String> frontier = new LinkedHashSet<>();
    final Set<String> listed = new HashSet<>();

    /** Folders to be listed anew whose listing goes on: it does not count. */
    final Set<String> reopened = new HashSet<>();

    final Set<String> seen = new HashSet<>();

    final Set<String> tops = new HashSet<>();

    /** Folders that came, came back or changed, as the feed or a page says. */
    final Set<String> later = new HashSet<>();

    /** Nothing asked for it but the clock, and it began with nothing new. */
    boolean byClock;

    Walk(boolean full, int epoch, int position, int generation) {
      this.full = full;
      this.epoch = epoch;
      this.position = position;
      this.generation = generation;
    }

    /** What was shown of a folder counts no more. */
    void reopen(String folder) {
      listed.remove(folder);
      reopened.add(folder);
    }
  }

  /** The version of a folder that we cannot see. */
  static final Long UNSEEN = 0L;

  final String id;
  final String root;
  final Feed feed;
  int requested;
  int synced;
  double requestedAt = -1;
  int fullRequested;
  int fullWalked;

  /** Only the clock asked for the walk that is asked for. */
  boolean fullByClock;

  /** When the clock asks for the next walk. */
  @Nullable Double fullDueAt;

  boolean dirty;

  /** Up to where the log is applied; null while the event is clean. */
  @Nullable Integer position;

  /** Epoch of the feed when the event was walked last. */
  int epoch = -1;

  @Nullable Double wakeAt;

  /** The next poll publishes it. */
  boolean awaitsPoll;

  long fence;
  double leaseUntil;
  @Nullable Run run;
  int attempts;
  @Nullable String error;
  boolean walkWanted;
  @Nullable Walk walk;

  /** Folders to be listed once more, and when. */
  final Map<String, Double> listAgainAt = new HashMap<>();

  /** Folders that Drive refused, or in which it did not look everywhere. */
  final Set<String> halfRead = new HashSet<>();

  Map<String, Folder> folders = new LinkedHashMap<>();

  /** Shortcuts to folders: where they lie, and what they show. */
  final Map<String, Shortcut> shortcuts = new HashMap<>();

  /** Folders above the event's own and above what shortcuts show, as far as we can see. */
  final Map<String, Long> above = new HashMap<>();

  final Map<String, Photo> photos = new LinkedHashMap<>();

  /** Doubtful removals that wait for somebody to accept them. */
  final Set<String> held = new LinkedHashSet<>();

  boolean accepted;
  final List<Double> doubtfulRemovals = new ArrayList<>();

  /** Folders whose pages were read not long ago. */
  final Map<String, Pages> pages = new HashMap<>();

  /**
   * What several pages of one folder showed.
   *
   * @param until until then the feed may still tell of what happened meanwhile
   * @param group what was listed together
   * @param shown versions by id
   */
  record Pages(double until, Set<String> group, Map<String, Long> shown) {}

  /**
   * A shortcut to a folder.
   *
   * @param shows the folder answered and was not in the trash
   */
  record Shortcut(@Nullable String parent, String target, boolean shows, long version) {}

  Event(String id, String root, Feed feed) {
    this.id = id;
    this.root = root;
    this.feed = feed;
    folders.put(root, new Folder(null, 0));
  }

  boolean isClaimed(double now) {
    return leaseUntil > now;
  }

  boolean isDue(double now) {
    return requested > synced
        || isListAgainDue(now)
        || dirty
        || walk != null
        || (epoch >= 0 && epoch != feed.epoch)
        || (accepted && !held.isEmpty());
  }

  boolean isListAgainDue(double now) {
    return listAgainAt.values().stream().anyMatch(at -> at <= now);
  }

  /** When something is due by itself. */
  @Nullable Double nextDue() {
    var next = fullDueAt;
    for (double at : listAgainAt.values()) {
      next = next == null ? (Double) at : (Double) Math.min(next, at);
    }
    return next;
  }

  boolean needsWalk() {
    return walkWanted
        || epoch != feed.epoch
        || fullRequested > fullWalked
        || (dirty && position != null && position < feed.floor);
  }

  /** Folders that are inside by themselves: the event's own, and what its shortcuts show. */
  boolean isTop(@Nullable String folder) {
    return folder != null
        && (folder.equals(root)
            || shortcuts.values().stream().anyMatch(s -> s.shows && s.target.equals(folder)));
  }

  /** Where we hold an item. */
  @Nullable String parentOf(String item) {
    var photo = photos.get(item);
    var shortcut = shortcuts.get(item);
    return photo != null ? photo.parent : shortcut == null ? null : shortcut.parent;
  }

  /** Shortcuts that a walk did not show where they were, or whose folder it did not list. */
  boolean missesShortcuts(Walk of) {
    return shortcuts.entrySet().stream()
        .filter(s -> of.full || of.listed.contains(s.getValue().parent))
        .anyMatch(s -> !of.seen.contains(s.getKey()) || !of.listed.contains(s.getValue().parent));
  }

  /** A folder with a shortcut in it may be inside by that very shortcut: only a walk tells. */
  boolean movesShortcuts(String folder, Drive.@Nullable File now) {
    var held = folders.get(folder);
    return held != null
        && !folder.equals(root)
        && (now == null || now.trashed() || !Objects.equals(now.parent(), held.parent))
        && shortcuts.values().stream().anyMatch(s -> isBelow(s.parent, folder));
  }

  boolean isBelow(@Nullable String folder, String top) {
    var at = folder;
    for (int depth = 0; at != null && depth < 60; depth++) {
      if (at.equals(top)) {
        return true;
      }
      var held = folders.get(at);
      at = held == null ? null : held.parent();
    }
    return false;
  }

  /** Those of these folders that lie below none of the others. */
  List<String> highest(Collection<String> of) {
    return of.stream()
        .filter(f -> of.stream().noneMatch(top -> !top.equals(f) && isBelow(f, top)))
        .toList();
  }

  /** What a walk knows of all that lies below a folder, and of itself, counts no more. */
  void reopenBelow(Walk of, String folder) {
    of.listed.removeIf(f -> isBelow(f, folder));
    of.frontier.stream().filter(f -> isBelow(f, folder)).forEach(of.reopened::add);
  }

  /** By its photo, a folder or shortcut of its own, a parent among its folders, a folder above. */
  boolean isTouchedBy(Drive.Change change, boolean fromAbove) {
    return photos.containsKey(change.id())
        || folders.containsKey(change.id())
        || shortcuts.containsKey(change.id())
        || (change.file() != null && folders.containsKey(change.file().parent()))
        || (fromAbove && above.containsKey(change.id()));
  }

  /**
   * Folders of several pages on which an item may have shifted others: it has changed since they
   * showed it.
   */
  Set<String> shiftedBy(String item, Drive.@Nullable File file) {
    double since = appliedUntil();
    pages.values().removeIf(p -> p.until < since);
    var shifted = new HashSet<String>();
    pages.forEach((folder, p) -> {
      var shown = p.shown.get(item);
      if (shown != null && (file == null || file.version() > shown)) {
        shifted.add(folder);
      }
    });
    return shifted;
  }

  /** All that Drive told until then is applied. */
  private double appliedUntil() {
    var from = walk != null && walk.full ? (Integer) walk.position : position;
    return feed.between(from == null ? feed.head : from, feed.head).stream()
        .mapToDouble(Feed.Entry::after)
        .findFirst()
        .orElse(feed.asOf);
  }

  /** Folders that were listed together with one of these, in several pages. */
  Set<String> listedWith(Set<String> folders) {
    var together = new HashSet<String>();
    pages.forEach((folder, p) -> {
      if (p.group.stream().anyMatch(folders::contains)) {
        together.add(folder);
      }
    });
    return together;
  }

  void wakeBy(double time) {
    wakeAt = wakeAt == null ? time : Math.min(wakeAt, time);
  }
}
