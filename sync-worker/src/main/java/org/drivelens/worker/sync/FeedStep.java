package org.drivelens.worker.sync;

import org.drivelens.drive.DriveFile;
import org.drivelens.worker.feed.Feed;
import org.drivelens.worker.feed.FeedLog.Stretch;
import org.drivelens.worker.sync.FeedChanges.Plan;
import org.drivelens.worker.sync.FeedView.OpenWalk;

/** Applies what the feed says to an event, a stretch at a time, and ends the run at its head. */
final class FeedStep {

  private final Lookups lookups;
  private final Lease lease;
  private final Claim claim;
  private final Storage storage;

  FeedStep(Lookups lookups, Lease lease, Storage storage) {
    this.lookups = lookups;
    this.lease = lease;
    this.claim = lease.claim();
    this.storage = storage;
  }

  /** Brings in what changed while the walk went on. */
  void catchUpWalk(EventState state) {
    var position = state.walkPosition() == null ? state.head() : state.walkPosition();
    var walk =
        new OpenWalk(
            true, storage.walks().folders(claim, true), storage.walks().folders(claim, false));
    apply(state, stretch(state, position), walk);
  }

  /**
   * Applies the next stretch or, when nothing is left, ends the run.
   *
   * @return whether the run has ended
   */
  boolean applyOrFinish(EventState state) {
    if (state.position() == null) {
      // Woken by a request while clean, that is, at head.
      lease.write(() -> storage.states().moveTo(claim, state.head()));
      return false;
    }
    long position = state.position();
    if (position < state.head()) {
      return apply(state, stretch(state, position), OpenWalk.NONE);
    }
    return lease.writeAtHead(state.feedId(), feed -> finish(feed, state, position));
  }

  private Stretch stretch(EventState state, long position) {
    return Stretch.of(state.feedId(), position, state.head());
  }

  /**
   * @return whether that has ended the run
   */
  private boolean apply(EventState state, Stretch stretch, OpenWalk walk) {
    var entries = storage.log().entries(claim.key(), stretch, state.photoCount());
    if (entries.isEmpty()) {
      return lease.write(() ->
          storage.log().isWhole(stretch) && finishOrMoveTo(state, stretch.upTo(), walk, true));
    }
    var view = new FeedView(storage, claim, lookups, stretch, entries, walk);
    var changes = new FeedChanges(storage, lease, lookups, stretch, view);
    if (changes.asksForWalk()) {
      lease.write(() -> storage.states().wantWalk(claim));
      return false;
    }
    var plan = changes.plan();
    // Entries that were trimmed while we read are not silence; the next step sees the gap.
    return lease.write(() -> storage.log().isWhole(stretch) && write(plan, walk, state));
  }

  private boolean write(Plan plan, OpenWalk walk, EventState state) {
    var key = claim.key();
    var tally = storage.removals().apply(key, plan.removals());
    storage.runs().add(claim, tally.plus(storage.photos().put(key, plan.put())));
    storage.folders().put(key, plan.tree().changed());
    storage.folders().delete(key, plan.tree().dropped());
    storage.walks().forget(claim.event(), plan.tree().dropped());
    storage.issues().resolve(key, plan.put().stream().map(DriveFile::id).toList());
    storage.issues().recordOfKnown(key, lookups.unreadable());
    storage.issues().mayNotList(key, plan.hiding());
    if (!plan.tree().dropped().isEmpty()) {
      storage.issues().recount(key);
    }
    if (walk.open()) {
      storage.sightings().seen(claim.event(), plan.put());
    }
    var more = list(plan, walk);
    if (storage.shortcuts().areIn(key, plan.tree().dropped())) {
      // What they led to may be shown by others.
      storage.states().walkLater(claim);
      more = true;
    }
    return finishOrMoveTo(state, plan.upTo(), walk, !more);
  }

  /**
   * Most changes are few, and with them the event is at head again: then the run ends in the same
   * transaction.
   */
  private boolean finishOrMoveTo(EventState state, long position, OpenWalk walk, boolean listed) {
    if (!walk.open()
        && listed
        && position == state.head()
        && storage
            .feeds()
            .tryLockShared(state.feedId())
            .filter(feed -> finish(feed, state, position))
            .isPresent()) {
      return true;
    }
    moveTo(position, walk, state.head());
    return false;
  }

  /**
   * Puts new folders, and those to be listed again with all below them, into the frontier. Of the
   * latter only the highest: one below may have left unseen, so the folder above must show it.
   *
   * @return whether there are any
   */
  private boolean list(Plan plan, OpenWalk walk) {
    var tops = plan.tree().highest(plan.listAgain());
    tops.addAll(plan.entered());
    tops.removeAll(plan.tree().dropped());
    var below = plan.tree().below(plan.listAgain());
    below.removeAll(walk.frontier());
    storage.walks().forget(claim.event(), below);
    if (!tops.isEmpty()) {
      storage.walks().list(claim, tops, false);
    }
    return !tops.isEmpty();
  }

  private void moveTo(long position, OpenWalk walk, long head) {
    if (walk.open()) {
      storage.walks().applied(claim, position, position >= head);
      storage.states().progressed(claim);
    } else {
      storage.states().moveTo(claim, position);
    }
  }

  /** With the log closed: nothing may have come in since we looked, nor be left to decide. */
  private boolean finish(Feed feed, EventState state, long position) {
    var rest = new Stretch(feed.id(), position, feed.head());
    return feed.epoch() == state.epoch()
        && feed.token() != null
        && position >= feed.floor()
        && !storage.log().touches(claim.key(), rest, state.photoCount())
        && storage.states().finish(claim, feed.token());
  }
}
