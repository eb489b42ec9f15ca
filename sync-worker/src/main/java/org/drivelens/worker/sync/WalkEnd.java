package org.drivelens.worker.sync;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.drivelens.drive.DriveFile;
import org.drivelens.worker.photos.FolderTree;

/**
 * Ends a walk: confirms what it did not show, removes what is gone, and makes its position the
 * event's. If that opens folders which were not listed, they are listed first and the end begins
 * again.
 */
final class WalkEnd {

  private final Lookups lookups;
  private final Lease lease;
  private final Claim claim;
  private final Storage storage;

  WalkEnd(Lookups lookups, Lease lease, Storage storage) {
    this.lookups = lookups;
    this.lease = lease;
    this.claim = lease.claim();
    this.storage = storage;
  }

  void full() {
    // Trash and moves above the event's own folder show in no entry of ours.
    if (!chainAsWhenItBegan()) {
      lease.write(() -> storage.states().wantWalk(claim));
      return;
    }
    var tree = tree();
    var listed = storage.walks().folders(claim, true);
    var climb =
        new Climb(
            lookups, claim.root(), id -> null, id -> listed.contains(id) ? tree.get(id) : null);
    var absences = Absences.settle(lookups, climb, storage.walks().unseen(claim.key()));
    lease.write(() -> {
      if (keep(absences, tree, listed)) {
        return;
      }
      remove(absences);
      var unlisted = new HashSet<>(tree.ids());
      unlisted.removeAll(listed);
      unlisted.remove(claim.root());
      storage.folders().delete(claim.key(), unlisted);
      storage.issues().recount(claim.key());
      storage.states().promote(claim);
      storage.walks().drop(claim);
    });
  }

  void subtree() {
    var tree = tree();
    var listed = storage.walks().folders(claim, true);
    var tops = storage.walks().tops(claim);
    var below = tree.below(tops);
    if (tops.contains(claim.root())) {
      below.add(claim.root());
    }
    var doubtful =
        storage.walks().unseen(claim.key()).stream()
            .filter(p -> below.contains(p.parentId()))
            .toList();
    var absences = Absences.settle(lookups, Climb.asking(lookups, claim.root()), doubtful);
    lease.write(() -> {
      if (keep(absences, tree, listed)) {
        return;
      }
      remove(absences);
      below.removeAll(listed);
      below.removeAll(tops);
      below.remove(claim.root());
      storage.folders().delete(claim.key(), below);
      storage.issues().recount(claim.key());
      storage.walks().drop(claim);
      storage.states().progressed(claim);
    });
  }

  private FolderTree tree() {
    return storage.folders().tree(claim.key(), claim.root());
  }

  private boolean chainAsWhenItBegan() {
    var now = lookups.above(lookups.root()).stream().map(DriveFile::id).collect(Collectors.toSet());
    return now.equals(storage.folders().ancestors(claim.key()).keySet());
  }

  /**
   * Keeps the photos that are still inside.
   *
   * @return whether that opened folders which must be listed first
   */
  private boolean keep(Absences absences, FolderTree tree, Set<String> listed) {
    storage.runs().add(claim, storage.photos().put(claim.key(), absences.present()));
    storage.walks().seen(claim.event(), absences.present());
    var unlisted = new HashSet<String>();
    for (Map.Entry<String, DriveFile> entered : absences.entered().entrySet()) {
      tree.place(entered.getValue());
      if (!listed.contains(entered.getKey())) {
        unlisted.add(entered.getKey());
      }
    }
    storage.folders().put(claim.key(), tree.changed());
    storage.walks().enter(claim.event(), unlisted);
    return !unlisted.isEmpty();
  }

  private void remove(Absences absences) {
    storage.runs().add(claim, storage.photos().remove(claim.key(), absences.gone()));
  }
}
