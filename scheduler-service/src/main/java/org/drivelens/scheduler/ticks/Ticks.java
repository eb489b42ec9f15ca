package org.drivelens.scheduler.ticks;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.drivelens.contract.Command;
import org.drivelens.contract.Command.CleanUpDue;
import org.drivelens.contract.Command.CleanUpDue.Target;
import org.drivelens.contract.Command.FeedPollRequested;
import org.drivelens.contract.Command.MarkDue;
import org.drivelens.contract.Command.SyncDue;
import org.drivelens.contract.MessagePublisher;
import org.drivelens.schedule.Schedule;
import org.drivelens.schedule.ScheduleProperties;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.stereotype.Component;

/** Every message this process publishes. */
@Component
@EnableConfigurationProperties(ScheduleProperties.class)
class Ticks {

  private final ScheduleProperties properties;
  private final MessagePublisher publisher;
  private final Clock clock;
  private final TaskScheduler scheduler;
  private final List<Tick> all;

  Ticks(
      ScheduleProperties properties,
      MessagePublisher publisher,
      Clock clock,
      TaskScheduler scheduler) {
    this.properties = properties;
    this.publisher = publisher;
    this.clock = clock;
    this.scheduler = scheduler;
    // Two messages to two services: one whose queue is missing must not repeat the other.
    all =
        List.of(
            tick("feed-poll", properties.feedPoll(), slot -> new FeedPollRequested(null)),
            tick("sync-due", properties.syncDue(), SyncDue::new),
            tick("mark-due", properties.markDue(), MarkDue::new),
            tick("clean-up", properties.cleanUp(), slot -> new CleanUpDue(slot, Target.WORKER)),
            tick("clean-up-api", properties.cleanUp(), slot -> new CleanUpDue(slot, Target.API)));
  }

  private Tick tick(String name, String schedule, Function<Instant, Command> command) {
    return new Tick(
        name,
        Schedule.of(name, schedule, properties.zone()),
        properties.retry(),
        command,
        publisher::publish,
        clock);
  }

  @EventListener(ApplicationReadyEvent.class)
  void start() {
    for (var tick : all) {
      var _ = scheduler.schedule(tick, tick);
    }
  }

  List<Tick> all() {
    return all;
  }
}
