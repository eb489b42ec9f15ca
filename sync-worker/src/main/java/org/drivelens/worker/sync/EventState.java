package org.drivelens.worker.sync;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.drivelens.drive.DriveFile;
import org.jspecify.annotations.Nullable;

/**
 * Where the sync of an event stands: all that is needed to decide what comes next.
 *
 * @param feedId the feed that it follows
 * @param credential whose feed that is
 * @param feedDrive the shared drive whose feed that is; null for the credential's own
 * @param feedRefused that feed is closed to us
 * @param driveId the shared drive in which the event's folder was when the last walk began
 * @param partial the feed does not report all that changes here
 * @param epoch epoch of the feed now
 * @param head sequence number of the feed's newest entry
 * @param floor entries of the feed up to here are gone
 * @param asOf the feed holds all that Google reported until then
 * @param neverWalked no full walk of this folder has ended yet
 * @param walkedEpoch epoch of the feed when the last full walk was promoted
 * @param position up to where the event stands in the feed; null while it is clean
 * @param walk FULL, SUBTREE, or null
 * @param walkLastPage when the walk's newest page came
 * @param walkApplied what the feed said up to the walk's end is applied
 * @param frontier folders are waiting to be listed
 * @param removalAccepted somebody accepted that photos which are kept in doubt are gone
 * @param doubtsUndecided photos seem to be gone, and the run has to decide what to do with them
 * @param heldDue such photos are to be asked for again
 */
record EventState(
    boolean oldFolder,
    UUID feedId,
    String credential,
    @Nullable String feedDrive,
    boolean feedRefused,
    @Nullable String driveId,
    boolean partial,
    int epoch,
    long head,
    long floor,
    @Nullable Instant asOf,
    boolean hasToken,
    boolean neverWalked,
    @Nullable Integer walkedEpoch,
    boolean walkWanted,
    boolean fullAsked,
    boolean dirty,
    @Nullable Long position,
    long syncedGeneration,
    long walkedGeneration,
    @Nullable String walk,
    @Nullable Integer walkEpoch,
    @Nullable Long walkPosition,
    @Nullable Instant walkLastPage,
    boolean walkApplied,
    boolean frontier,
    boolean metadataDue,
    boolean listAgainDue,
    boolean removalAccepted,
    boolean doubtsUndecided,
    boolean heldDue,
    int photoCount) {

  /** What a run does next. */
  enum Step {
    /** The event follows another folder now: forget the old one. */
    CLEAR_OLD_FOLDER,
    /** Somebody accepted that photos which were kept in doubt are gone. */
    REMOVE_ACCEPTED,
    /** The walk began in an older epoch, or below what the log still holds: it proves nothing. */
    DROP_WALK,
    BEGIN_WALK,
    LIST_FOLDERS,
    /** Nothing to do until the log is newer. */
    AWAIT_POLL,
    /** Bring in what changed while the walk went on. */
    CATCH_UP_WALK,
    END_WALK,
    END_SUBTREE,
    /** The trash flag that a folder hands down lags: list once more what came in or came back. */
    LIST_AGAIN,
    ASK_METADATA,
    /** All is applied: do the photos that seem to be gone go, or are they too many? */
    DECIDE_DOUBTS,
    /** Are photos that were kept in doubt there again? */
    LOOK_FOR_HELD,
    APPLY_CHANGES_OR_FINISH
  }

  Step next(Claim claim) {
    if (oldFolder || claim.folderId() == null) {
      return Step.CLEAR_OLD_FOLDER;
    }
    if (removalAccepted) {
      return Step.REMOVE_ACCEPTED;
    }
    if (walksFully() && (feedRefused || isOld(walkEpoch) || below(walkPosition))) {
      return Step.DROP_WALK;
    }
    if (!walksFully() && needsWalk(claim)) {
      return hasToken || feedRefused ? Step.BEGIN_WALK : Step.AWAIT_POLL;
    }
    if (frontier) {
      return Step.LIST_FOLDERS;
    }
    if (walksFully()) {
      return endOfWalk();
    }
    if (walk != null) {
      return Step.END_SUBTREE;
    }
    return betweenWalks(claim);
  }

  private Step betweenWalks(Claim claim) {
    if (listAgainDue) {
      return Step.LIST_AGAIN;
    }
    if (metadataDue) {
      return Step.ASK_METADATA;
    }
    if (heldDue) {
      return Step.LOOK_FOR_HELD;
    }
    if (claim.generation() > syncedGeneration && !asOfIsAfter(claim.requestedAt())) {
      return Step.AWAIT_POLL;
    }
    return doubtsUndecided && position != null && position >= head
        ? Step.DECIDE_DOUBTS
        : Step.APPLY_CHANGES_OR_FINISH;
  }

  /** A listing is a moving picture: only a log asked for after its last page completes it. */
  private Step endOfWalk() {
    if (!asOfIsAfter(walkLastPage)) {
      return Step.AWAIT_POLL;
    }
    return walkApplied ? Step.END_WALK : Step.CATCH_UP_WALK;
  }

  private boolean needsWalk(Claim claim) {
    return walkWanted
        || fullAsked
        || feedRefused
        || isOld(walkedEpoch)
        || below(position)
        // What the feed does not report only a walk finds.
        || (partial && claim.generation() > Math.max(syncedGeneration, walkedGeneration));
  }

  boolean walksFully() {
    return "FULL".equals(walk);
  }

  private boolean isOld(@Nullable Integer itsEpoch) {
    return itsEpoch == null || itsEpoch != epoch;
  }

  private boolean below(@Nullable Long place) {
    return place != null && place < floor;
  }

  /**
   * Whether this is the feed of the place where the event's folder lies, as far as there is one.
   */
  boolean follows(DriveFile root) {
    return Objects.equals(driveId, root.driveId());
  }

  private boolean asOfIsAfter(@Nullable Instant moment) {
    return moment == null || (asOf != null && asOf.isAfter(moment));
  }
}
