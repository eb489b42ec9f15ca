package org.drivelens.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
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
import org.drivelens.testsupport.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each fault by its name, on real processes. After each the gallery is its folder without anybody's
 * help. The build leaves out those that take their time; {@code ./drivelens chaos faults} runs all.
 */
class FaultsTest {

  /** From whatever was broken. */
  private static final Duration RECOVERY = Duration.ofSeconds(30);

  /** After so many a message is put aside, whatever it says. */
  private static final int DELIVERY_LIMIT = 20;

  private final Installation drivelens = Installation.hasty();
  private final Broken broken = new Broken(drivelens);
  private final Library library = drivelens.drive().library();
  private String folder;
  private String image;
  private Gallery gallery;

  @BeforeEach
  void a_gallery_that_is_whole() {
    drivelens.workers(2);
    gallery = fresh("Wedding");
    folder = gallery.folder();
    image = library.children(folder).getFirst().id();
    gallery.becomesWhole();
  }

  private Gallery fresh(String name) {
    var top = drivelens.sharedFolder(name);
    library.addSyntheticImage(top, "church.jpg");
    library.seedImages(library.createFolder(top, "Dinner"), "guest-", 20);
    return drivelens.gallery(top);
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
    var other = fresh("Party");
    other.becomesWhole();
    drivelens.runningWorkers().forEach(ServiceProcess::freeze);
    try {
      // What the frozen ones were given already is about the other event.
      await("messages that wait")
          .atMost(Duration.ofSeconds(10))
          .until(() -> {
            broken.nudge(other.event());
            return broken.waitingRequests() > 0;
          });
      library.addSyntheticImage(folder, "late.jpg");
      drivelens.api().sync(gallery.event());
      await("the request").until(() -> broken.waitingRequests() > 1);
      broken.purgeQueues();
    } finally {
      drivelens.runningWorkers().forEach(ServiceProcess::thaw);
    }
    gallery.becomesWhole(RECOVERY);
  }

  // Processes.

