package org.drivelens.api.live;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The {@code id} of a server-sent event: when the run ended, in microseconds, and which it was. Any
 * replica can go on from it.
 */
record StreamPosition(Instant finishedAt, UUID runId) {

  private static final Pattern SHAPE =
      Pattern.compile("(\\d{1,17})-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})");

  private static final UUID BEFORE_ALL = new UUID(0, 0);

  /** Before everything that ended at that moment or later. */
  static StreamPosition before(Instant moment) {
    return new StreamPosition(moment, BEFORE_ALL);
  }

  /** Empty for anything that is not one of ours. */
  static Optional<StreamPosition> parse(String id) {
    var parts = SHAPE.matcher(id);
    if (!parts.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new StreamPosition(
              Instant.EPOCH.plus(Long.parseLong(parts.group(1)), ChronoUnit.MICROS),
              UUID.fromString(parts.group(2))));
    } catch (DateTimeException | ArithmeticException _) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, finishedAt) + "-" + runId;
  }
}
