package org.drivelens.emulator.library;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The robot's own change log, and one of each shared drive (drive-api 5.1). */
final class Feeds {

  private static final long FIRST = 671;
  private static final long APART = 1_000_000_000L;

  private final Feed own = new Feed(FIRST);
  private final Map<String, Feed> ofDrives = new HashMap<>();
  private final PriorityQueue<Late> late = new PriorityQueue<>(Comparator.comparing(Late::due));

  /** Something about a file that was in one drive, or in none, and now is in the other. */
  record Told(String fileId, Instant at, @Nullable String from, @Nullable String to) {}

  private record Late(Instant due, Told told) {}

  /**
   * The robot's own if the id is null.
   *
   * @throws NullPointerException if there is no such drive
   */
  Feed of(@Nullable String driveId) {
    return driveId == null ? own : Objects.requireNonNull(ofDrives.get(driveId));
  }

  /** The log of a drive tells its members everything; the robot's own only what it heard. */
  void add(Told told, boolean heard) {
    if (heard) {
      addToOwn(told, told.at());
    }
    Stream.of(told.from(), told.to())
        .filter(ofDrives::containsKey)
        .distinct()
        .forEach(driveId -> of(driveId).add(told.fileId(), told.at(), false));
  }

  private void addToOwn(Told told, Instant at) {
    own.add(told.fileId(), at, told.from() == null || told.to() == null);
  }

  /** The robot's own log has it when it is due, at the place that it then has. */
  void addLater(Told told, Instant due) {
    late.add(new Late(due, told));
  }

  boolean isLate(Instant now) {
    Late next = late.peek();
    return next != null && !next.due().isAfter(now);
  }

  void addLate(Instant now) {
    while (isLate(now)) {
      Late next = late.remove();
      addToOwn(next.told(), now);
    }
  }

  void addDrive(String driveId, Instant at) {
    ofDrives.computeIfAbsent(driveId, id -> new Feed(FIRST + APART * (ofDrives.size() + 1)));
    own.addDrive(driveId, at);
    of(driveId).addDrive(driveId, at);
  }

  void forget() {
    own.forget();
    ofDrives.values().forEach(Feed::forget);
  }
}
