package org.drivelens.scheduler.ticks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.drivelens.contract.Command;
import org.drivelens.contract.Command.SyncDue;
import org.drivelens.schedule.Schedule;
import org.drivelens.testsupport.SettableClock;
import org.junit.jupiter.api.Test;
import org.springframework.scheduling.support.SimpleTriggerContext;

class TickTest {

  private static final Duration RETRY = Duration.ofSeconds(5);

  private final SettableClock clock = new SettableClock(Instant.parse("2026-11-23T14:00:00Z"));
  private final List<Command> published = new ArrayList<>();
  private boolean brokerIsUp = true;

  private final Tick tick =
      new Tick(
          "sync-due",
          Schedule.of("test", "6h", ZoneOffset.UTC),
          RETRY,
          SyncDue::new,
          this::publish,
          clock);

  @Test
  void publishes_the_latest_past_slot_at_the_start() {
    assertThat(nextExecutionAtStart()).isEqualTo(clock.instant());

    tick.run();

    assertThat(published).containsExactly(due("2026-11-23T12:00:00Z"));
  }

  @Test
  void publishes_each_slot_once_however_often_it_looks() {
    for (int minute = 0; minute < 24 * 60; minute++) {
      tick.run();
      clock.advance(Duration.ofMinutes(1));
    }

    assertThat(published)
        .containsExactly(
            due("2026-11-23T12:00:00Z"),
            due("2026-11-23T18:00:00Z"),
            due("2026-11-24T00:00:00Z"),
            due("2026-11-24T06:00:00Z"),
            due("2026-11-24T12:00:00Z"));
  }

  @Test
  void publishes_only_the_latest_missed_slot_when_the_broker_is_back() {
    tick.run();
    brokerIsUp = false;
    for (int hour = 0; hour < 30; hour++) {
      clock.advance(Duration.ofHours(1));
      tick.run();
    }
    assertThat(tick.lateSince()).isEqualTo(Instant.parse("2026-11-23T18:00:00Z"));

    brokerIsUp = true;
    tick.run();

    assertThat(published).containsExactly(due("2026-11-23T12:00:00Z"), due("2026-11-24T18:00:00Z"));
    assertThat(tick.lateSince()).isNull();
  }

  @Test
  void looks_again_after_the_retry_pause_while_something_is_late() {
    brokerIsUp = false;
    tick.run();

    assertThat(nextExecution()).isEqualTo(clock.instant().plus(RETRY));
  }

  @Test
  void looks_again_at_the_next_slot_but_within_a_minute() {
    tick.run();
    assertThat(nextExecution()).isEqualTo(clock.instant().plus(Duration.ofMinutes(1)));

    clock.set(Instant.parse("2026-11-23T17:59:30Z"));
    assertThat(nextExecution()).isEqualTo(Instant.parse("2026-11-23T18:00:00Z"));
  }

  @Test
  void goes_on_after_the_clock_was_a_year_ahead() {
    tick.run();
    clock.set(Instant.parse("2027-11-23T14:00:00Z"));
    tick.run();
    clock.set(Instant.parse("2026-11-23T18:00:01Z"));
    tick.run();

    assertThat(published).last().isEqualTo(due("2026-11-23T18:00:00Z"));
  }

  private CompletableFuture<Boolean> publish(Command command) {
    if (brokerIsUp) {
      published.add(command);
    }
    return CompletableFuture.completedFuture(brokerIsUp);
  }

  private Instant nextExecutionAtStart() {
    return tick.nextExecution(new SimpleTriggerContext());
  }

  private Instant nextExecution() {
    var now = clock.instant();
    return tick.nextExecution(new SimpleTriggerContext(now, now, now));
  }

  private static SyncDue due(String slot) {
    return new SyncDue(Instant.parse(slot));
  }
}
