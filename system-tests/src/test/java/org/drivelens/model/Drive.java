package org.drivelens.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Google Drive as its documents and its users describe it: pages that are not atomic, groups that
 * come in part, change logs that are late, coalesced and tell the state at the time of reading.
 */
final class Drive {

  /** The two change logs: of the user, and of the one shared drive. */
  static final int USER = 0;

  static final int SHARED = 1;

  private static final int PAGE = 3;

  enum Kind {
    FOLDER,
    IMAGE,
    SHORTCUT
  }

  enum Access {
    INHERITED,
    GRANTED,
    DENIED
  }

  static final class Item {
    final String id;
    final Kind kind;
    final @Nullable String target;
    @Nullable String parent;
    boolean trashed;
    long version = 1;
    Access access = Access.INHERITED;

    /** Shows itself but not what lies in it. */
    boolean hides;

    /** Until then what lies below inherits the trash flag as it was. */
    double flagsSettleAt;

    Item(String id, Kind kind, @Nullable String parent, @Nullable String target) {
      this.id = id;
      this.kind = kind;
      this.parent = parent;
      this.target = target;
    }

    boolean isFolder() {
      return kind == Kind.FOLDER;
    }
  }

  /** An item as an answer shows it. */
  record File(
      String id,
      Kind kind,
      @Nullable String parent,
      @Nullable String target,
      boolean trashed,
      boolean explicitlyTrashed,
      boolean hides,
      long version) {

    boolean isFolder() {
      return kind == Kind.FOLDER;
    }
  }

  /** Without a file the item is removed: gone, or out of our sight. */
  record Change(String id, @Nullable File file) {}

  record ChangePage(List<Change> changes, Token position, boolean last) {}

  record Token(int generation, int position) {}

  /** The place in a listing. */
  record Place(String after, int offset, Set<String> omitted) {}

  record FilePage(List<File> files, @Nullable Place next) {}

  private record Logged(int position, String id) {}

  private record Pending(int log, String id, double at) {}

  private final World world;
  final Map<String, Item> items = new LinkedHashMap<>();
  private final List<List<Logged>> logs = List.of(new ArrayList<>(), new ArrayList<>());
  private final int[] positions = new int[2];
  private final int[] generations = new int[2];
  private final List<Pending> pending = new ArrayList<>();
  private int made;
  double lastChange;

  Drive(World world) {
    this.world = world;
  }

  // What is true.

  boolean isVisible(@Nullable String id) {
    var item = find(id);
    while (item != null && item.access == Access.INHERITED) {
      var above = find(item.parent);
      item = above != null && above.hides ? null : above;
    }
    return item != null && item.access == Access.GRANTED;
  }

  boolean isTrashed(String id) {
    return isTrashed(id, false);
  }

  private boolean isTrashed(String id, boolean asFlagged) {
    var item = items.get(id);
    if (item == null || item.trashed) {
      return true;
    }
    for (var above = find(item.parent); above != null; above = find(above.parent)) {
      boolean late = asFlagged && world.now < above.flagsSettleAt;
      if (late != above.trashed) {
        return true;
      }
    }
    return false;
  }

  boolean isBelow(@Nullable String id, String top) {
    for (var item = find(id); item != null; item = find(item.parent)) {
      if (item.id.equals(top)) {
        return true;
      }
    }
    return false;
  }

  int driveOf(@Nullable String id) {
    return isBelow(id, "SD") ? SHARED : USER;
  }

  /** The images that a gallery must show, through shortcuts to folders too. */
  Map<String, Item> truth(String root) {
    var images = new LinkedHashMap<String, Item>();
    var folders = new LinkedHashSet<String>();
    var waiting = new ArrayList<>(List.of(root));
    while (!waiting.isEmpty()) {
      var folder = waiting.removeLast();
      if (!isVisible(folder) || isTrashed(folder) || !folders.add(folder)) {
        continue;
      }
      for (var item : items.values()) {
        if (folder.equals(item.parent) && !item.trashed && isVisible(item.id)) {
          switch (item.kind) {
            case FOLDER -> waiting.add(item.id);
            case IMAGE -> images.put(item.id, item);
            case SHORTCUT -> waiting.add(String.valueOf(item.target));
          }
        }
      }
    }
    return images;
  }

