package org.drivelens.worker.sync;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.drivelens.drive.DriveFile;
import org.drivelens.worker.photos.FolderTree;
import org.jspecify.annotations.Nullable;

/**
 * Ends a walk: confirms what it did not show, removes what is gone, and makes its position the
 * event's. If that opens folders which were not listed, they are listed first and the end begins
 * again.
 */
final class WalkEnd {

  private static final int AT_ONCE = 5_000;

  private final Lookups lookups;
  private final Lease lease;
  private final Claim claim;
  private final Storage storage;
  private final Duration listAgainAfter;
  private final Slice slice;

  WalkEnd(Lookups lookups, Lease lease, Storage storage, Duration listAgainAfter, Slice slice) {
    this.lookups = lookups;
    this.lease = lease;
    this.claim = lease.claim();
    this.storage = storage;
    this.listAgainAfter = listAgainAfter;
    this.slice = slice;
  }

  void full() {
    // Trash and moves above the event's own folder show in no entry of ours.
    if (!chainAsWhenItBegan()) {
      lease.write(() -> storage.states().wantWalk(claim));
      return;
    }
    var tree = tree();
    var listed = storage.walks().folders(claim, true);
    if (!settleUnseen(null, tree, listed, id -> listed.contains(id) ? tree.get(id) : null)) {
      return;
    }
    lease.write(() -> {
      var unlisted = new HashSet<>(tree.ids());
      unlisted.removeAll(listed);
      unlisted.remove(claim.root());
      storage.coverage().walked(claim.key());
      storage.folders().delete(claim.key(), unlisted);
      storage.issues().walked(claim.key());
      storage.states().promote(claim);
      storage.fullWalks().completed(claim.event());
      drop();
    });
  }

  void subtree() {
    var tree = tree();
    var listed = storage.walks().folders(claim, true);
    var tops = storage.walks().tops(claim);
    var below = tree.below(tops);
    var strays = strays(tree, below, listed, tops);
    if (!strays.isEmpty() && settleStrays(strays, tree, listed, tops)) {
      return;
    }
    if (tops.contains(claim.root())) {
      below.add(claim.root());
    }
    if (!settleUnseen(below, tree, listed, id -> null)) {
      return;
    }
    lease.write(() -> {
      below.removeAll(listed);
      below.removeAll(tops);
      below.remove(claim.root());
      if (storage.shortcuts().areIn(claim.key(), below)) {
        storage.states().walkLater(claim);
      }
      storage.folders().delete(claim.key(), below);
      storage.states().progressed(claim);
      drop();
    });
  }

  /** Folders that were listed, below one that was not and so has left. */
  private static Set<String> strays(
      FolderTree tree, Set<String> below, Set<String> listed, Set<String> tops) {
    var left = new HashSet<>(below);
    left.removeAll(listed);
    left.removeAll(tops);
    var strays = tree.below(left);
    strays.removeAll(left);
    return strays;
  }

  /**
   * No entry may tell whether these left as well, so each is asked for: one that is inside is
   * placed where it is now, and what was shown of any other counts no more.
   *
   * @return whether that opened folders which must be listed first
   */
  private boolean settleStrays(
      Set<String> strays, FolderTree tree, Set<String> listed, Set<String> tops) {
    var climb = Climb.asking(lookups, claim.root(), tree);
    var gone = new HashSet<String>();
    var unlisted = new HashSet<String>();
    for (var stray : strays) {
      var climbed = climb.from(stray);
      if (climbed.end() == Climb.End.INSIDE) {
        climbed.path().forEach(tree::place);
        climbed.path().forEach(folder -> unlisted.add(folder.id()));
      } else if (climbed.end() != Climb.End.UNKNOWN) {
        gone.add(stray);
      }
    }
    unlisted.removeAll(listed);
    listed.removeAll(gone);
    tops.removeAll(gone);
    lease.write(() -> {
      storage.folders().put(claim.key(), tree.changed());
      storage.walks().forget(claim.event(), gone);
      storage.walks().enter(claim.key(), unlisted);
    });
    return !unlisted.isEmpty();
  }

  private void drop() {
    storage.folders().listAgain(claim.key(), storage.walks().freshTops(claim), listAgainAfter);
    storage.folders().listTroubledAgain(claim.key(), listAgainAfter);
    storage.issues().recount(claim.key());
    storage.walks().drop(claim);
  }

  /**
   * Asks for each photo that the walk did not show, some at a time, so that memory does not grow
   * with the folder. What is found gone is removed at once, or noted to be in doubt: each by
   * itself.
   *
   * @param folders only photos that lie in these; null for all
   * @param known a folder whose place can be relied on, or null
   * @return whether the walk can end: nothing is left, and no folder is to be listed first
   */
  private boolean settleUnseen(
      @Nullable Set<String> folders,
      FolderTree tree,
      Set<String> listed,
      Function<String, FolderTree.@Nullable Folder> known) {
    var ours = storage.removals().ours(claim.key(), tree::has);
    var after = "";
    while (!slice.isOver()) {
      var unseen = storage.sightings().unseen(claim.key(), folders, after, AT_ONCE);
      if (unseen.isEmpty()) {
        return true;
      }
      // Anew for each lot: our own folder must answer now.
      lookups.root();
      var climb = new Climb(lookups, claim.root(), id -> null, known, tree);
      var absences = Absences.settle(lookups, climb, ours, unseen);
      var opened =
          lease.write(() -> {
            storage.runs().add(claim, storage.removals().apply(claim.key(), absences.gone()));
            storage.issues().mayNotList(claim.key(), absences.hiding());
            return keep(absences, tree, listed);
          });
      if (opened) {
        return false;
      }
      after = unseen.getLast().driveFileId();
    }
    return false;
  }

  private FolderTree tree() {
    return storage.folders().tree(claim.key(), claim.root());
  }

  private boolean chainAsWhenItBegan() {
    var root = lookups.root();
    lookups.requireDrive(root);
    var now = lookups.above(root).stream().map(DriveFile::id).collect(Collectors.toSet());
    return now.equals(storage.folders().ancestors(claim.key()));
  }

  /**
   * Keeps the photos that are still inside.
   *
   * @return whether that opened folders which must be listed first
   */
  private boolean keep(Absences absences, FolderTree tree, Set<String> listed) {
    storage.runs().add(claim, storage.photos().put(claim.key(), absences.present()));
    storage.issues().resolve(claim.key(), absences.present().stream().map(DriveFile::id).toList());
    storage.issues().recordOfKnown(claim.key(), lookups.unreadable());
    storage.sightings().seen(claim.event(), absences.present());
    storage.sightings().hidden(claim.event(), absences.hidden());
    var unlisted = new HashSet<String>();
    for (Map.Entry<String, DriveFile> entered : absences.entered().entrySet()) {
      tree.place(entered.getValue());
      if (!listed.contains(entered.getKey())) {
        unlisted.add(entered.getKey());
      }
    }
    storage.folders().put(claim.key(), tree.changed());
    storage.walks().enter(claim.key(), unlisted);
    return !unlisted.isEmpty();
  }
}
