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

  /** Long steps look here too; whatever they have written stays. */
  boolean isOver() {
    return stopping.asked() || System.nanoTime() - ends >= 0;
  }
}