  // What may be asked.

  @Nullable File get(@Nullable String id) {
    var item = find(id);
    if (item == null || !isVisible(id)) {
      return null;
    }
    return new File(
        item.id,
        item.kind,
        isVisible(item.parent) ? item.parent : null,
        item.target,
        isTrashed(item.id, true),
        item.trashed,
        item.hides,
        item.version);
  }

  /** One page, of this moment; null when the only folder asked for does not answer. */
  @Nullable FilePage list(List<String> folders, @Nullable Place place) {
    if (folders.size() == 1 && get(folders.getFirst()) == null) {
      return null;
    }
    var at = place != null ? place : new Place("", 0, omitted(folders));
    var all =
        items.values().stream()
            .filter(i -> i.parent != null && folders.contains(i.parent))
            .filter(i -> !at.omitted.contains(i.parent))
            .filter(i -> isVisible(i.id) && isVisible(i.parent) && !isTrashed(i.id, true))
            .sorted(Comparator.comparing(i -> i.id))
            .toList();
    var rest =
        world.has(Weather.OFFSET_PAGES)
            ? all.subList(Math.min(at.offset, all.size()), all.size())
            : all.stream().filter(i -> i.id.compareTo(at.after) > 0).toList();
    var page = rest.subList(0, Math.min(PAGE, rest.size()));
    var next =
        rest.size() > PAGE
            ? new Place(page.getLast().id, at.offset + page.size(), at.omitted)
            : null;
    return new FilePage(page.stream().map(i -> get(i.id)).toList(), next);
  }

  private Set<String> omitted(List<String> folders) {
    var omitted = new HashSet<String>();
    if (world.has(Weather.PARTIAL_GROUPS) && folders.size() > 1) {
      folders.stream().filter(f -> world.chance(.12)).forEach(omitted::add);
    }
    return omitted;
  }

  Token startToken(int log) {
    return new Token(generations[log], positions[log]);
  }

  /** One page of a change log; null when the token is rejected. */
  @Nullable ChangePage changes(int log, Token token) {
    if (token.generation != generations[log]) {
      return null;
    }
    var rest = logs.get(log).stream().filter(l -> l.position > token.position).toList();
    var page = rest.subList(0, Math.min(PAGE, rest.size()));
    var changes = page.stream().map(l -> new Change(l.id, fileIn(log, l.id))).toList();
    boolean last = rest.size() <= PAGE;
    int position = last ? positions[log] : page.getLast().position;
    return new ChangePage(changes, new Token(token.generation, position), last);
  }

  /** What has left a drive is removed for the readers of that drive. */
  private @Nullable File fileIn(int log, String id) {
    return driveOf(id) == log ? get(id) : null;
  }

  // What happens.

  String make(Kind kind, @Nullable String parent, @Nullable String target) {
    var letter = kind == Kind.FOLDER ? "F" : kind == Kind.IMAGE ? "p" : "s";
    return make(letter + ++made, kind, parent, target).id;
  }

  Item make(String id, Kind kind, @Nullable String parent, @Nullable String target) {
    var item = new Item(id, kind, parent, target);
    items.put(id, item);
    return item;
  }

  /** An entry of the item will appear in the log of the drive where it lies. */
  void emit(String id, int log) {
    double lag = world.has(Weather.LATE_FEED) ? 8 * world.random() * (world.chance(.2) ? 3 : 1) : 0;
    pending.add(new Pending(log, id, world.now + lag));
  }

  void rejectTokens() {
    for (int log : List.of(USER, SHARED)) {
      generations[log]++;
    }
  }

  /** Entries whose time has come enter the log; mostly one per item is kept. */
  void tick() {
    pending.removeIf(p -> {
      if (p.at > world.now) {
        return false;
      }
      var log = logs.get(p.log);
      if (!(world.has(Weather.REPEATED_ENTRIES) && world.chance(.1))) {
        log.removeIf(l -> l.id.equals(p.id));
      }
      log.add(new Logged(++positions[p.log], p.id));
      return true;
    });
  }

  Collection<Item> all() {
    return items.values();
  }

  private @Nullable Item find(@Nullable String id) {
    return id == null ? null : items.get(id);
  }
}
