package org.drivelens.emulator.directory;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The system's word on what is touched in which folder. */
final class Watch implements AutoCloseable {

  /** A rename is two events, a copy of many files thousands: what comes together is one. */
  private static final long GATHER_NANOS = TimeUnit.MILLISECONDS.toNanos(40);

  private static final int GATHERINGS = 4;

  private final WatchService service;
  private final Map<WatchKey, String> folders = new HashMap<>();
  private boolean complete = true;

  Watch(WatchService service) {
    this.service = service;
  }

  /**
   * Names touched in each folder.
   *
   * @param lost some were not told
   */
  record Touched(Map<String, Set<Path>> names, boolean lost) {}

  /** Before the directory is listed, so that nothing falls in between; again does no harm. */
  void on(Path directory, String folderId) {
    try {
      WatchKey key =
          directory.register(
              service,
              StandardWatchEventKinds.ENTRY_CREATE,
              StandardWatchEventKinds.ENTRY_DELETE,
              StandardWatchEventKinds.ENTRY_MODIFY);
      folders.put(key, folderId);
    } catch (IOException e) {
      // The system's limit of watches, or a file system without them: the rescans see it all.
      complete = false;
    }
  }

  /** False if some directory can only be looked at again and again. */
  boolean isComplete() {
    return complete;
  }

  Touched await(long nanos) throws InterruptedException {
    var names = new HashMap<String, Set<Path>>();
    boolean lost = false;
    try {
      WatchKey key = service.poll(Math.max(0, nanos), TimeUnit.NANOSECONDS);
      for (int round = 0; key != null; round++) {
        do {
          lost |= take(key, names);
          key = service.poll();
        } while (key != null);
        key = round < GATHERINGS ? service.poll(GATHER_NANOS, TimeUnit.NANOSECONDS) : null;
      }
    } catch (ClosedWatchServiceException e) {
      throw new InterruptedException("closed");
    }
    return new Touched(names, lost);
  }

  private boolean take(WatchKey key, Map<String, Set<Path>> names) {
    @Nullable String folder = folders.get(key);
    boolean lost = false;
    for (WatchEvent<?> event : key.pollEvents()) {
      if (event.context() instanceof Path name && folder != null) {
        names.computeIfAbsent(folder, id -> new HashSet<>()).add(name);
      } else {
        lost = true;
      }
    }
    if (!key.reset()) {
      folders.remove(key);
    }
    return lost;
  }

  @Override
  public void close() throws IOException {
    service.close();
  }
}
