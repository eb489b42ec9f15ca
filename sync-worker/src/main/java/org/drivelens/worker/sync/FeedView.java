package org.drivelens.worker.sync;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.drivelens.drive.DriveFile;
import org.drivelens.drive.DriveProblem;
import org.drivelens.worker.feed.FeedEntry;
import org.drivelens.worker.feed.FeedLog.Stretch;
import org.drivelens.worker.photos.FolderTree;
import org.drivelens.worker.photos.FolderTree.Folder;
import org.drivelens.worker.photos.HeldPhoto;
import org.jspecify.annotations.Nullable;

/**
 * What is known while a stretch of the feed is worked out for one event: its entries, the photos
 * and folders that we hold, the walk in progress, and the new tree as it takes shape.
 */
final class FeedView {

  private final Storage storage;
  private final Claim claim;
  private final Lookups lookups;
  private final Stretch stretch;
  private final Map<String, FeedEntry> entries;
  private final Map<String, HeldPhoto> held;
  private final FolderTree tree;
  private final OpenWalk walk;
  private final Climb climb;
  private final Map<String, Optional<FeedEntry>> elsewhere = new HashMap<>();
  private final Set<String> entered = new LinkedHashSet<>();
  private final Set<String> listAgain = new LinkedHashSet<>();

  /**
   * The full walk in progress. While it is open, a folder is known only if this walk listed it or
   * has it in its frontier: what an earlier walk knew may have moved.
   */
  record OpenWalk(boolean open, Set<String> listed, Set<String> frontier) {
    static final OpenWalk NONE = new OpenWalk(false, Set.of(), Set.of());
  }

  FeedView(
      Storage storage,
      Claim claim,
      Lookups lookups,
      Stretch stretch,
      Map<String, FeedEntry> entries,
      OpenWalk walk) {
    this.storage = storage;
    this.claim = claim;
    this.lookups = lookups;
    this.stretch = stretch;
    this.entries = new LinkedHashMap<>(entries);
    this.held = storage.photos().held(claim.key(), entries.keySet());
    this.tree = storage.folders().tree(claim.key(), claim.root());
    this.walk = walk;
    this.climb = new Climb(lookups, claim.root(), this::entry, this::known, tree);
  }

  Map<String, FeedEntry> entries() {
    return entries;
  }

  /** A copy, so that entries may be settled on the way. */
  Collection<FeedEntry> eachEntry() {
    return List.copyOf(entries.values());
  }

  @Nullable HeldPhoto held(String fileId) {
    return held.get(fileId);
  }

  FolderTree tree() {
    return tree;
  }

  Climb climb() {
    return climb;
  }

  OpenWalk walk() {
    return walk;
  }

  /** Folders that are new in the tree. */
  Set<String> entered() {
    return entered;
  }

  /** Folders to be listed again, with all below them. */
  Set<String> listAgain() {
    return listAgain;
  }

  void enter(DriveFile folder) {
    if (!isKnown(folder.id())) {
      entered.add(folder.id());
    }
    tree.place(folder);
  }

  boolean isFolder(FeedEntry entry) {
    return tree.has(entry.fileId()) || (entry.file() != null && entry.file().isFolder());
  }

  /**
   * A removed entry is settled by asking for the item: an answer is treated as its entry. Nothing
   * if Drive tells too little of it: then it stays as it is.
   */
  Optional<FeedEntry> settled(FeedEntry entry) {
    if (entry.file() != null) {
      return Optional.of(entry);
    }
    var photo = held.get(entry.fileId());
    return asked(entry, photo == null ? null : photo.resourceKey());
  }

  /** The entry as Drive would write it now. */
  Optional<FeedEntry> asked(FeedEntry entry, @Nullable String resourceKey) {
    try {
      var asked =
          new FeedEntry(entry.fileId(), lookups.get(entry.fileId(), resourceKey).orElse(null));
      entries.put(entry.fileId(), asked);
      return Optional.of(asked);
    } catch (DriveProblem.Unreadable e) {
      entries.remove(entry.fileId());
      return Optional.empty();
    }
  }

  /** Whether there is any word of its folder, which a walk in progress need not have confirmed. */
  boolean mayLieInside(DriveFile file) {
    return file.parentId() != null && tree.has(file.parentId());
  }

  boolean isKnown(@Nullable String folder) {
    return folder != null
        && tree.has(folder)
        && (!walk.open()
            || folder.equals(claim.root())
            || walk.listed().contains(folder)
            || walk.frontier().contains(folder)
            || entered.contains(folder)
            || listAgain.contains(folder));
  }

  private @Nullable Folder known(String folder) {
    return !walk.open() || walk.listed().contains(folder) ? tree.get(folder) : null;
  }

  /** Entries of folders that do not touch the event count too when something lies below them. */
  private @Nullable FeedEntry entry(String folder) {
    var entry = entries.get(folder);
    return entry != null
        ? entry
        : elsewhere
            .computeIfAbsent(folder, f -> storage.log().entry(stretch, f).filter(e -> !outdated(e)))
            .orElse(null);
  }

  boolean outdated(FeedEntry entry) {
    var folder = tree.get(entry.fileId());
    return folder != null && entry.file() != null && folder.version() > entry.file().version();
  }
}
