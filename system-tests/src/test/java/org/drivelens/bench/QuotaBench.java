package org.drivelens.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.drivelens.system.Gallery;
import org.drivelens.system.Installation;
import org.drivelens.testsupport.TestBroker;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Full syncs of all events, again and again, by 1, 4, then 2 workers; people click and look. */
@Tag("bench")
class QuotaBench {

  private static final int PER_MINUTE = 60_000;
  private static final int EVENTS = 120;
  private static final Duration PHASE = Duration.ofSeconds(60);
  private static final Duration BOUND = Duration.ofSeconds(2);

  private final Durations clicks = new Durations();
  private final Durations looks = new Durations();

  @Test
  void the_fleet_uses_what_it_may_and_people_do_not_notice() {
    var limit = Map.of("DRIVELENS_QUOTA_UNITS_PER_MINUTE", String.valueOf(PER_MINUTE));
    var tasks = Executors.newScheduledThreadPool(3, Thread.ofVirtual().factory());
    try (var drivelens = new Installation("quota", TestBroker.shared("quota"), 1, limit)) {
      Figures.say("making galleries");
      var events = IntStream.range(0, EVENTS).mapToObj(n -> gallery(drivelens, n)).toList();
      events.forEach(gallery -> gallery.becomesWhole(Duration.ofMinutes(2)));
      var person = gallery(drivelens, EVENTS);
      person.becomesWhole();
      var busy = keepBusy(tasks, drivelens, events);
      drivelens.drive().calls().clear();
      long began = System.nanoTime();
      var clicking = tasks.scheduleWithFixedDelay(() -> click(person), 1, 2, TimeUnit.SECONDS);
      var looking = tasks.scheduleWithFixedDelay(() -> look(person), 1, 1, TimeUnit.SECONDS);
      for (var workers : List.of(1, 4, 2)) {
        Figures.say("workers: " + workers);
        drivelens.workers(workers);
        await().pollDelay(PHASE).atMost(PHASE.multipliedBy(2)).until(() -> true);
      }
      var units = drivelens.drive().calls().units();
      var used = units * 60e9 / (System.nanoTime() - began);
      report(drivelens.drive().calls().usage().mostInAnyMinute(), used);
      assertThat(List.of(busy, clicking, looking))
          .as("went on to the end")
          .noneMatch(Future::isDone);
    } finally {
      tasks.shutdownNow();
    }
  }

  private static Gallery gallery(Installation drivelens, int n) {
    var folder = drivelens.sharedFolder("Event " + n);
    drivelens.drive().library().seedImages(folder, "image-", 3);
    return drivelens.gallery(folder);
  }

  /** There is always more to do than the quota allows. */
  private static Future<?> keepBusy(
      ScheduledExecutorService tasks, Installation drivelens, List<Gallery> events) {
    var ids = events.stream().map(Gallery::event).toList();
    var open = "select count(*) from event_sync where requested_generation > synced_generation";
    return tasks.scheduleWithFixedDelay(
        () -> {
          if (drivelens.database().jdbc().sql(open).query(Integer.class).single() < EVENTS / 2) {
            drivelens.api().syncAll(ids, true);
          }
        },
        0,
        500,
        TimeUnit.MILLISECONDS);
  }

  /** Somebody has added an image, and wants to see it. */
  private void click(Gallery person) {
    var drivelens = person.installation();
    drivelens.drive().library().addSyntheticImage(person.folder(), "late.jpg");
    var expected = drivelens.drive().library().truth(person.folder()).size();
    long begin = System.nanoTime();
    drivelens.api().sync(person.event());
    await()
        .atMost(Duration.ofMinutes(1))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> drivelens.api().state(person.event()).photoCount() == expected);
    clicks.since(begin);
  }

  private void look(Gallery person) {
    var photo = person.photoIds().values().iterator().next();
    long begin = System.nanoTime();
    person.installation().api().content(person.event(), photo);
    looks.since(begin);
  }

  private void report(long most, double used) {
    Figures.add(
        "quota: most units in any 60 s, workers 1 -> 4 -> 2",
        String.valueOf(most),
        "61000, the limit and one second",
        "limit set to " + PER_MINUTE,
        most <= PER_MINUTE + PER_MINUTE / 60);
    Figures.add(
        "quota: units per minute with more work than quota",
        "%.0f, %.1f %%".formatted(used, 100 * used / PER_MINUTE),
        ">= 90 %",
        "limit set to " + PER_MINUTE,
        used >= 0.9 * PER_MINUTE);
    time("quota: click to the new image in the gallery", clicks);
    time("quota: fetch of an original", looks);
  }

  private static void time(String figure, Durations times) {
    Figures.add(
        figure + ", longest of " + times.count(),
        Durations.text(times.percentile(100)),
        Durations.text(BOUND),
        "median " + Durations.text(times.percentile(50)),
        times.percentile(100).compareTo(BOUND) < 0);
  }
}
