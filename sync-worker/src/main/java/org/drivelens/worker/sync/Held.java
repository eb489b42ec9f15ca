package org.drivelens.worker.sync;

import java.util.Optional;

/** What becomes of photos that seem to be gone. */
final class Held {

  private static final int REMOVED_AT_ONCE = 5_000;

  /** Whoever lost sight of a folder lost sight of all in it, so a few tell of the others. */
  private static final int ASKED = 20;

  private final Lookups lookups;
  private final Lease lease;
  private final Claim claim;
  private final Storage storage;

  Held(Lookups lookups, Lease lease, Storage storage) {
    this.lookups = lookups;
    this.lease = lease;
    this.claim = lease.claim();
    this.storage = storage;
  }

  /** What seems to be gone goes, or is kept because it is too much. */
  void decide() {
    lease.write(() -> {
      storage.runs().add(claim, storage.removals().decide(claim.key(), REMOVED_AT_ONCE));
      storage.states().progressed(claim);
    });
  }

  /**
   * Asks once more for what somebody accepted to be gone: since then it may have come back, or we
   * may have lost the whole folder. If any of it is there, a walk settles that.
   */
  void removeAccepted() {
    var accepted = storage.removals().accepted(claim.key(), REMOVED_AT_ONCE);
    var tree = storage.folders().tree(claim.key(), claim.root());
    var climb = Climb.asking(lookups, claim.root(), tree);
    var ours = storage.removals().ours(claim.key(), tree::has);
    var gone = Absences.settle(lookups, climb, ours, accepted).gone();
    lease.write(() -> {
      storage.runs().add(claim, storage.removals().removeAccepted(claim.key(), accepted, gone));
      storage.states().progressed(claim);
      if (gone.size() < accepted.size()) {
        storage.states().wantWalk(claim);
      }
    });
  }

  /**
   * If any of them answers again, whatever it says, the whole folder is listed anew: that settles
   * them all, and their folders too. The feed need not tell of it.
   */
  void look() {
    var seen =
        lookups.get(storage.removals().anyFewHeld(claim.key(), ASKED)).values().stream()
            .anyMatch(Optional::isPresent);
    lease.write(() -> {
      storage.removals().lookLater(claim.key());
      if (seen) {
        storage.states().wantWalk(claim);
      }
    });
  }
}
