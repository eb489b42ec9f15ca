package org.drivelens.worker.sync;

import java.util.concurrent.Semaphore;
import org.drivelens.drive.GoogleDrive;
import org.drivelens.worker.sync.EventState.Step;
import org.drivelens.worker.sync.EventSync.End;

/** The steps of one claim, in whatever order the state of the event asks for. */
final class SyncSteps {

  private static final int PURGED_AT_ONCE = 5_000;

  private final GoogleDrive drive;
  private final Lease lease;
  private final Claim claim;
  private final Storage storage;
  private final SyncProperties settings;
  private final Semaphore lists;
  private final Slice slice;
  private final Phases phases;

  SyncSteps(
      GoogleDrive drive,
      Lease lease,
      Storage storage,
      SyncProperties settings,
      Semaphore lists,
      Slice slice,
      Phases phases) {
    this.phases = phases;
    this.drive = drive;
    this.lease = lease;
    this.claim = lease.claim();
    this.storage = storage;
    this.settings = settings;
    this.lists = lists;
    this.slice = slice;
  }

  /** Takes the step that is due now. */
  End next() {
    var state = storage.states().of(claim);
    var step = state.next(claim);
    try {
      return phases.during(step, () -> take(step, state));
    } catch (Lookups.OtherDrive e) {
      return go(() -> lease.write(() -> storage.states().wantWalk(claim)));
    }
  }

  private End take(Step step, EventState state) {
    // Anew for each step: what was proved of the folder holds for one step only.
    var lookups = new Lookups(drive, claim, state);
    var walk = new FolderWalk(drive, lists, lookups, lease, storage, slice);
    var walkEnd = new WalkEnd(lookups, lease, storage, settings.listAgainAfter(), slice);
    var feed = new FeedStep(lookups, lease, storage);
    return switch (step) {
      case CLEAR_OLD_FOLDER -> clear();
      case REMOVE_ACCEPTED -> go(new Held(lookups, lease, storage)::removeAccepted);
      // What it found new is not new to the next, which must not be taken for one by the clock.
      case DROP_WALK -> go(() -> lease.write(() -> storage.states().wantWalk(claim)));
      case BEGIN_WALK -> go(() -> walk.begin(state));
      case LIST_FOLDERS -> go(() -> walk.list(state));
      case AWAIT_POLL -> End.AWAITS_POLL;
      case CATCH_UP_WALK -> go(() -> feed.catchUpWalk(state));
      case END_WALK -> go(walkEnd::full);
      case END_SUBTREE -> go(walkEnd::subtree);
      case LIST_AGAIN -> go(() -> listAgain(state));
      case ASK_METADATA -> go(() -> new LateMetadata(lookups, lease, storage).ask());
      case DECIDE_DOUBTS -> go(new Held(lookups, lease, storage)::decide);
      case LOOK_FOR_HELD -> go(new Held(lookups, lease, storage)::look);
      case APPLY_CHANGES_OR_FINISH -> feed.applyOrFinish(state) ? End.FINISHED : End.NONE;
    };
  }

  private static End go(Runnable step) {
    step.run();
    return End.NONE;
  }

  private void listAgain(EventState state) {
    lease.write(() -> {
      var due = storage.folders().takeListAgain(claim.key());
      var tree = storage.folders().tree(claim.key(), claim.root());
      storage.walks().list(claim, tree.highest(due), true);
      storage.states().walkingAgain(claim, state.head());
    });
  }

  /** Photos go in batches first; with the last one the event forgets the old folder. */
  private End clear() {
    var more =
        lease.write(() -> {
          var rest = storage.oldFolder().purge(claim, PURGED_AT_ONCE);
          if (!rest) {
            storage.oldFolder().cleared(claim);
          }
          return rest;
        });
    return more || claim.folderId() != null ? End.NONE : End.CLEARED;
  }
}
