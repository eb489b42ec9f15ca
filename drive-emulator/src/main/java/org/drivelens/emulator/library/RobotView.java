package org.drivelens.emulator.library;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.drivelens.emulator.fault.Oddity;
import org.jspecify.annotations.Nullable;

/** The library through the robot's eyes: what is not shared with it does not exist. */
public final class RobotView {

  private final Store store;

  RobotView(Store store) {
    this.store = store;
  }

  /** One page of a listing; {@code next} is where the following page goes on, null at the end. */
  public record Page(List<Seen> files, @Nullable Long next) {}

  /**
   * An entry of a change log with the state now.
   *
   * @param file null if it is gone or out of sight, or if this is about a drive
   * @param left the file is there but no longer in what this log is about
   * @param aboutDrive the id is a shared drive's
   * @param drive null if it is gone or the robot is no member, or if this is about a file
   */
  public record Change(
      long position,
      String id,
      Instant time,
      @Nullable Seen file,
      boolean left,
      boolean aboutDrive,
      @Nullable SharedDrive drive) {

    /** An entry about nothing. */
    public static Change viewed(Seen file, Instant time) {
      return new Change(0, file.item().id(), time, file, false, false, null);
    }

    /** No longer there for whoever reads this log. */
    public boolean removed() {
      return aboutDrive ? drive == null : file == null || left;
    }
  }

  /**
   * Which log is read.
   *
   * @param driveId a shared drive's, null for the robot's own
   * @param everyDrive whether the robot's own also tells of the drives it is a member of
   */
  public record Log(@Nullable String driveId, boolean everyDrive) {

    boolean wants(Feed.Entry entry) {
      return driveId != null || everyDrive || entry.mine();
    }

    boolean holds(Seen seen) {
      return driveId == null
          ? everyDrive || seen.driveId() == null
          : driveId.equals(seen.driveId());
    }
  }

  /** A page of changes; {@code last} when no more follow, and then {@code next} is the head. */
  public record Changes(List<Change> changes, long next, boolean last) {}

  /** The top of the robot's own My Drive. */
  public String rootId() {
    return store.read(tree -> tree.resolve("root"));
  }

  public @Nullable Seen find(String idOrAlias) {
    return store.read(tree -> sight(tree).of(tree.find(tree.resolve(idOrAlias))));
  }

  /**
   * Newest first.
   *
   * @param parents where to look, null for everywhere
   * @param before only items created before this ordinal; null for the first page
   */
  public Page page(
      @Nullable Set<String> parents, Predicate<Seen> wanted, @Nullable Long before, int limit) {
    return store.read(tree -> {
      var found = new ArrayList<Seen>();
      var candidates = newestFirst(tree, parents, before);
      while (candidates.hasNext()) {
        Seen seen = candidates.next();
        if (wanted.test(seen)) {
          if (found.size() == limit) {
            return new Page(found, found.getLast().item().ordinal());
          }
          found.add(seen);
        }
      }
      return new Page(found, null);
    });
  }

  /** Ids of everything wanted, in order. */
  public List<String> sorted(
      @Nullable Set<String> parents, Predicate<Seen> wanted, Comparator<Seen> order) {
    return store.read(tree -> {
      var found = new ArrayList<Seen>();
      newestFirst(tree, parents, null)
          .forEachRemaining(seen -> {
            if (wanted.test(seen)) {
              found.add(seen);
            }
          });
      found.sort(order);
      return found.stream().map(seen -> seen.item().id()).toList();
    });
  }

  /** Those that still exist, in the given order. */
  public List<Seen> all(List<String> ids) {
    return store.read(tree -> {
      var sight = sight(tree);
      return ids.stream()
          .map(id -> sight.of(tree.find(id)))
          .filter(Objects::nonNull)
          .map(Seen.class::cast)
          .toList();
    });
  }

  /** The shared drives that the robot is a member of, oldest first. */
  public List<SharedDrive> drives() {
    return store.read(tree -> tree.drives().stream().filter(SharedDrive::member).toList());
  }

  /** Null if there is no such shared drive; one that the robot is no member of is found too. */
  public @Nullable SharedDrive drive(String id) {
    return store.read(tree -> tree.drive(id));
  }

  /** Where the change log will go on; of an existing drive, or the robot's own if null. */
  public long head(@Nullable String driveId) {
    store.addLate();
    return store.read(tree -> store.feeds().of(driveId).head(tooYoung(Oddity.LATE_FEED)));
  }

  /** Null if there is no such position (any more). */
  public @Nullable Changes changes(Log log, long from, int limit) {
    store.addLate();
    return store.read(tree -> {
      Feed feed = store.feeds().of(log.driveId());
      if (!feed.knows(from)) {
        return null;
      }
      var sight = sight(tree);
      Instant tooYoung = tooYoung(Oddity.LATE_FEED);
      var entries = feed.from(from, limit + 1, log::wants, tooYoung);
      boolean last = entries.size() <= limit;
      long next = last ? Math.max(from, feed.head(tooYoung)) : entries.get(limit).position();
      var changes =
          entries.stream().limit(limit).map(entry -> now(entry, log, tree, sight)).toList();
      return new Changes(changes, next, last);
    });
  }

  private static Change now(Feed.Entry entry, Log log, Tree tree, Sight sight) {
    if (entry.isDrive()) {
      SharedDrive drive = tree.drive(entry.id());
      return new Change(
          entry.position(),
          entry.id(),
          entry.time(),
          null,
          false,
          true,
          drive != null && drive.member() ? drive : null);
    }
    Seen seen = sight.of(tree.find(entry.id()));
    boolean left = seen != null && !log.holds(seen);
    return new Change(entry.position(), entry.id(), entry.time(), seen, left, false, null);
  }

  /** Something that the robot sees, one of many; null if it sees nothing there. */
  public @Nullable Seen any(int draw) {
    return store.read(tree -> {
      long ordinal = 1 + draw % tree.nextOrdinal();
      var entry = tree.ordinals(null).ceilingEntry(ordinal);
      Seen seen = entry == null ? null : sight(tree).of(tree.find(entry.getValue()));
      return seen == null || seen.item().parentId() == null ? null : seen;
    });
  }

  /** Differs when something is put into a folder or taken out. */
  public int childrenHash(String folderId) {
    return store.read(tree -> {
      var ids = tree.ordinals(tree.resolve(folderId)).keySet();
      return ids.hashCode();
    });
  }

  private @Nullable Instant tooYoung(Oddity oddity) {
    return store.oddities().tooYoung(oddity);
  }

  private Sight sight(Tree tree) {
    return new Sight(tree, tooYoung(Oddity.LATE_TRASH));
  }

  public byte[] bytes(Content content) {
    return store.contents().read(content);
  }

  /** The file that holds the bytes, so that large ones need no memory; null if there is none. */
  public @Nullable Path file(Content content) {
    return store.contents().file(content);
  }

  private Iterator<Seen> newestFirst(
      Tree tree, @Nullable Set<String> parents, @Nullable Long before) {
    var sources = new ArrayList<NavigableMap<Long, String>>();
    if (parents == null) {
      sources.add(tree.ordinals(null));
    } else {
      parents.forEach(parent -> sources.add(tree.ordinals(parent)));
    }
    return new Merge(tree, sight(tree), sources, before);
  }
}
