package org.drivelens.worker.sync;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.drivelens.drive.DriveProblem;
import org.drivelens.drive.FilePage;
import org.drivelens.drive.GoogleDrive;
import org.drivelens.worker.photos.FolderTree.Folder;
import org.drivelens.worker.photos.Issues.Trouble;
import org.drivelens.worker.sync.Lister.Fetched;
import org.drivelens.worker.trouble.IncompleteListing;

/**
 * Lists the event's folder and all below it, breadth first: many folders in one query, several
 * queries at once, and one writer. Pages are written together with the places where their listings
 * stand, so that the walk resumes wherever it was left.
 */
final class FolderWalk {

  private static final int LISTINGS = 16;

  private static final int LOOK_AHEAD = 500;
  private static final int PAGES_AT_ONCE = 5;
  private static final Duration PATIENCE = Duration.ofMillis(200);

  private final GoogleDrive drive;
  private final Semaphore calls;
  private final Lookups lookups;
  private final Lease lease;
  private final Claim claim;
  private final Storage storage;
  private final Slice slice;

  FolderWalk(
      GoogleDrive drive,
      Semaphore calls,
      Lookups lookups,
      Lease lease,
      Storage storage,
      Slice slice) {
    this.drive = drive;
    this.calls = calls;
    this.lookups = lookups;
    this.lease = lease;
    this.claim = lease.claim();
    this.storage = storage;
    this.slice = slice;
  }

  /**
   * Opens a walk. Its position is the head of the log as it was before the first listing: what
   * changes from then on is found there.
   */
  void begin(EventState state) {
    var root = lookups.root();
    if (new FeedChoice(lease, storage).changes(state, root)) {
      return;
    }
    var above = new LinkedHashMap<String, Long>();
    lookups.above(root).forEach(f -> above.put(f.id(), f.version()));
    lease.write(() -> {
      var news = !storage.folders().deciding(claim.key(), above.keySet()).equals(above);
      storage.folders().forgetShortcuts(claim.key());
      storage.shortcuts().forget(claim.key());
      var own = storage.folders().put(claim.key(), List.of(Folder.root(root)));
      storage.walks().begin(claim, state, news || !own.news().isEmpty());
      storage.folders().replaceAncestors(claim.key(), above);
      storage.states().walking(claim);
      storage.runs().walks(claim);
    });
  }

  /** Lists until nothing is left to list, or the slice is over. */
  void list(EventState state) {
    try (var lister = new Lister(drive, calls)) {
      lease.write(() -> storage.listings().open(claim)).forEach(lister::start);
      startMore(lister);
      while (lister.inFlight() > 0 && !slice.isLongOver()) {
        var pages = lister.take(PAGES_AT_ONCE, PATIENCE);
        if (slice.isOver()) {
          lister.stop();
        }
        store(pages, lister, state.neverWalked());
        if (!slice.isOver() && pages.stream().anyMatch(Fetched::last)) {
          startMore(lister);
        }
      }
    }
  }

  /** Begins listings of waiting folders, as many as may be in flight. */
  private void startMore(Lister lister) {
    if (lister.inFlight() < LISTINGS) {
      var groups =
          Groups.of(storage.listings().waiting(claim, LOOK_AHEAD), lister.inFlight()).stream()
              .limit(LISTINGS - lister.inFlight())
              .toList();
      if (!groups.isEmpty()) {
        lease
            .write(() -> groups.stream().map(g -> storage.listings().begin(claim, g)).toList())
            .forEach(lister::start);
      }
    }
  }

  private void store(List<Fetched> fetched, Lister lister, boolean first) {
    var writer = new PageWriter(claim, storage);
    var troubled = new ArrayList<Fetched>();
    for (var one : fetched) {
      if (one.page() != null) {
        check(one.listing(), one.page().page());
        writer.add(one.listing(), one.page());
      } else {
        troubled.add(one);
      }
    }
    if (troubled.size() < fetched.size()) {
      lease.write(() -> writer.write(first));
    }
    troubled.forEach(one -> settle(one, lister));
  }

  /** Of the event's own folder half a word is as good as none. */
  private void check(Listing listing, FilePage page) {
    if (page.incompleteSearch() && listing.alone() && listing.folder().equals(claim.root())) {
      lease.write(() -> storage.listings().restart(claim, listing));
      throw new IncompleteListing();
    }
  }

  private void settle(Fetched one, Lister lister) {
    var listing = one.listing();
    switch (one.trouble()) {
      case DriveProblem.TokenRejected e when listing.pageToken() != null ->
          lister.start(lease.write(() -> storage.listings().restart(claim, listing)));
      case DriveProblem.NotFound e -> refused(listing, e);
      case DriveProblem.AccessDenied e -> refused(listing, e);
      case RuntimeException e -> throw e;
      case null -> {}
    }
  }

  private void refused(Listing listing, DriveProblem problem) {
    if (!listing.alone()) {
      lease.write(() -> storage.listings().split(claim, listing));
      return;
    }
    // Only the event's own folder can fail a run; it is asked again, for Drive's exact word.
    if (listing.folder().equals(claim.root())) {
      lookups.root();
      throw problem;
    }
    lease.write(() -> {
      new PageWriter(claim, storage).unreadable(listing.folder(), null, Trouble.of(problem));
      storage.listings().drop(claim, listing);
    });
  }
}
