package org.drivelens.emulator.directory;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Files that were not read yet: a file that is being written is not served, so it waits until its
 * size and time have stood still for half a second.
 */
final class WaitingFiles {

  private static final Duration STILL = Duration.ofMillis(500);

  /** Untouched for so long already: moved here, or copied with its time. */
  private static final Duration OLD = Duration.ofSeconds(5);

  private final Clock clock;
  private final Map<Place, Waiting> files = new LinkedHashMap<>();

  private record Place(String folderId, Path leaf) {}

  record Waiting(String folderId, Found found, Instant readyAt) {}

  WaitingFiles(Clock clock) {
    this.clock = clock;
  }

  /** Nothing changes for one that waits already and is as it was. */
  synchronized void add(String folderId, Found found) {
    var place = new Place(folderId, found.path().getFileName());
    Waiting before = files.get(place);
    if (before == null || !before.found.unchangedSince(found)) {
      Instant now = clock.instant();
      boolean old = found.modified().toInstant().isBefore(now.minus(OLD));
      // One that was seen changing is being written, whatever its time says.
      files.put(place, new Waiting(folderId, found, old && before == null ? now : now.plus(STILL)));
    }
  }

  /** Looked at again, it was another: it begins to wait anew. */
  synchronized void again(String folderId, Found found) {
    files.put(
        new Place(folderId, found.path().getFileName()),
        new Waiting(folderId, found, clock.instant().plus(STILL)));
  }

  synchronized @Nullable Waiting takeReady() {
    Instant now = clock.instant();
    var all = files.values().iterator();
    while (all.hasNext()) {
      Waiting waiting = all.next();
      if (!waiting.readyAt.isAfter(now)) {
        all.remove();
        return waiting;
      }
    }
    return null;
  }

  /** 0 if one is ready, much if none waits. */
  synchronized long nanosUntilReady() {
    Instant now = clock.instant();
    Duration least = Duration.ofHours(1);
    for (Waiting waiting : files.values()) {
      Duration left = Duration.between(now, waiting.readyAt);
      if (!left.isPositive()) {
        return 0;
      }
      least = left.compareTo(least) < 0 ? left : least;
    }
    return least.toNanos();
  }

  synchronized int count() {
    return files.size();
  }
}
