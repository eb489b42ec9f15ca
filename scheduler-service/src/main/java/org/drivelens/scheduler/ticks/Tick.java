package org.drivelens.scheduler.ticks;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.drivelens.contract.Command;
import org.drivelens.schedule.Schedule;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.Trigger;
import org.springframework.scheduling.TriggerContext;

/**
 * One message that is due again and again. It compares what is due with what was published, and
 * never counts occasions: after a start, an outage of the broker or a jump of the clock the latest
 * slot is published, once, and older ones are left out.
 */
final class Tick implements Runnable, Trigger {

  private static final Logger log = LoggerFactory.getLogger(Tick.class);

  /**
   * A wait is measured by a timer that knows nothing of a clock that was set or a machine that
   * slept.
   */
  private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);

  private final String name;
  private final Schedule schedule;
  private final Duration retry;
  private final Function<Instant, Command> command;
  private final Function<Command, CompletableFuture<Boolean>> publisher;
  private final Clock clock;

  private volatile @Nullable Instant published;
  private volatile @Nullable Instant lateSince;

  Tick(
      String name,
      Schedule schedule,
      Duration retry,
      Function<Instant, Command> command,
      Function<Command, CompletableFuture<Boolean>> publisher,
      Clock clock) {
    this.name = name;
    this.schedule = schedule;
    this.retry = retry;
    this.command = command;
    this.publisher = publisher;
    this.clock = clock;
  }

  /** Publishes the latest slot if that has not been done. */
  @Override
  public void run() {
    var slot = schedule.latest(clock.instant());
    if (slot.equals(published)) {
      return;
    }
    if (publisher.apply(command.apply(slot)).join()) {
      if (lateSince != null) {
        log.info("{} is published again", name);
      }
      published = slot;
      lateSince = null;
    } else if (lateSince == null) {
      log.warn("{} of {} was not published, trying again every {}", name, slot, retry);
      lateSince = clock.instant();
    }
  }

  @Override
  public Instant nextExecution(TriggerContext context) {
    var now = clock.instant();
    if (context.lastScheduledExecution() == null) {
      return now;
    }
    var pause = schedule.latest(now).equals(published) ? LOOK_AGAIN : retry;
    var next = schedule.next(now);
    return next.isBefore(now.plus(pause)) ? next : now.plus(pause);
  }

  String name() {
    return name;
  }

  /** The newest slot that the broker has taken; null before the first. */
  @Nullable Instant published() {
    return published;
  }

  /** Since when what is due could not be published; null when it could. */
  @Nullable Instant lateSince() {
    return lateSince;
  }

  Instant next() {
    return schedule.next(clock.instant());
  }
}
