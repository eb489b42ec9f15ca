package org.drivelens.worker.sync;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.drivelens.drive.DriveFile;
import org.drivelens.worker.feed.FeedEntry;
import org.drivelens.worker.feed.FeedLog.Stretch;
import org.drivelens.worker.photos.FolderTree;
import org.drivelens.worker.photos.FolderTree.Folder;
import org.drivelens.worker.photos.Removal;
import org.jspecify.annotations.Nullable;

/**
 * Works out what a stretch of the feed means for one event: folder entries first and together, as
 * one new tree, then what left with departed folders, then files. Doubts are settled by asking
 * Drive now. Writes nothing, but for what {@link Departures} proves.
 *
 * <p>The rules are those of the randomised protocol model; each comment says what goes wrong
 * without it. Used once.
 */
final class FeedChanges {

  private final Storage storage;
  private final Claim claim;
  private final Lookups lookups;
  private final Stretch stretch;
  private final FeedView view;
  private final FolderTree tree;
  private final FileChanges files;
  private final Departures departures;
  private final FeedShortcuts shortcuts;

  /** What is to be written, and up to where it goes. */
  record Plan(
      List<DriveFile> put,
      List<Removal> removals,
      FolderTree tree,
      Set<String> entered,
      Set<String> listAgain,
      List<DriveFile> hiding,
      long upTo) {}

  FeedChanges(Storage storage, Lease lease, Lookups lookups, Stretch stretch, FeedView view) {
    this.storage = storage;
    this.claim = lease.claim();
    this.lookups = lookups;
    this.stretch = stretch;
    this.view = view;
    this.tree = view.tree();
    this.departures = new Departures(lookups, lease, storage, tree);
    this.shortcuts = new FeedShortcuts(view);
    this.files = new FileChanges(view);
  }

  /**
   * A folder above the event's own changed, a shortcut to a folder, or what a shortcut leads to:
   * what this brings or takes shows in no entry of ours.
   */
  boolean asksForWalk() {
    var entries = view.entries();
    return storage.folders().deciding(claim.key(), entries.keySet()).entrySet().stream()
        .anyMatch(known -> isNewer(entries.get(known.getKey()), known.getValue()));
  }

  private static boolean isNewer(@Nullable FeedEntry entry, long version) {
    return entry != null && (entry.file() == null ? version > 0 : entry.file().version() > version);
  }

  /**
   * @throws org.drivelens.worker.trouble.RootTrouble if the event's own folder is the trouble
   */
  Plan plan() {
    dropOutdatedFolderEntries();
    askAboutImpliedTrash();
    if (view.entries().values().stream().anyMatch(e -> e.file() == null || e.file().trashed())) {
      // Everything may look gone because we lost access ourselves.
      lookups.requireRoot();
    }
    enterRootAgain();
    var departed = folders();
    departed.addAll(shortcuts.folders());
    settleDepartures(departed);
    view.eachEntry().forEach(files::apply);
    var hiding = settleDoubts();
    return new Plan(
        List.copyOf(files.put().values()),
        List.copyOf(files.removals().values()),
        tree,
        view.entered(),
        view.listAgain(),
        hiding,
        stretch.upTo());
  }

  /** Pages of the feed and of listings overtake each other. */
  private void dropOutdatedFolderEntries() {
    view.entries().values().removeIf(view::outdated);
  }

  /** The trash flag that a folder inherits lags behind (drive-api 5.3). */
  private void askAboutImpliedTrash() {
    for (var entry : view.eachEntry()) {
      var file = entry.file();
      if (file != null && file.isFolder() && file.trashed() && !file.explicitlyTrashed()) {
        view.asked(entry, file.resourceKey());
      }
    }
  }

  private void enterRootAgain() {
    var entry = view.entries().get(claim.root());
    if (entry != null && entry.file() != null && !entry.file().trashed()) {
      lookups.requireDrive(entry.file());
      var folder = tree.get(claim.root());
      if (folder == null || folder.version() < entry.file().version()) {
        tree.put(Folder.root(entry.file()));
        view.listAgain().add(claim.root());
      }
    }
  }

  /**
   * Places every folder that has an entry.
   *
   * @return known folders that are not inside any more
   */
  private Set<String> folders() {
    var departed = new HashSet<String>();
    var arrived = new LinkedHashMap<String, DriveFile>();
    for (var entry : view.eachEntry()) {
      if (entry.fileId().equals(claim.root()) || !view.isFolder(entry)) {
        continue;
      }
      view.settled(entry).ifPresent(now -> folder(now, arrived, departed));
    }
    arrived.values().forEach(this::arrive);
    return departed;
  }

  private void folder(
      FeedEntry entry, Map<String, DriveFile> arrived, Collection<String> departed) {
    if (entry.file() == null) {
      departed.add(entry.fileId());
      return;
    }
    var climbed = view.climb().from(entry.fileId());
    if (climbed.end() == Climb.End.INSIDE) {
      climbed.path().forEach(f -> arrived.put(f.id(), f));
      listAgainIfNewer(entry.file());
    } else if (tree.has(entry.fileId()) && climbed.end() != Climb.End.UNKNOWN) {
      departed.add(entry.fileId());
    }
  }

  /**
   * Trash and restore, out and back, unshare and share coalesce to one entry that looks unchanged:
   * only its version tells that the folder is to be listed again.
   */
  private void listAgainIfNewer(DriveFile folder) {
    var known = tree.get(folder.id());
    if (known != null
        && (known.version() < folder.version()
            || (view.walk().open() && !view.walk().listed().contains(folder.id())))) {
      view.listAgain().add(folder.id());
    }
  }

  private void arrive(DriveFile folder) {
    if (!tree.has(folder.id())) {
      view.entered().add(folder.id());
    }
    if (view.entries().containsKey(folder.id())) {
      tree.put(Folder.of(folder));
    } else {
      tree.place(folder);
    }
  }

  /** What lay in a departed folder may have been moved out of it before. */
  private void settleDepartures(Set<String> departed) {
    var settled = departures.settle(departed, view.entries().keySet());
    settled.present().forEach(f -> files.put().put(f.id(), f));
    settled.left().forEach(tree::drop);
    settled.left().forEach(view.entered()::remove);
    settled.left().forEach(view.listAgain()::remove);
    settled.entered().values().forEach(view::enter);
    settled.back().forEach(view.listAgain()::add);
  }

  /**
   * Whatever is in doubt is asked for now: what it was when Drive wrote the entry proves nothing.
   *
   * @return folders that hide what lies in them
   */
  private List<DriveFile> settleDoubts() {
    var climb = Climb.asking(lookups, claim.root(), tree);
    var ours = storage.removals().ours(claim.key(), this::isOurs);
    var settled = Absences.settle(lookups, climb, ours, files.doubtful().values());
    settled.gone().forEach(r -> files.removals().put(r.fileId(), r));
    settled.present().forEach(f -> files.put().put(f.id(), f));
    settled.entered().values().forEach(view::enter);
    return settled.hiding();
  }

  private boolean isOurs(String folder) {
    return tree.has(folder) || tree.dropped().contains(folder);
  }
}
