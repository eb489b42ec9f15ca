package org.drivelens.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.drivelens.emulator.call.DriveMethod;
import org.drivelens.emulator.call.Match;
import org.drivelens.emulator.library.Library;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Workers die, freeze, come and go; no gallery suffers from it. */
class WorkersComeAndGoTest {

  /** After so many a message is put aside, whatever it says. */
  private static final int DELIVERY_LIMIT = 20;

  private final Installation drivelens = Installation.shared();
  private final Library library = drivelens.drive().library();

  private String folder;
  private String inner;
  private String image;
  private String innerImage;

  @BeforeEach
  void a_folder_and_one_worker() {
    drivelens.workers(1);
    folder = drivelens.sharedFolder("Wedding");
    image = library.addSyntheticImage(folder, "church.jpg");
    inner = library.createFolder(folder, "Dinner");
    innerImage = library.addSyntheticImage(inner, "cake.jpg");
    library.seedImages(inner, "guest-", 50);
  }

  @AfterEach
  void nothing_is_held_any_more() {
    drivelens.drive().faults().clear();
  }

  @Test
  void the_event_of_a_killed_worker_runs_again_within_thirty_seconds() {
    var victim = drivelens.workers(1).getFirst();
    var listing = Match.on(DriveMethod.FILES_LIST).about(inner);
    Gallery gallery;
    try (var hold = drivelens.drive().faults().hold(listing)) {
      gallery = drivelens.gallery(folder);
      hold.awaitArrived(1, Duration.ofSeconds(20));
      drivelens.workers(2);
      victim.kill();
      drivelens.forget(victim);
      hold.awaitArrived(2, Duration.ofSeconds(30));
    }
    gallery.becomesWhole();
  }

  @Test
  void a_worker_that_wakes_beyond_its_lease_can_write_nothing() {
    var sleeper = drivelens.workers(1).getFirst();
    var listing = Match.on(DriveMethod.FILES_LIST).about(inner);
    Gallery gallery;
    try (var hold = drivelens.drive().faults().holdAnswer(listing)) {
      gallery = drivelens.gallery(folder);
      hold.awaitArrived(1, Duration.ofSeconds(20));
      sleeper.freeze();
    }
    try {
      drivelens.workers(2);
      gallery.becomesWhole();
      library.delete(innerImage);
      library.rename(image, "chapel.jpg");
      gallery.syncs();
    } finally {
      sleeper.thaw();
    }
    // Now it reads a listing from before, and wants to write what it says.
    var photos = drivelens.api().photos(gallery.event());
    sleeper.awaitReady();
    await()
        .during(Duration.ofSeconds(3))
        .untilAsserted(() -> assertThat(drivelens.api().photos(gallery.event())).isEqualTo(photos));
    gallery.syncs();
  }

  @Test
  void four_workers_and_back_to_one_under_load_lose_nothing() {
    drivelens.drive().faults().latency(DriveMethod.FILES_LIST, Duration.ofMillis(150));
    var folders =
        IntStream.rangeClosed(1, 12).mapToObj(n -> drivelens.sharedFolder("Event " + n)).toList();
    folders.forEach(this::fill);
    var galleries = folders.stream().map(drivelens::gallery).toList();
    drivelens.workers(4);
    change(folders);
    galleries.forEach(gallery -> drivelens.api().syncFully(gallery.event()));
    drivelens.workers(1);
    change(folders);
    galleries.forEach(gallery -> drivelens.api().sync(gallery.event()));
    drivelens.drive().faults().clear();
    galleries.forEach(gallery -> gallery.becomesWhole(Duration.ofSeconds(90)));
  }

  @Test
  void a_rolling_restart_under_load_loses_nothing_and_wears_no_message_out() {
    drivelens.workers(2);
    var before = drivelens.broker().redeliveries();
    drivelens.drive().faults().latency(DriveMethod.FILES_LIST, Duration.ofMillis(300));
    var folders =
        IntStream.rangeClosed(1, 12).mapToObj(n -> drivelens.sharedFolder("Event " + n)).toList();
    folders.forEach(this::fill);
    var galleries = folders.stream().map(drivelens::gallery).toList();
    assertThat(drivelens.restartWorkers())
        .allSatisfy(end -> assertThat(end).isLessThan(Duration.ofSeconds(15)));
    change(folders);
    galleries.forEach(gallery -> drivelens.api().sync(gallery.event()));
    drivelens.drive().faults().clear();
    galleries.forEach(gallery -> gallery.becomesWhole(Duration.ofSeconds(90)));
    // Fewer in all than one message may have.
    assertThat(drivelens.broker().redeliveries() - before).isLessThan(DELIVERY_LIMIT / 2);
  }

  private void fill(String parent) {
    for (int n = 1; n <= 6; n++) {
      library.seedImages(library.createFolder(parent, "Part " + n), "image-", 10);
    }
  }

  private void change(List<String> folders) {
    for (var changed : folders) {
      var part = library.children(changed).getFirst().id();
      library.delete(library.children(part).getFirst().id());
      library.addSyntheticImage(part, "late.jpg");
      library.rename(part, "Part " + library.children(part).size());
    }
  }
}
