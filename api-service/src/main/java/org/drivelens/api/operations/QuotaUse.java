package org.drivelens.api.operations;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * How many units are drawn in a minute, from the fleet's counter as it was seen by and by. Each
 * replica knows what it was asked for; the first look only begins it.
 */
final class QuotaUse {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** Shorter, and one draw looks like a rate. */
  private static final Duration LEAST = Duration.ofSeconds(4);

  private record Seen(Instant at, long units) {}

  private final Deque<Seen> seen = new ArrayDeque<>();

  /**
   * @param units drawn ever
   * @return null while there is nothing to compare with
   */
  synchronized @Nullable Integer perMinute(Instant now, long units) {
    // The last one that is older than a minute is where the minute begins.
    while (seen.size() > 1 && hasAged(second(), now)) {
      seen.removeFirst();
    }
    if (!seen.isEmpty()
        && (seen.getFirst().units > units
            || seen.getFirst().at.isBefore(now.minus(MINUTE.multipliedBy(2))))) {
      seen.clear();
    }
    if (seen.isEmpty() || seen.getLast().at.isBefore(now.minusSeconds(1))) {
      seen.addLast(new Seen(now, units));
    }
    var first = seen.getFirst();
    var past = Duration.between(first.at, now);
    return past.compareTo(LEAST) < 0
        ? null
        : (int) Math.round((units - first.units) * 60_000.0 / past.toMillis());
  }

  private Seen second() {
    var all = seen.iterator();
    all.next();
    return all.next();
  }

  private static boolean hasAged(Seen one, Instant now) {
    return !one.at.isAfter(now.minus(MINUTE));
  }
}
