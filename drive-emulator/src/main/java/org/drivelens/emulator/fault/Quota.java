package org.drivelens.emulator.fault;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.drivelens.emulator.call.Call;
import org.drivelens.emulator.call.Window;
import org.drivelens.emulator.wire.Reply;
import org.jspecify.annotations.Nullable;

/**
 * The project's quota (drive-api 8), off at first: what goes beyond it within a sliding minute or
 * second is refused and costs nothing.
 */
public final class Quota {

  private final Clock clock;
  private @Nullable Limit limit;
  private Window minute = new Window(Duration.ofMinutes(1));
  private Window second = new Window(Duration.ofSeconds(1));
  private long refused;

  /**
   * How much is allowed.
   *
   * @param perMinute quota units in any 60 s
   * @param perSecond quota units in any second; 0 for no such limit
   * @param queries whether each call costs 1, as in projects of before May 2026
   * @param status 403 userRateLimitExceeded or 429 rateLimitExceeded
   * @param retryAfter what the refusal advises; null for no advice
   */
  public record Limit(
      int perMinute, int perSecond, boolean queries, int status, @Nullable Duration retryAfter) {

    public Limit {
      if (perMinute < 1 || perSecond < 0 || (status != 403 && status != 429)) {
        throw new IllegalArgumentException(
            "perMinute is at least 1, perSecond at least 0, status 403 or 429");
      }
    }
  }

  Quota(Clock clock) {
    this.clock = clock;
  }

  /** From now on this is allowed, what was used before not counted; null for everything. */
  public synchronized void limit(@Nullable Limit allowed) {
    limit = allowed;
    minute = new Window(Duration.ofMinutes(1));
    second = new Window(Duration.ofSeconds(1));
    refused = 0;
  }

  /** Calls refused under the limit that is on. */
  public synchronized long refused() {
    return refused;
  }

  /** The most units granted in any minute under the limit that is on. */
  public synchronized long mostGranted() {
    return minute.most();
  }

  /** The refusal, or null if the call may go on. */
  synchronized @Nullable Reply refuse(Call call) {
    int price = limit != null && limit.queries() ? 1 : call.method().units();
    if (limit == null || call.method().units() == 0) {
      return null;
    }
    Instant now = clock.instant();
    boolean fits =
        minute.sum(now) + price <= limit.perMinute()
            && (limit.perSecond() == 0 || second.sum(now) + price <= limit.perSecond());
    if (fits) {
      minute.add(now, price);
      second.add(now, price);
      return null;
    }
    refused++;
    String reason = limit.status() == 403 ? "userRateLimitExceeded" : "rateLimitExceeded";
    Reply reply = GoogleReasons.error(limit.status(), reason).reply();
    return limit.retryAfter() == null
        ? reply
        : reply.with("Retry-After", Long.toString(limit.retryAfter().toSeconds()));
  }

  @Override
  public synchronized String toString() {
    return limit == null
        ? "no quota"
        : "quota of %d a minute%s"
            .formatted(
                limit.perMinute(),
                limit.perSecond() == 0 ? "" : ", " + limit.perSecond() + " a second");
  }

  synchronized boolean isOn() {
    return limit != null;
  }
}
