package org.drivelens.emulator.call;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;

/**
 * Quota units within a sliding span of time, and the most there ever were. Not thread-safe; what is
 * added must not be older than what was added before.
 */
public final class Window {

  private final Duration span;
  private final ArrayDeque<Part> parts = new ArrayDeque<>();
  private long sum;
  private long most;

  private record Part(Instant at, int units) {}

  public Window(Duration span) {
    this.span = span;
  }

  public void add(Instant at, int units) {
    forgetBefore(at);
    if (units > 0) {
      parts.add(new Part(at, units));
      sum += units;
      most = Math.max(most, sum);
    }
  }

  /** Units within the span that ends now. */
  public long sum(Instant now) {
    forgetBefore(now);
    return sum;
  }

  /** The largest sum within any span so far. */
  public long most() {
    return most;
  }

  private void forgetBefore(Instant now) {
    Instant first = now.minus(span);
    while (!parts.isEmpty() && !parts.getFirst().at().isAfter(first)) {
      sum -= parts.removeFirst().units();
    }
  }
}
