package org.drivelens.emulator.library;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The robot's change log: per file only its latest entry (drive-api 5.2), and no state; that is
 * read when somebody asks.
 */
final class Feed {

  private final TreeMap<Long, Entry> entries = new TreeMap<>();
  private final Map<String, Long> latest = new HashMap<>();
  private long next = 671;
  private long floor;

  record Entry(long position, String fileId, Instant time) {}

  void add(String fileId, Instant time) {
    Long before = latest.put(fileId, next);
    if (before != null) {
      entries.remove(before);
    }
    entries.put(next, new Entry(next, fileId, time));
    // Gaps, so that nobody counts on tokens being a sequence.
    next += next % 2 == 0 ? 1 : 2;
  }

  /** The position that the next entry will have. */
  long head() {
    return next;
  }

  boolean knows(long position) {
    return position >= floor && position <= next;
  }

  /** From now on the positions before the head are refused. */
  void forget() {
    floor = next;
  }

  /** At most {@code limit} entries at or after the position, oldest first. */
  List<Entry> from(long position, int limit) {
    return entries.tailMap(position, true).values().stream().limit(limit).toList();
  }
}
