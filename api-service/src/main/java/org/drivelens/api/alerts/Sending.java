package org.drivelens.api.alerts;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.drivelens.api.alerts.Channel.Undelivered;
import org.drivelens.api.alerts.Deliveries.Claimed;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends what is due on one channel. Whoever is told may hang: only this channel waits. */
final class Sending implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Sending.class);

  private final Channel channel;
  private final Deliveries deliveries;
  private final List<Duration> retryAfter;
  private final QuietHours quietHours;
  private final Clock clock;

  /** A mail is some ten answers, each of which may be late; all of it may take no longer. */
  private final Duration patience;

  /** Virtual threads, because there an interrupt ends even a read from a socket. */
  private final ExecutorService attempts = Executors.newVirtualThreadPerTaskExecutor();

  Sending(Channel channel, Deliveries deliveries, AlertProperties settings, Clock clock) {
    this.channel = channel;
    this.deliveries = deliveries;
    this.clock = clock;
    retryAfter = settings.retryAfter();
    quietHours = settings.quietHours();
    patience = settings.timeout().multipliedBy(3);
  }

  /** Sends one message after the other, until nothing is due. */
  void drain() throws InterruptedException {
    var hold = patience.multipliedBy(2).plusSeconds(30);
    while (!Thread.currentThread().isInterrupted()) {
      var now = clock.instant();
      var claimed =
          deliveries.claim(channel.name(), now, quietHours.until(now) != null, hold).orElse(null);
      if (claimed == null) {
        return;
      }
      var trouble = attempt(claimed);
      if (trouble == null) {
        deliveries.sent(claimed, clock.instant());
      } else {
        log.warn("alerts: nothing sent to {}: {}", channel.name(), trouble);
        deliveries.failed(claimed, trouble, clock.instant(), again(claimed));
      }
    }
  }

  /** A test is to show how it is now, so it is not tried again. */
  private @Nullable Instant again(Claimed claimed) {
    return claimed.message().test() || claimed.attempt() > retryAfter.size()
        ? null
        : clock.instant().plus(retryAfter.get(claimed.attempt() - 1));
  }

  /** Null if it was sent. */
  @SuppressWarnings("Interruption") // The thread is ours, and does nothing else.
  private @Nullable String attempt(Claimed claimed) throws InterruptedException {
    var attempt = attempts.submit(() -> channel.send(claimed.id().toString(), claimed.message()));
    try {
      attempt.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return null;
    } catch (TimeoutException _) {
      return "It was not taken within %d s.".formatted(patience.toSeconds());
    } catch (ExecutionException e) {
      // The text of what nobody foresaw might hold a secret.
      var cause = Objects.requireNonNull(e.getCause());
      return cause instanceof Undelivered
          ? String.valueOf(cause.getMessage())
          : "It failed: " + cause.getClass().getSimpleName() + ".";
    } finally {
      attempt.cancel(true);
    }
  }

  @Override
  public void close() {
    attempts.shutdownNow();
  }
}
