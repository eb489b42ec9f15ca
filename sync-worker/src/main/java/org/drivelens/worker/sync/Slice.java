package org.drivelens.worker.sync;

import java.time.Duration;
import org.drivelens.worker.stop.Stopping;

/** How long one claim may go on before the rest is handed on. */
final class Slice {

  private final Stopping stopping;
  private final long ends;

  Slice(Stopping stopping, Duration length) {
    this.stopping = stopping;
    this.ends = System.nanoTime() + length.toNanos();
  }

  /** Whoever finishes what is under way does so within this. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  private long seenOver;

  /** Long steps look here too; whatever they have written stays. */
  boolean isOver() {
    var over = stopping.asked() || System.nanoTime() - ends >= 0;
    if (over && seenOver == 0) {
      seenOver = System.nanoTime();
    }
    return over;
  }

  /** Over, and what was under way then has had its time. */
  boolean isLongOver() {
    return isOver() && System.nanoTime() - seenOver > GRACE.toNanos();
  }
}
