package org.drivelens.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import org.awaitility.core.ConditionTimeoutException;
import org.drivelens.system.Api;
import org.drivelens.system.Gallery;
import org.drivelens.system.Installation;
import org.drivelens.system.ServiceProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever happens in Drive, and whatever breaks meanwhile: once it is quiet, every gallery is its
 * folder, to the last field. A seed that fails is played again by {@code ./drivelens chaos --seed
 * N}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConvergenceTest {

  private static final int CHANGES_AT_LEAST = 200;
  private static final int CHANGES_OF_A_BURST = 11;
  private static final int BURSTS = 20;
  private static final int ENTRIES_OF_A_PAGE = 7;
  private static final int WORKERS = 3;

  private final Installation drivelens = Installation.hasty();
  private final Tally changes = new Tally();
  private final Tally faults = new Tally();
  private final Tally kills = new Tally();
  private ServiceProcess scheduler;

  static LongStream seeds() {
    var seeds = System.getProperty("drivelens.chaos.seeds", "1-10").split("-", 2);
    return LongStream.rangeClosed(Long.parseLong(seeds[0]), Long.parseLong(seeds[1]));
  }

  @BeforeAll
  void the_scheduler_runs_too() {
    scheduler = drivelens.startScheduler(Map.of("DRIVELENS_SCHEDULE_FEED_POLL", "2s"));
  }

  @AfterAll
  void every_kind_occurred() {
    scheduler.kill();
    System.out.printf(
        "chaos: changes: %s%nchaos: faults: %s%nchaos: kills: %s%n", changes, faults, kills);
    if (changes.total() >= 10 * CHANGES_AT_LEAST) {
      assertThat(changes.missing(Mutation.kinds())).as("changes that never occurred").isEmpty();
      assertThat(faults.missing(Havoc.kinds())).as("faults that never occurred").isEmpty();
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void every_gallery_becomes_its_folder(long seed) {
    drivelens.workers(WORKERS);
    var scene = new Scene(drivelens, seed);
    var galleries = scene.galleries(drivelens);
    try {
      play(seed, scene, galleries);
    } catch (AssertionError | RuntimeException e) {
      leaveEvidence(seed, galleries, e);
      throw e;
    }
  }

  private static void leaveEvidence(long seed, List<Gallery> galleries, Throwable failure) {
    try {
      System.out.printf("chaos: seed %d failed, see %s%n", seed, Evidence.of(seed, galleries));
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  private void play(long seed, Scene scene, List<Gallery> galleries) {
    long begin = System.nanoTime();
    var havoc = new Havoc(drivelens, seed);
    var changed = new Tally();
    var disturbed = new Tally();
    var killed = new Tally();
    drivelens.drive().faults().pagesOfAtMost(ENTRIES_OF_A_PAGE);
    var ids = List.<Map<String, String>>of();
    for (int burst = 1; burst <= BURSTS || changed.total() < CHANGES_AT_LEAST; burst++) {
      for (int n = 0; n < CHANGES_OF_A_BURST; n++) {
        Mutation.any(scene).happen(scene, changed);
      }
      var asked = galleries.get(scene.random(galleries.size()));
      var fully = scene.random(5) == 0;
      answer(() -> ask(asked, fully));
      switch (burst) {
        case 2, 5, 8, 11, 14, 18, 19 ->
            havoc.disturb(disturbed, galleries.stream().map(Gallery::event).toList());
        case 1 -> havoc.freezeWorker(disturbed);
        case 10 -> havoc.thawWorker();
        case 3, 12 -> havoc.replaceWorker(killed);
        case 17 -> havoc.killWorker(killed);
        case 16 -> ids = galleries.stream().map(g -> answer(g::photoIds)).toList();
        default -> {}
      }
      letWork(1 + scene.random(12));
    }
    havoc.end();
    scene.openAll();
    long quiet = System.nanoTime();
    galleries.forEach(g -> answer(() -> ask(g, scene.needsFullSync())));
    galleries.forEach(this::askForWhatWasIncomplete);
    galleries.forEach(g -> whole(seed, g));
    System.out.printf(
        "chaos: seed %d took %.1f s, %.1f of them after all was quiet: %d changes, %d faults, %d"
            + " kills%n",
        seed,
        (System.nanoTime() - begin) / 1e9,
        (System.nanoTime() - quiet) / 1e9,
        changed.total(),
        disturbed.total(),
        killed.total());
    keptTheirIds(galleries, ids);
    assertThat(changed.total()).isGreaterThanOrEqualTo(CHANGES_AT_LEAST);
    assertThat(disturbed.total()).isGreaterThanOrEqualTo(5);
    assertThat(killed.total()).isGreaterThanOrEqualTo(3);
    changes.add(changed);
    faults.add(disturbed);
    kills.add(killed);
    galleries.forEach(g -> drivelens.api().deleteEvent(g.event()));
  }

  private boolean ask(Gallery gallery, boolean fully) {
    if (fully) {
      drivelens.api().syncFully(gallery.event());
    } else {
      drivelens.api().sync(gallery.event());
    }
    return true;
  }

  /**
   * Where Drive did not look everywhere it is asked again minutes later, which nobody waits for
   * here. At the end every folder may be listed, so one that is said to be unreadable is of these.
   */
  private void askForWhatWasIncomplete(Gallery gallery) {
    var state =
        await()
            .atMost(Duration.ofSeconds(60))
            .until(
                () -> answer(() -> drivelens.api().state(gallery.event())),
                now -> now.syncStatus().equals("UP_TO_DATE"));
    if (state.unreadableFolders() > 0) {
      answer(() -> ask(gallery, true));
    }
  }

  /** As a client does: a 503 is asked again. */
  private static <T> T answer(Callable<T> asking) {
    return await()
        .pollDelay(Duration.ZERO)
        .atMost(Duration.ofSeconds(30))
        .ignoreException(Api.Unavailable.class)
        .until(asking, answer -> true);
  }

  /** So much work of the workers, or as long as they do nothing. */
  private void letWork(int lookups) {
    var calls = drivelens.drive().calls();
    long enough = calls.units() + lookups * 5L;
    try {
      await()
          .atMost(Duration.ofMillis(100))
          .pollInterval(Duration.ofMillis(10))
          .until(() -> calls.units() >= enough);
    } catch (ConditionTimeoutException nothingToDo) {
      // Then the next changes come.
    }
  }

  private static void whole(long seed, Gallery gallery) {
    try {
      gallery.becomesWhole(Duration.ofSeconds(60));
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(
          "seed %d: gallery %s is not its folder; again: ./drivelens chaos --seed %d: %s"
              .formatted(seed, gallery.event(), seed, e.getMessage()),
          e);
    }
  }

  /** A photo that is there before and after is the same one, whatever happened in between. */
  private static void keptTheirIds(List<Gallery> galleries, List<Map<String, String>> before) {
    for (int n = 0; n < galleries.size(); n++) {
      var known = new HashMap<>(before.get(n));
      var now = galleries.get(n).photoIds();
      known.keySet().retainAll(now.keySet());
      assertThat(now).as("ids of photos").containsAllEntriesOf(known);
    }
  }

  @Test
  void a_gallery_that_is_not_its_folder_is_noticed() {
    var folder = drivelens.sharedFolder("Control");
    drivelens.drive().library().addSyntheticImage(folder, "one.jpg");
    var gallery = drivelens.gallery(folder);
    gallery.becomesWhole();
    drivelens
        .database()
        .jdbc()
        .sql("update photo set name = 'another' where event_id = :e::uuid")
        .param("e", gallery.event())
        .update();
    assertThat(List.of(gallery)).noneSatisfy(Gallery::isWhole);
  }
}
