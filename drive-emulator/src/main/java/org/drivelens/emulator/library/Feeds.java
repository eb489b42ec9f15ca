package org.drivelens.emulator.library;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The robot's own change log, and one of each shared drive (drive-api 5.1). */
final class Feeds {

  private static final long FIRST = 671;
  private static final long APART = 1_000_000_000L;

  private final Feed own = new Feed(FIRST);
  private final Map<String, Feed> ofDrives = new HashMap<>();

  /**
   * The robot's own if the id is null.
   *
   * @throws NullPointerException if there is no such drive
   */
  Feed of(@Nullable String driveId) {
    return driveId == null ? own : Objects.requireNonNull(ofDrives.get(driveId));
  }

  /** Something about a file that was in one drive, or in none, and now is in the other. */
  void add(String fileId, Instant at, boolean heard, @Nullable String from, @Nullable String to) {
    if (heard) {
      own.add(fileId, at, from == null || to == null);
    }
    Stream.of(from, to)
        .filter(ofDrives::containsKey)
        .distinct()
        .forEach(driveId -> of(driveId).add(fileId, at, false));
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
