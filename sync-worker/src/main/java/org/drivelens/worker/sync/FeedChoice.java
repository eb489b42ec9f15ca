package org.drivelens.worker.sync;

import org.drivelens.drive.DriveFile;

/**
 * Which change log an event follows: that of the shared drive in which its folder lies, else that
 * of the credential. It is found when a walk begins; until then walking is right.
 */
final class FeedChoice {

  private final Lease lease;
  private final Claim claim;
  private final Storage storage;

  FeedChoice(Lease lease, Storage storage) {
    this.lease = lease;
    this.claim = lease.claim();
    this.storage = storage;
  }

  /**
   * Makes the event follow the feed of the place where its folder lies.
   *
   * @return whether that is another one than before, or the folder has moved: then the walk begins
   *     anew, once that feed has a position
   */
  boolean changes(EventState state, DriveFile root) {
    // Made outside the transaction: rows of feeds are never locked after those of events.
    var feed = storage.feeds().of(state.credential(), root.driveId());
    // A folder may be shared with us without its drive: then only walks tell what happens in it.
    var blind = feed.refused();
    var followed = blind ? storage.feeds().of(state.credential(), null) : feed;
    if (state.follows(root) && followed.id().equals(state.feedId())) {
      return false;
    }
    lease.write(() -> storage.states().follow(claim, followed.id(), root.driveId(), blind));
    return true;
  }
}
