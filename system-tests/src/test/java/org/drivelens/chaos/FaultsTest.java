package org.drivelens.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.drivelens.emulator.call.DriveMethod;
import org.drivelens.emulator.call.Match;
import org.drivelens.emulator.fault.Fault;
import org.drivelens.emulator.fault.Trouble;
import org.drivelens.emulator.library.Library;
import org.drivelens.system.Api;
import org.drivelens.system.Broken;
import org.drivelens.system.Gallery;
import org.drivelens.system.Installation;
import org.drivelens.system.ServiceProcess;
import org.drivelens.testsupport.TestBroker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each fault by its name, on real processes. After each the gallery is its folder without anybody's
 * help. {@code ./drivelens chaos faults} runs them.
 */
@Tag("slow")
class FaultsTest {

  /** A dead worker's event runs again within this, and then has to be finished. */
  private static final Duration RECOVERY = Duration.ofSeconds(60);

  private final Installation drivelens = Installation.shared();
  private final Broken broken = new Broken(drivelens);
  private final Library library = drivelens.drive().library();
  private String folder;
  private String image;
  private Gallery gallery;

  @BeforeEach
  void a_gallery_that_is_whole() {
    drivelens.workers(2);
    folder = drivelens.sharedFolder("Wedding");
    image = library.addSyntheticImage(folder, "church.jpg");
    library.seedImages(library.createFolder(folder, "Dinner"), "guest-", 20);
    gallery = drivelens.gallery(folder);
    gallery.becomesWhole();
  }

  @AfterEach
  void nothing_is_broken_any_more() {
    drivelens.drive().faults().clear();
    broken.close();
  }

  // Messages.

  @Test
  void doubled_late_and_reordered_messages_change_nothing() {
    var other = drivelens.gallery(drivelens.sharedFolder("Party"));
    library.rename(image, "chapel.jpg");
    drivelens.api().sync(gallery.event());
    gallery.becomesWhole();
    // They come when all is done, and again while more is done.
    var events = new ArrayList<String>();
    for (int n = 0; n < 20; n++) {
      events.add(gallery.event());
      events.add(other.event());
    }
    Collections.shuffle(events, new Random(1));
    events.forEach(broken::nudge);
    library.rename(image, "cathedral.jpg");
    drivelens.api().sync(gallery.event());
    events.forEach(broken::nudge);
    gallery.becomesWhole();
    other.becomesWhole();
  }

  @Test
  void what_nobody_can_read_does_not_hold_up_the_others() {
    for (var poison : List.of("{", "[]", "{\"v\":1,\"eventId\":\"nobody\"}", "\u0000")) {
      broken.poison(poison);
    }
    library.rename(image, "chapel.jpg");
    gallery.syncs();
    await("an empty queue")
        .atMost(Duration.ofSeconds(20))
        .until(() -> broken.waitingRequests() == 0);
  }

  @Test
  void requests_whose_queue_an_operator_purged_are_done_all_the_same() {
    drivelens.workers(0);
    library.addSyntheticImage(folder, "late.jpg");
    drivelens.api().sync(gallery.event());
    await("a request that waits")
        .atMost(Duration.ofSeconds(10))
        .until(() -> broken.waitingRequests() > 0);
    broken.purgeQueues();
    drivelens.workers(1);
    gallery.becomesWhole(RECOVERY);
  }

  // Processes.

  @Test
  void a_request_survives_an_api_that_dies_after_its_answer() {
    library.addSyntheticImage(folder, "late.jpg");
    drivelens.broker().server().freeze();
    try {
      drivelens.api().sync(gallery.event());
      drivelens.killApi();
    } finally {
      drivelens.broker().server().thaw();
    }
    drivelens.startApi();
    gallery.becomesWhole(RECOVERY);
  }

  @Test
  void a_worker_that_dies_while_it_applies_changes_loses_none() {
    var lookup = Match.on(DriveMethod.FILES_GET).about(image);
    try (var hold = drivelens.drive().faults().hold(lookup)) {
      library.delete(image);
      library.addSyntheticImage(folder, "late.jpg");
      drivelens.api().sync(gallery.event());
      hold.awaitArrived(1, Duration.ofSeconds(20));
      List.copyOf(drivelens.workers(2)).forEach(drivelens::replaceWorker);
    }
    gallery.becomesWhole(RECOVERY);
  }

  @Test
  void a_worker_that_dies_after_its_commit_and_before_its_acknowledgement_does_no_harm() {
    var listing = Match.on(DriveMethod.FILES_LIST).about(folder);
    try (var hold = drivelens.drive().faults().hold(listing)) {
      drivelens.api().syncFully(gallery.event());
      hold.awaitArrived(1, Duration.ofSeconds(20));
      drivelens.broker().server().freeze();
    }
    try {
      gallery.becomesWhole();
      List.copyOf(drivelens.workers(2)).forEach(drivelens::replaceWorker);
    } finally {
      drivelens.broker().server().thaw();
    }
    drivelens.runningWorkers().forEach(ServiceProcess::awaitReady);
    library.rename(image, "chapel.jpg");
    gallery.syncs();
  }

