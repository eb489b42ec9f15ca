package org.drivelens.drive;

import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Those of one priority in this process who wait for quota, in the order of asking. The first draws
 * for all; a limiter spreads the calls, so that this process never asks for more than the whole
 * fleet may have.
 */
final class QuotaLine {

  private static final Duration FOREVER = Duration.ofDays(1);
  private static final double SHORTEST_WAIT = 0.005;

  private final Priority priority;
  private final QuotaRow row;
  private final Duration patience;
  private final Duration longest;
  private final RateLimiter pace;
  private final long slice;
  private final double roomToWaitFor;
  private final ReentrantLock turn = new ReentrantLock(true);
  private final AtomicLong wanted = new AtomicLong();
  private long held;
  private long drawnAt;
  private long askedAt;
  private Duration rest = Duration.ZERO;

  QuotaLine(Priority priority, QuotaRow row, QuotaProperties properties, Duration patience) {
    this.priority = priority;
    this.row = row;
    this.patience = patience;
    longest = priority == Priority.VIEWER ? patience : FOREVER;
    var draw = QuotaRow.seconds(properties.draw());
    slice = Math.max(1, Math.round(row.fullRate() * draw));
    // Whoever waited until the bucket is full would let it overflow.
    var room = QuotaRow.seconds(properties.burst()) * (1 - properties.reserve().below(priority));
    roomToWaitFor = Math.min(draw, room / 2);
    pace =
        RateLimiter.of(
            "drive-" + priority,
            RateLimiterConfig.custom()
                .limitRefreshPeriod(properties.draw())
                .limitForPeriod(Math.toIntExact(slice))
                .timeoutDuration(longest)
                .build());
  }

  void acquire(int units) throws InterruptedException {
    var end = System.nanoTime() + longest.toNanos();
    pace(units);
    wanted.addAndGet(units);
    try {
      if (!turn.tryLock(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        throw tooLong(Duration.ZERO);
      }
      try {
        take(units, end);
      } finally {
        turn.unlock();
      }
    } finally {
      wanted.addAndGet(-units);
    }
  }

  private void pace(int units) throws InterruptedException {
    if (!pace.acquirePermission(units)) {
      if (Thread.interrupted()) {
        throw new InterruptedException("waiting for quota");
      }
      throw tooLong(Duration.ZERO);
    }
  }

  private void take(int units, long end) throws InterruptedException {
    if (held > 0 && System.nanoTime() - drawnAt > QuotaRow.KEPT.toNanos()) {
      held = 0;
    }
    while (held < units) {
      await(rest.minusNanos(System.nanoTime() - askedAt), end);
      // What those behind us wait for is drawn along, in the same statement.
      var missing = units - held;
      var wish = Math.max(missing, Math.min(wanted.get(), slice));
      var drawn = row.draw(priority, missing, wish);
      askedAt = System.nanoTime();
      if (drawn.units() > 0) {
        held += drawn.units();
        drawnAt = askedAt;
      }
      rest = drawn.units() < wish ? untilWorthwhile(drawn) : Duration.ZERO;
    }
    held -= units;
  }

  /**
   * Whoever asked again at once would get what a few milliseconds brought, one call each time if
   * many wait; and not all processes at the same moment.
   */
  private Duration untilWorthwhile(QuotaRow.Drawn drawn) {
    if (drawn.pause() > QuotaRow.seconds(patience)) {
      throw tooLong(nanos(drawn.pause()));
    }
    var spread = ThreadLocalRandom.current().nextDouble(0.5, 1) * roomToWaitFor;
    return nanos(Math.max(SHORTEST_WAIT, Math.max(drawn.pause(), drawn.untilLevel() + spread)));
  }

  private static void await(Duration wait, long end) throws InterruptedException {
    if (wait.isPositive()) {
      if (System.nanoTime() + wait.toNanos() - end > 0) {
        throw tooLong(wait);
      }
      Thread.sleep(wait);
    }
  }

  private static Duration nanos(double seconds) {
    return Duration.ofNanos(Math.round(seconds * 1e9));
  }

  private static DriveProblem tooLong(Duration again) {
    return new DriveProblem.Busy(
        "Google Drive may not be called more often at the moment.",
        null,
        again.isZero() ? null : again);
  }
}
