package org.drivelens.worker.sync;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.drivelens.drive.FilePage;
import org.drivelens.drive.GoogleDrive;
import org.drivelens.worker.sync.Shortcuts.Followed;
import org.jspecify.annotations.Nullable;

/**
 * Fetches the pages of several listings at once, each on a thread of its own, while one writer
 * stores them in turn. Pages wait in a short queue: whoever fetches faster than they are written
 * waits too, so memory does not grow.
 */
final class Lister implements AutoCloseable {

  private static final int WAITING_PAGES = 8;

  /** Calls to Drive that may be in flight, for all walks of this process together. */
  private final Semaphore calls;

  private final GoogleDrive drive;
  private final BlockingQueue<Fetched> fetched = new ArrayBlockingQueue<>(WAITING_PAGES);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Shortcuts shortcuts;
  private volatile boolean stopped;
  private int inFlight;

  /**
   * What came of one page.
   *
   * @param listing as it stood before the page
   * @param page null when there was trouble
   * @param last nothing more comes of this listing
   */
  record Fetched(
      Listing listing, @Nullable Followed page, @Nullable RuntimeException trouble, boolean last) {}

  Lister(GoogleDrive drive, Semaphore calls) {
    this.drive = drive;
    this.calls = calls;
    this.shortcuts = new Shortcuts(drive, calls, threads);
  }

  void start(Listing listing) {
    inFlight++;
    var _ = threads.submit(() -> fetch(listing));
  }

  int inFlight() {
    return inFlight;
  }

  /** Lets each listing end with the page that it is fetching now. */
  void stop() {
    stopped = true;
  }

  private void fetch(Listing start) {
    var listing = start;
    try {
      var more = true;
      while (more) {
        var page = page(listing);
        more = page.page().nextPageToken() != null && !stopped;
        fetched.put(new Fetched(listing, page, null, !more));
        listing = listing.after(page.page());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      hand(new Fetched(listing, null, e, true));
    } catch (Error e) {
      // The writer waits for a word of every listing.
      hand(new Fetched(listing, null, new IllegalStateException(e), true));
      throw e;
    }
  }

  private Followed page(Listing listing) throws InterruptedException {
    FilePage page;
    calls.acquire();
    try {
      page = drive.list(listing.folders(), listing.pageToken());
    } finally {
      calls.release();
    }
    return shortcuts.follow(page);
  }

  private void hand(Fetched failure) {
    try {
      fetched.put(failure);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Waits for the next page, and takes along those that are there already.
   *
   * @return nothing if none came in time
   */
  List<Fetched> take(int atMost, Duration patience) {
    var pages = new ArrayList<Fetched>();
    try {
      var first = fetched.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
      if (first != null) {
        pages.add(first);
        fetched.drainTo(pages, atMost - 1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
    inFlight -= (int) pages.stream().filter(Fetched::last).count();
    return pages;
  }

  /** Gives up what is in flight; it is fetched again when the walk goes on. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