  /** The poll ticks of an hour, one each second. */
  @Test
  void without_a_scheduler_changes_are_found_all_the_same() {
    var everySecond =
        Map.of("DRIVELENS_SCHEDULE_FEED_POLL", "1s", "DRIVELENS_FEED_POLL_EVERY", "1s");
    try (var other = new Installation("alone", TestBroker.own("alone"), 1, everySecond)) {
      var scheduler = other.startScheduler();
      var fair = other.sharedFolder("Fair");
      var stand = other.gallery(fair);
      stand.becomesWhole();
      scheduler.kill();
      for (int minutes = 10; minutes <= 60; minutes += 10) {
        await().pollDelay(Duration.ofSeconds(10)).until(() -> true);
        other.drive().library().addSyntheticImage(fair, "late-" + minutes + ".jpg");
        stand.becomesWhole(RECOVERY);
      }
      other.startScheduler();
      other.drive().library().addSyntheticImage(fair, "again.jpg");
      stand.becomesWhole(RECOVERY);
    }
  }

  // Servers.

  @Test
  void a_broker_that_is_away_for_a_minute_costs_nothing_but_time() {
    drivelens.broker().server().kill();
    try {
      library.addSyntheticImage(folder, "late.jpg");
      drivelens.api().sync(gallery.event());
      await().pollDelay(Duration.ofMinutes(1)).atMost(Duration.ofMinutes(2)).until(() -> true);
    } finally {
      drivelens.broker().server().start();
    }
    gallery.becomesWhole(RECOVERY);
  }

  @Test
  void a_database_whose_connections_all_break_is_used_again() {
    for (int n = 0; n < 5; n++) {
      library.addSyntheticImage(folder, "late-" + n + ".jpg");
      ask();
      broken.cutDatabaseConnections();
    }
    gallery.becomesWhole(RECOVERY);
  }

  @Test
  void a_database_that_crashes_in_the_middle_of_a_sync_loses_nothing_that_was_accepted() {
    var listing = Match.on(DriveMethod.FILES_LIST).about(folder);
    try (var hold = drivelens.drive().faults().hold(listing)) {
      drivelens.api().syncFully(gallery.event());
      hold.awaitArrived(1, Duration.ofSeconds(20));
      library.addSyntheticImage(folder, "late.jpg");
      broken.crashDatabase();
    }
    gallery.becomesWhole(RECOVERY);
  }

  /** As a client does: a 503 is asked again. */
  private void ask() {
    await()
        .pollDelay(Duration.ZERO)
        .ignoreException(Api.Unavailable.class)
        .until(() -> {
          drivelens.api().sync(gallery.event());
          return true;
        });
  }

  // Drive.

  static Stream<Trouble> troubles() {
    return Stream.of(
        Trouble.status(503),
        Trouble.html(502),
        Trouble.html(200),
        Trouble.reset(),
        Trouble.truncated(),
        Trouble.malformedJson(),
        Trouble.google(429, "rateLimitExceeded"),
        Trouble.google(401, "authError"));
  }

  @ParameterizedTest
  @MethodSource("troubles")
  void bad_answers_of_drive_cost_no_photo(Trouble trouble) {
    var before = gallery.photoIds();
    try (var all = new Outage(drivelens, trouble)) {
      drivelens.api().syncFully(gallery.event());
      await("calls that go wrong").atMost(Duration.ofSeconds(20)).until(() -> all.hits() > 3);
      assertThat(gallery.photoIds()).isEqualTo(before);
    }
    library.rename(image, "chapel.jpg");
    drivelens.api().sync(gallery.event());
    gallery.becomesWhole(RECOVERY);
  }

  @Test
  void a_drive_that_hangs_costs_no_photo() {
    var before = gallery.photoIds();
    try (var all = new Outage(drivelens, Trouble.hang())) {
      drivelens.api().syncFully(gallery.event());
      await("calls that hang").atMost(Duration.ofSeconds(60)).until(() -> all.hits() > 1);
      assertThat(gallery.photoIds()).isEqualTo(before);
    }
    library.rename(image, "chapel.jpg");
    drivelens.api().sync(gallery.event());
    gallery.becomesWhole(RECOVERY);
  }

  @Test
  void tokens_that_expire_are_fetched_anew() {
    library.rename(image, "chapel.jpg");
    drivelens.drive().tokens().revokeAll();
    gallery.syncs();
  }

  /** Every call of Drive fails. */
  private record Outage(Installation drivelens, Fault fault) implements AutoCloseable {

    Outage(Installation drivelens, Trouble trouble) {
      this(drivelens, drivelens.drive().faults().fail(Match.any(), trouble));
    }

    int hits() {
      return fault.hits();
    }

    @Override
    public void close() {
      fault.clear();
    }
  }
}
