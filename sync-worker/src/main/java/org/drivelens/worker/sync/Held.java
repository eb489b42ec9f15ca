package org.drivelens.worker.sync;

import java.util.Optional;
import org.drivelens.worker.photos.Tally;

/** What becomes of photos that were kept although they seem to be gone. */
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

  void removeAccepted() {
    lease.write(() -> {
      Tally removed = storage.removals().removeAccepted(claim.key(), REMOVED_AT_ONCE);
      storage.runs().add(claim, removed);
      storage.states().progressed(claim);
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
