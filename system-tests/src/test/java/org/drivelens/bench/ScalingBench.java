package org.drivelens.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.drivelens.system.Gallery;
import org.drivelens.system.Installation;
import org.drivelens.testsupport.TestBroker;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Workers come and go under load. */
@Tag("bench")
class ScalingBench {

  private static final int CLICKS = 300;

  /** Far from the limit of 20: a message that is delivered again more often is near it. */
  private static final int REDELIVERIES = 5;

  @Test
  void five_rolling_restarts_under_load() {
    try (var drivelens = new Installation("restarts", TestBroker.shared("restarts"), 2)) {
      drivelens.broker().limitDeliveries(REDELIVERIES);
      var took = new Durations();
      var galleries = new ArrayList<Gallery>();
      for (int round = 1; round <= 5; round++) {
        for (int n = 0; n < 8; n++) {
          galleries.add(gallery(drivelens, "Event " + round + "-" + n, 1_500));
        }
        drivelens.api().syncAll(galleries.stream().map(Gallery::event).toList(), true);
        drivelens.restartWorkers().forEach(took::add);
        Figures.say("round " + round + " of 5");
      }
      var longest = took.percentile(100);
      Figures.add(
          "scaling: SIGTERM to exit of a worker under load, longest of " + took.count(),
          Durations.text(longest),
          "15 s",
          "median " + Durations.text(took.percentile(50)),
          longest.toSeconds() < 15);
      galleries.forEach(gallery -> gallery.becomesWhole(Duration.ofMinutes(5)));
      Figures.add(
          "scaling: galleries that are whole after 5 rolling restarts",
          String.valueOf(galleries.size()),
          String.valueOf(galleries.size()),
          "",
          true);
      var poison = count(drivelens, "dead_letter");
      Figures.add(
          "scaling: messages delivered more than %d times".formatted(1 + REDELIVERIES),
          String.valueOf(poison),
          "0",
          "the limit is 20; all messages together: %d deliveries beyond the first"
              .formatted(drivelens.broker().redeliveries()),
          poison == 0);
    }
  }

  @Test
  void clicks_start_at_once_while_ten_thousand_bulk_requests_are_queued() {
    try (var drivelens = new Installation("clicks", TestBroker.shared("clicks"), 2)) {
      Figures.say("making galleries");
      var clicked =
          IntStream.range(0, 20).mapToObj(n -> gallery(drivelens, "Clicked " + n, 3)).toList();
      clicked.forEach(Gallery::becomesWhole);
      var bulk = tenThousandEvents(drivelens);
      drivelens.api().syncAll(bulk, false);
      var took = new Durations();
      while (took.count() < CLICKS) {
        took.add(startOfClick(clicked.get(took.count() % clicked.size())));
        if (took.count() % 50 == 0) {
          Figures.say("clicks: " + took.count() + ", still queued: " + unanswered(drivelens));
        }
      }
      var left = unanswered(drivelens);
      assertThat(left).as("bulk requests that still wait at the end").isPositive();
      var p99 = took.percentile(99);
      Figures.add(
          "scaling: POST to start of a click, p99 of " + CLICKS,
          Durations.text(p99),
          "2 s",
          "10000 bulk requests queued, %d left; median %s"
              .formatted(left, Durations.text(took.percentile(50))),
          p99.toSeconds() < 2);
    }
  }

  private static Gallery gallery(Installation drivelens, String name, int images) {
    var folder = drivelens.sharedFolder(name);
    drivelens.drive().library().seedImages(folder, "image-", images);
    return drivelens.gallery(folder);
  }

  /** Never synced, and written as the API does, but not one by one. */
  private static List<String> tenThousandEvents(Installation drivelens) {
    var library = drivelens.drive().library();
    var parent = drivelens.sharedFolder("Events");
    var folders = new ArrayList<String>();
    for (int n = 0; n < 10_000; n++) {
      folders.add(library.createFolder(parent, "Event " + n));
    }
    return drivelens
        .database()
        .jdbc()
        .sql(
            """
            with made as (
              insert into event (name, folder_id) select 'Event ' || folder, folder from unnest(:folders) as folder
              returning id, folder_id),
            root as (insert into event_folder (event_id, folder_epoch, folder_id) select id, 1, folder_id from made)
            insert into event_sync (event_id, folder_id, folder_epoch)
            select id, folder_id, 1 from made returning event_id
            """)
        .param("folders", folders.toArray(String[]::new))
        .query((row, n) -> row.getString(1))
        .list();
  }

  private static int unanswered(Installation drivelens) {
    return count(drivelens, "event_sync where requested_generation > synced_generation");
  }

  private static int count(Installation drivelens, String rows) {
    return drivelens
        .database()
        .jdbc()
        .sql("select count(*) from " + rows)
        .query(Integer.class)
        .single();
  }

  /** From before the POST until a worker has begun with it, by the database's clock. */
  private static Duration startOfClick(Gallery gallery) {
    var jdbc = gallery.installation().database().jdbc();
    var posted = jdbc.sql("select clock_timestamp()").query(Instant.class).single();
    gallery.installation().api().syncFully(gallery.event());
    var started =
        await()
            .atMost(Duration.ofMinutes(1))
            .pollInterval(Duration.ofMillis(20))
            .until(
                () ->
                    jdbc.sql(
                            """
                            select started_at from sync_run
                             where event_id = :event::uuid and requested_at > :posted::timestamptz
                            """)
                        .param("event", gallery.event())
                        .param("posted", posted.toString())
                        .query(Instant.class)
                        .optional(),
                Optional::isPresent);
    return Duration.between(posted, started.orElseThrow());
  }
}
