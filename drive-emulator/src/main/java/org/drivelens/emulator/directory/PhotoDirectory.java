package org.drivelens.emulator.directory;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.drivelens.emulator.library.Content;
import org.drivelens.emulator.library.Library;
import org.drivelens.emulator.library.OutsideFiles;
import org.jspecify.annotations.Nullable;

/**
 * Serves the pictures of a directory tree as a folder that is shared with the robot, and follows
 * what happens to them. Bytes stay where they are. Hidden files, links, what is no picture, and
 * what is still being written are left out.
 */
public final class PhotoDirectory implements AutoCloseable {

  private static final Logger log = System.getLogger(PhotoDirectory.class.getName());

  /** For what the system did not tell, and the least pause between rescans without its word. */
  private static final long RESCAN = Duration.ofSeconds(10).toNanos();

  private static final long BLIND_RESCAN = Duration.ofMillis(500).toNanos();

  /** A rescan may take one part in so many of the time. */
  private static final int SHARE = 20;

  private final Path root;
  private final @Nullable Path data;
  private final Library library;
  private final Mirrored top;
  private final MirroredItems items;
  private final Watch watch;
  private final WaitingFiles waiting;
  private final Troubles troubles = new Troubles();
  private final Moves moves;
  private final Reading reading;
  private final Thread thread;
  private String rootKey;
  private long nextRescan;
  private volatile boolean open = true;

  private PhotoDirectory(Found root, Start start, Library library, @Nullable Path data, Clock clock)
      throws IOException {
    this.root = root.path();
    this.data = data;
    this.library = library;
    this.top = start.top();
    this.items = start.items();
    this.rootKey = start.top().key();
    watch = new Watch(this.root.getFileSystem().newWatchService());
    waiting = new WaitingFiles(clock);
    moves = new Moves(library, items);
    reading = new Reading(library, items, moves, waiting, troubles);
    thread = Thread.ofPlatform().name("photo-directory").daemon().unstarted(this::follow);
  }

  /**
   * The folder exists and is shared when this returns; what is in it follows.
   *
   * @param data where to remember which file each item was; null to forget it at the end
   */
  public static PhotoDirectory serve(
      Path directory, Library library, @Nullable Path data, Clock clock) throws IOException {
    if (!Files.isDirectory(directory) || !Files.isReadable(directory)) {
      throw new IllegalArgumentException(directory + " is not a directory that can be read");
    }
    Found root = Found.root(directory.toRealPath());
    Start start = Start.of(root, library, data);
    var result = new PhotoDirectory(root, start, library, data, clock);
    new OutsideFiles(library).foundBy(result::find);
    result.remember();
    result.thread.start();
    return result;
  }

  /** The folder that stands for the directory. */
  public String folderId() {
    return top.id();
  }

  /** For people: what is served, what waits until it stands still, what cannot be read. */
  public Map<String, Object> state() {
    var state = new LinkedHashMap<String, Object>();
    state.put("path", root.toString());
    state.put("pictures", items.all().stream().filter(i -> !i.folder() && !i.away()).count());
    state.put("waiting", waiting.count());
    state.put("unreadable", troubles.count());
    return state;
  }

  private @Nullable Path find(Content.Outside content) {
    for (Mirrored item : items.ofMd5(content.md5())) {
      Path path = item.away() ? null : items.path(item);
      try {
        Found found = path == null ? null : Found.at(path);
        if (found != null && item.isAsRead(found) && Files.isReadable(found.path())) {
          return path;
        }
      } catch (IOException e) {
        log.log(Level.DEBUG, () -> path + " cannot be read", e);
      }
    }
    return null;
  }

  private void follow() {
    nextRescan = System.nanoTime();
    long nextRemembering = System.nanoTime() + RESCAN;
    while (open) {
      try {
        long now = System.nanoTime();
        if (now - nextRescan >= 0) {
          rescan();
        }
        if (now - nextRemembering >= 0) {
          remember();
          nextRemembering = now + RESCAN;
        }
        await();
        reading.readOne();
        moves.removeDisplaced();
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        // The next look finds what is still to do.
        log.log(Level.WARNING, "One step of following " + root + " failed", e);
      }
    }
  }

  private void await() throws InterruptedException {
    long untilRescan = nextRescan - System.nanoTime();
    var touched = watch.await(Math.min(untilRescan, waiting.nanosUntilReady()));
    if (touched.lost()) {
      nextRescan = System.nanoTime();
    }
    if (!touched.names().isEmpty() && isTheSameRoot()) {
      looking().at(touched.names());
    }
  }

  private void rescan() {
    long began = System.nanoTime();
    troubles.forgetWhatIsGone();
    items.all().stream()
        .map(Mirrored::id)
        .filter(id -> library.find(id).isEmpty())
        .forEach(items::forget);
    boolean there = isTheSameRoot();
    if (there) {
      looking().at(top);
    }
    long took = System.nanoTime() - began;
    long pause = there && watch.isComplete() ? RESCAN : BLIND_RESCAN;
    nextRescan = System.nanoTime() + Math.max(pause, SHARE * took);
  }

  private Looking looking() {
    return new Looking(library, items, moves, reading, watch, troubles);
  }

  /**
   * A disk that was unplugged leaves no directory, or an empty one: the photos are not gone. What
   * is new there, once there is something, is.
   */
  private boolean isTheSameRoot() {
    try {
      Found now = Found.root(root);
      boolean same = now.key().equals(rootKey);
      if (!same && !Found.names(root).isEmpty()) {
        rootKey = now.key();
        items.put(top.withKey(rootKey));
        return true;
      }
      troubles.over(root);
      return same;
    } catch (IOException e) {
      troubles.add(root, e);
      return false;
    }
  }

  private void remember() {
    if (items.haveChanged()) {
      Memory.of(root, top.id(), items).keep(data);
    }
  }

  @Override
  public void close() {
    open = false;
    thread.interrupt();
    try {
      thread.join(Duration.ofSeconds(5));
      watch.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      log.log(Level.DEBUG, "The watch of " + root + " did not close", e);
    }
    remember();
  }
}