  @Test
  @Tag("slow")
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
      hold.awaitArrived(2, RECOVERY);
    }
    gallery.becomesWhole(RECOVERY);
  }

  @Test
  void a_worker_that_dies_after_its_commit_and_before_its_acknowledgement_does_no_harm() {
    // What the run still needs when the broker no longer answers: no message.
    var lookup = Match.on(DriveMethod.FILES_GET).about(image);
    try (var hold = drivelens.drive().faults().hold(lookup)) {
      library.delete(image);
      drivelens.api().sync(gallery.event());
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
    library.addSyntheticImage(folder, "late.jpg");
    gallery.syncs();
  }

  @Test
  void a_worker_that_sleeps_beyond_its_lease_loses_nothing() {
    var listing = Match.on(DriveMethod.FILES_LIST).about(folder);
    try (var hold = drivelens.drive().faults().hold(listing)) {
      drivelens.api().syncFully(gallery.event());
      hold.awaitArrived(1, Duration.ofSeconds(20));
      drivelens.runningWorkers().forEach(ServiceProcess::freeze);
    }
    library.addSyntheticImage(folder, "late.jpg");
    var rested = drivelens.addWorker(Map.of());
    try {
      gallery.becomesWhole(RECOVERY);
      library.delete(image);
      gallery.syncs();
    } finally {
      drivelens.runningWorkers().stream().filter(w -> w != rested).forEach(ServiceProcess::thaw);
    }
    drivelens.runningWorkers().forEach(ServiceProcess::awaitReady);
    gallery.syncs();
  }

  /** PostgreSQL's clock is the only one that counts, and Google's where Google names a time. */
  @Test
  @Tag("slow")
  void workers_whose_clocks_are_an_hour_off_either_way_do_no_harm() {
    drivelens.workers(0);
    var fast = drivelens.addWorker(Map.of("DRIVELENS_DRIVE_CLOCK_SHIFT", "1h"));
    try {
      changeUnderRateLimit();
      var slow = drivelens.addWorker(Map.of("DRIVELENS_DRIVE_CLOCK_SHIFT", "-1h"));
      changeUnderRateLimit();
      killInMidWalk(fast);
      gallery.becomesWhole(RECOVERY);
      drivelens.addWorker(Map.of("DRIVELENS_DRIVE_CLOCK_SHIFT", "1h"));
      changeUnderRateLimit();
      killInMidWalk(slow);
      gallery.becomesWhole(RECOVERY);
    } finally {
      drivelens.workers(0);
    }
  }

  private void changeUnderRateLimit() {
    var pause = Trouble.google(429, "rateLimitExceeded").retryAt(Duration.ofSeconds(2));
    drivelens.drive().faults().fail(Match.any(), pause, 3);
    library.addSyntheticImage(folder, "late.jpg");
    drivelens.api().sync(gallery.event());
    gallery.becomesWhole(RECOVERY);
  }

  /** Whichever worker has the event: the other one is frozen until this one is dead. */
  private void killInMidWalk(ServiceProcess victim) {
    var others = drivelens.runningWorkers().stream().filter(w -> w != victim).toList();
    others.forEach(ServiceProcess::freeze);
    try (var hold =
        drivelens.drive().faults().hold(Match.on(DriveMethod.FILES_LIST).about(folder))) {
      // Messages may lie with a frozen worker; each of these may reach the one that is awake.
      drivelens.api().syncFully(gallery.event());
      await("the victim at work")
          .atMost(Duration.ofSeconds(20))
          .until(() -> {
            broken.nudge(gallery.event());
            return !hold.held().isEmpty();
          });
      victim.kill();
      drivelens.forget(victim);
    } finally {
      others.forEach(ServiceProcess::thaw);
    }
  }

  @Test
  @Tag("slow")
  void five_rolling_restarts_under_load_lose_nothing_and_wear_no_message_out() {
    var before = drivelens.broker().redeliveries();
    drivelens.drive().faults().latency(DriveMethod.FILES_LIST, Duration.ofMillis(300));
    var galleries = IntStream.rangeClosed(1, 8).mapToObj(n -> fresh("Event " + n)).toList();
    for (int round = 1; round <= 5; round++) {
      galleries.forEach(g -> {
        library.addSyntheticImage(library.children(g.folder()).getLast().id(), "late.jpg");
        drivelens.api().syncFully(g.event());
      });
      assertThat(drivelens.restartWorkers())
          .allSatisfy(end -> assertThat(end).isLessThan(Duration.ofSeconds(15)));
    }
    drivelens.drive().faults().clear();
    galleries.forEach(g -> g.becomesWhole(Duration.ofSeconds(90)));
    assertThat(drivelens.broker().redeliveries() - before).isLessThan(DELIVERY_LIMIT / 2);
  }

  /** The poll ticks of an hour, one each second. */
  @Test
  @Tag("slow")
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
        await().pollDelay(Duration.ofSeconds(10)).atMost(Duration.ofSeconds(20)).until(() -> true);
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
  @Tag("slow")
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
  void a_database_that_is_restarted_in_order_is_used_again() {
    var listing = Match.on(DriveMethod.FILES_LIST).about(folder);
    try (var hold = drivelens.drive().faults().hold(listing)) {
      drivelens.api().syncFully(gallery.event());
      hold.awaitArrived(1, Duration.ofSeconds(20));
      library.addSyntheticImage(folder, "late.jpg");
      TestDatabase.restartServer();
    }
    ask();
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

  /** Each event has its own trouble, all at the same time. */
  @Test
  void bad_answers_about_one_folder_cost_no_photo() {
    var galleries = troubles().map(trouble -> fresh("Folder of " + trouble)).toList();
    galleries.forEach(Gallery::becomesWhole);
    var photos = galleries.stream().map(Gallery::photoIds).toList();
    var faults = new ArrayList<Fault>();
    troubles()
        .forEach(trouble ->
            faults.add(
                drivelens
                    .drive()
                    .faults()
                    .fail(Match.any().about(galleries.get(faults.size()).folder()), trouble)));
    galleries.forEach(g -> drivelens.api().syncFully(g.event()));
    await("answers that are bad")
        .atMost(Duration.ofSeconds(20))
        .until(() -> faults.stream().allMatch(fault -> fault.hits() > 0));
    assertThat(galleries.stream().map(Gallery::photoIds).toList()).isEqualTo(photos);
    faults.forEach(Fault::clear);
    galleries.forEach(g -> drivelens.api().sync(g.event()));
    galleries.forEach(g -> g.becomesWhole(RECOVERY));
  }

  @ParameterizedTest
  @Tag("slow")
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
  @Tag("slow")
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
