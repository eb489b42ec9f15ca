package org.drivelens.worker.sync;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.drivelens.drive.DriveFile;
import org.drivelens.drive.DriveProblem;
import org.drivelens.worker.feed.FeedEntry;
import org.drivelens.worker.photos.FolderTree;
import org.jspecify.annotations.Nullable;

/**
 * Climbs from a folder to the event's own, to tell whether something lies inside. What the feed
 * says of a folder counts before what we hold, and what neither knows is asked for, once: a climb
 * is used for one decision and not kept.
 */
final class Climb {

  /** Where a climb ended. */
  enum End {
    /** At the event's own folder. */
    INSIDE,
    /** At the top of what we can see. */
    OUTSIDE,
    /** At a folder in the trash. */
    TRASHED,
    /** At a folder that is gone or that we may not see. */
    GONE,
    /** At a folder of which Drive tells too little: nothing is known. */
    UNKNOWN
  }

  /**
   * Where a climb led.
   *
   * @param path folders on the way whose state is newer than what we hold
   */
  record Result(End end, List<DriveFile> path) {

    /** The last folder that was asked for or has an entry; null if none was. */
    @Nullable String last() {
      return path.isEmpty() ? null : path.getLast().id();
    }
  }

  private final Map<String, Optional<DriveFile>> asked = new HashMap<>();
  private final Lookups lookups;
  private final String root;
  private final Function<String, @Nullable FeedEntry> entries;
  private final Function<String, FolderTree.@Nullable Folder> known;
  private final FolderTree tree;

  /**
   * @param entries what the feed says of a folder, or null when it says nothing
   * @param known a folder of the event whose place can be relied on, or null
   * @param tree says which folders are reached through shortcuts
   */
  Climb(
      Lookups lookups,
      String root,
      Function<String, @Nullable FeedEntry> entries,
      Function<String, FolderTree.@Nullable Folder> known,
      FolderTree tree) {
    this.lookups = lookups;
    this.root = root;
    this.entries = entries;
    this.known = known;
    this.tree = tree;
  }

  /** A climb that believes Drive alone. */
  static Climb asking(Lookups lookups, String root, FolderTree tree) {
    return new Climb(lookups, root, id -> null, id -> null, tree);
  }

  Result from(@Nullable String folder) {
    var path = new ArrayList<DriveFile>();
    var met = new HashSet<String>();
    var at = folder;
    while (!root.equals(at)) {
      if (at == null || !met.add(at)) {
        return new Result(End.OUTSIDE, path);
      }
      var entry = entries.apply(at);
      var held = entry == null ? known.apply(at) : null;
      if (held != null) {
        at = held.parentId();
        continue;
      }
      DriveFile file;
      try {
        file = now(at, entry);
      } catch (DriveProblem.Unreadable e) {
        return new Result(End.UNKNOWN, path);
      }
      if (file == null || file.trashed()) {
        return new Result(file == null ? End.GONE : End.TRASHED, path);
      }
      path.add(file);
      at = file.parentId();
    }
    return new Result(End.INSIDE, path);
  }

  /** A folder as it is now: in the place of the shortcut that shows it, if that still stands. */
  private @Nullable DriveFile now(String id, @Nullable FeedEntry entry) {
    var folder = entry != null && isClear(entry.file()) ? entry.file() : asked(id);
    var shortcutId = tree.shortcutTo(id);
    if (folder == null || shortcutId == null) {
      return folder;
    }
    var said = entries.apply(shortcutId);
    var shortcut = said != null && isClear(said.file()) ? said.file() : asked(shortcutId);
    return shortcut != null && shortcut.leadsTo(id) && !shortcut.trashed()
        ? shortcut.through(folder)
        : folder;
  }

  /** The trash flag that a folder hands down lags behind (drive-api 5.3). */
  private static boolean isClear(@Nullable DriveFile file) {
    return file != null && (!file.trashed() || file.explicitlyTrashed());
  }

  private @Nullable DriveFile asked(String item) {
    var known = asked.get(item);
    if (known == null) {
      known = lookups.get(item, null);
      asked.put(item, known);
    }
    return known.orElse(null);
  }
}
