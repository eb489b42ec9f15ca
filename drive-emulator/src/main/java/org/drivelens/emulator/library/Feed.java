package org.drivelens.emulator.library;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One change log: per file only its latest entry (drive-api 5.2), and no state; that is read when
 * somebody asks.
 */
final class Feed {

  private final TreeMap<Long, Entry> entries = new TreeMap<>();
  private final Map<String, Long> latest = new HashMap<>();
  private long next;
  private long floor;

  /** Tokens of another log lie outside of this one's, so mixing them up is noticed. */
  Feed(long start) {
    next = start;
    floor = start;
  }

  /**
   * What happened to one thing.
   *
   * @param mine in a robot's own log: about something outside of the shared drives, or about
   *     something that left them or went there
   * @param isDrive about a shared drive itself; then the id is the drive's
   */
  record Entry(long position, String id, Instant time, boolean mine, boolean isDrive) {}

  void add(String fileId, Instant time, boolean mine) {
    add(fileId, new Entry(next, fileId, time, mine, false));
  }

  void addDrive(String driveId, Instant time) {
    add("drive " + driveId, new Entry(next, driveId, time, false, true));
  }

  private void add(String key, Entry entry) {
    Long position = latest.put(key, next);
    Entry before = position == null ? null : entries.remove(position);
    boolean mine = entry.mine() || (before != null && before.mine());
    entries.put(next, new Entry(next, entry.id(), entry.time(), mine, entry.isDrive()));
    // Gaps, so that nobody counts on tokens being a sequence.
    next += next % 2 == 0 ? 1 : 2;
  }

  /** The position that the next entry will have; of the first too young one if there is any. */
  long head(@Nullable Instant tooYoung) {
    long head = next;
    if (tooYoung != null) {
      for (Entry entry : entries.descendingMap().values()) {
        if (entry.time().isBefore(tooYoung)) {
          break;
        }
        head = entry.position();
      }
    }
    return head;
  }

  boolean knows(long position) {
    return position >= floor && position <= next;
  }

  /** From now on every position handed out so far is refused, the head too. */
  void forget() {
    next += 10;
    floor = next;
  }

  /** At most {@code limit} wanted entries at or after the position, oldest first. */
  List<Entry> from(long position, int limit, Predicate<Entry> wanted, @Nullable Instant tooYoung) {
    return entries.tailMap(position, true).values().stream()
        .takeWhile(entry -> tooYoung == null || entry.time().isBefore(tooYoung))
        .filter(wanted)
        .limit(limit)
        .toList();
  }
}
