package org.drivelens.api.operations;

import static org.drivelens.api.rows.Columns.instant;
import static org.drivelens.api.rows.Columns.moment;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.drivelens.api.problems.ApiProblem;
import org.drivelens.api.problems.ProblemType;
import org.drivelens.contract.Command;
import org.drivelens.contract.Command.CleanUpDue;
import org.drivelens.contract.Command.CleanUpDue.Target;
import org.drivelens.contract.Command.FeedPollRequested;
import org.drivelens.contract.Command.MarkDue;
import org.drivelens.contract.Command.SyncDue;
import org.drivelens.contract.MessagePublisher;
import org.drivelens.schedule.Schedule;
import org.drivelens.schedule.ScheduleProperties;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What comes by itself. The scheduler acts on the same settings; whether it did is told by the
 * slots that were taken, not by it.
 */
@Component
@EnableConfigurationProperties(ScheduleProperties.class)
class Schedules {

  private static final int TIMES = 3;

  private final List<Known> known;
  private final JdbcClient jdbc;
  private final MessagePublisher publisher;
  private final Clock clock;
  private final String zone;

  Schedules(
      ScheduleProperties properties, JdbcClient jdbc, MessagePublisher publisher, Clock clock) {
    this.jdbc = jdbc;
    this.publisher = publisher;
    this.clock = clock;
    zone = properties.zone().getId();
    known =
        List.of(
            known(
                properties,
                "feed-poll",
                properties.feedPoll(),
                null,
                _ -> new FeedPollRequested(null)),
            known(properties, "sync-due", properties.syncDue(), "sync", SyncDue::new),
            known(properties, "mark-due", properties.markDue(), "mark", MarkDue::new),
            known(
                properties,
                "clean-up",
                properties.cleanUp(),
                "clean-up-worker",
                slot -> new CleanUpDue(slot, Target.WORKER)),
            known(
                properties,
                "clean-up-api",
                properties.cleanUp(),
                "clean-up-api",
                slot -> new CleanUpDue(slot, Target.API)));
  }

  /**
   * @param tick its name in the table of slots; null for the feed, which says itself when it was
   *     read
   */
  private record Known(
      String name,
      String setting,
      Schedule schedule,
      @Nullable String tick,
      Function<Instant, Command> command) {}

  private static Known known(
      ScheduleProperties properties,
      String name,
      String setting,
      @Nullable String tick,
      Function<Instant, Command> command) {
    return new Known(name, setting, Schedule.of(name, setting, properties.zone()), tick, command);
  }

  @Schema(name = "Schedules")
  record All(
      @Schema(description = "In which cron expressions are meant.", example = "UTC") String zone,
      List<One> schedules) {}

  @Schema(name = "Schedule")
  record One(
      @Schema(example = "sync-due") String name,
      @Schema(
              description = "A duration, or a cron expression of six fields.",
              example = "0 0 2 * * *")
          String schedule,
      @Schema(description = "The next three times.") List<Instant> next,
      @Schema(description = "When it was last acted on; null if that is not known (any more).")
          @Nullable Instant lastDoneAt) {}

  @Schema(name = "ScheduleRun")
  record Asked(String name, Instant at) {}

  All all() {
    var done = new java.util.HashMap<String, Instant>();
    jdbc.sql("select name, max(taken_at) as taken_at from tick group by name")
        .query(row -> {
          done.put(row.getString("name"), moment(row, "taken_at"));
        });
    var polled =
        jdbc.sql("select max(as_of) as as_of from drive_feed")
            .query((row, _) -> java.util.Optional.ofNullable(instant(row, "as_of")))
            .single()
            .orElse(null);
    return new All(
        zone, known.stream().map(k -> one(k, k.tick == null ? polled : done.get(k.tick))).toList());
  }

  private One one(Known known, @Nullable Instant done) {
    var next =
        Stream.iterate(known.schedule.next(clock.instant()), known.schedule::next)
            .limit(TIMES)
            .toList();
    return new One(known.name, known.setting, next, done);
  }

  /**
   * Publishes what the scheduler would, for this moment.
   *
   * @throws ApiProblem if there is no such schedule, or the broker did not take it
   */
  Asked runNow(String name) {
    var chosen =
        known.stream()
            .filter(k -> k.name.equals(name))
            .findFirst()
            .orElseThrow(() -> ApiProblem.notFound("There is no schedule of this name."));
    var now = clock.instant();
    if (!published(chosen.command.apply(now))) {
      throw ApiProblem.later(
          ProblemType.BROKER_UNAVAILABLE,
          "The message broker did not take it, or nobody is there to do it.",
          Duration.ofSeconds(10));
    }
    return new Asked(name, now);
  }

  private boolean published(Command command) {
    return publisher.publish(command).completeOnTimeout(false, 10, TimeUnit.SECONDS).join();
  }
}
