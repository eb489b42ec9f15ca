package org.drivelens.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** How long many of the same took. */
final class Durations {

  private final List<Duration> all = Collections.synchronizedList(new ArrayList<>());

  void add(Duration took) {
    all.add(took);
  }

  void since(long nanos) {
    add(Duration.ofNanos(System.nanoTime() - nanos));
  }

  int count() {
    return all.size();
  }

  /** The shortest that so many percent do not exceed; 100 for the longest of all. */
  Duration percentile(int percent) {
    var sorted = new ArrayList<>(all);
    Collections.sort(sorted);
    return sorted.get(Math.ceilDiv(sorted.size() * percent, 100) - 1);
  }

  static String text(Duration time) {
    return "%.2f s".formatted(time.toMillis() / 1000.0);
  }
}
