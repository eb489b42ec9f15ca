package org.drivelens.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.drivelens.contract.Command.FeedPollRequested;
import org.drivelens.emulator.call.DriveMethod;
import org.drivelens.emulator.call.Match;
import org.drivelens.emulator.fault.Oddities.How;
import org.drivelens.emulator.fault.Oddity;
import org.drivelens.emulator.fault.Trouble;
import org.drivelens.event.EventId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** Which log an event follows, what its trouble does, and what is done where a log says nothing. */
@TestPropertySource(
    properties = {
      "drivelens.feed.look-again=1s,3s",
      "drivelens.feed.coverage-after=500ms",
      "drivelens.feed.walk-spacing=600ms",
      "drivelens.feed.keep=40"
    })
class FeedsTest extends GalleryTest {

  @Test
  void an_event_in_a_shared_drive_follows_the_log_of_that_drive() {
    var drive = library.sharedDrives().create("Team");
    var folder = library.createFolder(drive, "Shoot");
    library.seedImages(folder, "s", 2);
    var event = aSyncedEventOn(folder);
    assertThat(followed(event)).isEqualTo(drive);

    // The credential's own log is silent: what is found, that of the drive has told.
    emulator
        .faults()
        .fail(Match.on(DriveMethod.CHANGES_LIST).without("driveId"), Trouble.html(503));
    library.addSyntheticImage(folder, "new.jpg");
    syncAndAwait(event);
    assertGalleryIsFolder(event, folder);
    assertThat(modes(event).getFirst()).isEqualTo("INCREMENTAL");
  }

  @Test
  void a_folder_that_moves_to_another_drive_is_followed_there() {
    var drive = library.sharedDrives().create("Team");
    var folder = library.createFolder(root, "Shoot");
    library.seedImages(folder, "s", 2);
    var event = aSyncedEventOn(folder);
    assertThat(followed(event)).isEqualTo("none");

    library.move(folder, drive);
    library.addSyntheticImage(folder, "after.jpg");
    syncAndAwait(event);
    assertThat(followed(event)).isEqualTo(drive);
    assertGalleryIsFolder(event, folder);

    var other = library.sharedDrives().create("Other");
    library.move(folder, other);
    library.addSyntheticImage(folder, "later.jpg");
    syncAndAwait(event);
    assertThat(followed(event)).isEqualTo(other);
    assertGalleryIsFolder(event, folder);
  }

  @Test
  void a_lost_membership_is_the_trouble_of_that_drives_events_and_heals_with_it() {
    var drive = library.sharedDrives().create("Team");
    var folder = library.createFolder(drive, "Shoot");
    library.seedImages(folder, "s", 2);
    library.seedImages(root, "r", 2);
    var inDrive = aSyncedEventOn(folder);
    var elsewhere = aSyncedEventOn(root);

    library.sharedDrives().leave(drive);
    tick();
    awaitError(inDrive, "FOLDER_NOT_FOUND");
    assertThat(gallery(inDrive)).hasSize(2);
    library.addSyntheticImage(root, "new.jpg");
    syncAndAwait(elsewhere);
    assertGalleryIsFolder(elsewhere, root);

    library.sharedDrives().join(drive);
    library.addSyntheticImage(folder, "new.jpg");
    tick();
    awaitUpToDate(inDrive);
    await().atMost(SOON).untilAsserted(() -> assertGalleryIsFolder(inDrive, folder));
    await().atMost(SOON).untilAsserted(() -> assertThat(followed(inDrive)).isEqualTo(drive));
  }

  @Test
  void a_folder_shared_without_its_drive_is_walked_at_every_request() {
    var drive = library.sharedDrives().create("Team");
    library.sharedDrives().leave(drive);
    var folder = library.createFolder(drive, "Shoot");
    library.share(folder);
    library.seedImages(folder, "s", 2);
    var event = aSyncedEventOn(folder);
    assertThat(statusRow(event)).containsEntry("feed_coverage", "PARTIAL");
    assertGalleryIsFolder(event, folder);

    library.addSyntheticImage(folder, "new.jpg");
    syncAndAwait(event);
    assertGalleryIsFolder(event, folder);
    assertThat(modes(event).getFirst()).isEqualTo("FULL");

    library.sharedDrives().join(drive);
    tick();
    await().atMost(SOON).untilAsserted(() -> assertThat(followed(event)).isEqualTo(drive));
    awaitUpToDate(event);
  }

  @Test
  void a_token_that_is_refused_loses_nothing_and_the_events_walk_one_after_the_other() {
    var events = Stream.generate(() -> aSyncedEventOn(root)).limit(3).toList();
    var before = jdbc.sql("select clock_timestamp()").query(Instant.class).single();
    library.addSyntheticImage(root, "unread.jpg");
    var epoch = epoch();
    library.forgetChanges();
    tick();
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(walksSince(before)).isGreaterThanOrEqualTo(3));
    assertThat(epoch()).isEqualTo(epoch + 1);
    events.forEach(this::awaitUpToDate);
    events.forEach(event -> assertGalleryIsFolder(event, root));

    var spread =
        jdbc.sql(
                """
                select extract(epoch from max(started_at) - min(started_at)) from sync_run
                 where started_at > :before::timestamptz and mode = 'FULL' and event_id = any (:events)
                """)
            .param("before", before.toString())
            .param("events", events.stream().map(EventId::value).toArray(UUID[]::new))
            .query(Double.class)
            .single();
    // The turns are 600 ms apart; the sweep that takes them looks every half second.
    assertThat(spread).isGreaterThan(0.5);
  }

  @Test
  void a_token_that_is_always_refused_does_not_begin_epoch_after_epoch() {
    aSyncedEventOn(root);
    var epoch = epoch();
    var refused =
        emulator
            .faults()
            .fail(
                Match.on(DriveMethod.CHANGES_LIST).without("driveId"),
                Trouble.google(404, "notFound"));
    tick();
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(feedError()).isEqualTo("DRIVE_UNAVAILABLE"));
    assertThat(epoch()).isEqualTo(epoch + 1);
    assertThat(refused.hits()).isEqualTo(2);
  }

  @Test
  void an_event_that_stands_still_does_not_hold_the_log_and_walks_when_it_goes_on() {
    library.seedImages(root, "p", 2);
    var event = aSyncedEventOn(root);
    var paused = library.addSyntheticImage(root, "first.jpg");
    jdbc.sql(
            """
            update event_sync set next_attempt_at = clock_timestamp() + interval '1 hour', tried_generation = requested_generation,
                   lease_until = clock_timestamp() + interval '1 hour', lease_fence = fence where event_id = :e
            """)
        .param("e", event.value())
        .update();
    for (int i = 0; i < 3; i++) {
      library.seedImages(root, "more" + i, 30);
      var head = head();
      tick();
      await().atMost(SOON).untilAsserted(() -> assertThat(head()).isGreaterThan(head));
    }
    await().atMost(SOON).untilAsserted(() -> assertThat(storedChanges()).isLessThanOrEqualTo(45));

    jdbc.sql(
            "update event_sync set next_attempt_at = null, lease_until = null, wake_at ="
                + " clock_timestamp() where event_id = :e")
        .param("e", event.value())
        .update();
    await().atMost(SOON).untilAsserted(() -> assertGalleryIsFolder(event, root));
    awaitUpToDate(event);
    assertThat(gallery(event)).containsKey(paused);
    assertThat(modes(event).getFirst()).isEqualTo("FULL");
  }

  @Test
  void after_a_persons_sync_that_found_nothing_it_is_looked_again() {
    var event = aSyncedEventOn(root);
    emulator.faults().oddities().on(Oddity.LATE_FEED, How.ALWAYS.late(Duration.ofMillis(700)));
    library.addSyntheticImage(root, "late.jpg");
    syncAndAwait(event);
    assertThat(gallery(event)).isEmpty();
    // Nobody asks, and no tick comes.
    await().atMost(SOON).untilAsserted(() -> assertGalleryIsFolder(event, root));
  }

  @Test
  void a_feed_that_does_not_report_what_a_walk_finds_is_not_relied_on() {
    emulator.faults().oddities().on(Oddity.NEVER_INSIDE);
    var folder = library.createFolder(root, "Inside");
    var event = aSyncedEventOn(folder);
    library.addSyntheticImage(folder, "untold.jpg");
    syncAndAwait(event);
    assertThat(gallery(event)).isEmpty();

    fullSync(event);
    assertGalleryIsFolder(event, folder);
    await()
        .atMost(SOON)
        .untilAsserted(() -> {
          tick();
          assertThat(statusRow(event)).containsEntry("feed_coverage", "PARTIAL");
        });

    library.addSyntheticImage(folder, "another.jpg");
    syncAndAwait(event);
    assertGalleryIsFolder(event, folder);

    await()
        .atMost(SOON)
        .untilAsserted(() -> {
          tick();
          sync(event);
          assertThat(statusRow(event)).containsEntry("feed_coverage", "FULL");
        });
  }

  @Test
  void a_feed_that_reports_late_what_a_walk_found_is_relied_on() {
    library.seedImages(root, "p", 2);
    var event = aSyncedEventOn(root);
    var held = emulator.faults().hold(Match.on(DriveMethod.CHANGES_LIST));
    library.addSyntheticImage(root, "new.jpg");
    sync(event, true);
    await().atMost(SOON).untilAsserted(() -> assertThat(gallery(event)).hasSize(3));
    held.release();
    awaitUpToDate(event);
    await()
        .atMost(SOON)
        .untilAsserted(() -> {
          tick();
          assertThat(statusRow(event)).containsEntry("feed_coverage", "FULL");
        });
  }

  @Test
  void trouble_of_the_feed_is_shown_at_all_its_events_without_a_write_and_heals() {
    var event = aSyncedEventOn(root);
    var row = xmin(event);
    var refused =
        emulator
            .faults()
            .fail(Match.on(DriveMethod.CHANGES_LIST), Trouble.google(401, "authError"));
    tick();
    awaitError(event, "CREDENTIALS_REFUSED");
    refused.clear();
    tryFeedsNow();

    var outage = emulator.faults().fail(Match.on(DriveMethod.CHANGES_LIST), Trouble.html(503));
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(feedError()).isEqualTo("DRIVE_UNAVAILABLE"));
    // A moment's outage is not worth a word.
    assertThat(status(event)).isEqualTo("UP_TO_DATE");
    jdbc.sql("update drive_feed set error_since = error_since - interval '3 minutes'").update();
    assertThat(statusRow(event))
        .containsEntry("sync_status", "SYNC_REQUIRED")
        .containsEntry("error_code", "DRIVE_UNAVAILABLE")
        .hasEntrySatisfying("next_attempt_at", at -> assertThat(at).isNotNull());

    outage.clear();
    tryFeedsNow();
    awaitUpToDate(event);
    assertThat(xmin(event)).isEqualTo(row);
  }

  private void tick() {
    publisher.nudge(new FeedPollRequested(null));
  }

  private void tryFeedsNow() {
    jdbc.sql("update drive_feed set next_attempt_at = clock_timestamp()").update();
  }

  private void fullSync(EventId event) {
    sync(event, true);
    awaitUpToDate(event);
  }

  private String followed(EventId event) {
    return jdbc.sql(
            "select coalesce(f.drive_id, 'none') from event_sync s join drive_feed f on f.id ="
                + " s.feed_id where s.event_id = :e")
        .param("e", event.value())
        .query(String.class)
        .single();
  }

  private List<String> modes(EventId event) {
    return jdbc
        .sql("select mode from sync_run where event_id = :e order by id desc")
        .param("e", event.value())
        .query(String.class)
        .list()
        .stream()
        .map(String::valueOf)
        .toList();
  }

  private String xmin(EventId event) {
    return jdbc.sql("select xmin || ' ' || s::text from event_sync s where event_id = :e")
        .param("e", event.value())
        .query(String.class)
        .single();
  }

  private Map<String, @Nullable Object> ownFeed() {
    return jdbc.sql("select * from drive_feed where drive_id is null").query().singleRow();
  }

  private int epoch() {
    return (Integer) Objects.requireNonNull(ownFeed().get("epoch"));
  }

  private long head() {
    return (Long) Objects.requireNonNull(ownFeed().get("head"));
  }

  private String feedError() {
    return String.valueOf(ownFeed().get("error_code"));
  }

  private int storedChanges() {
    return jdbc.sql(
            "select count(*) from drive_change c join drive_feed f on f.id = c.feed_id where"
                + " f.drive_id is null")
        .query(Integer.class)
        .single();
  }

  private int walksSince(Instant moment) {
    return jdbc.sql(
            "select count(*) from sync_run where started_at > :m::timestamptz and mode = 'FULL' and"
                + " status = 'SUCCEEDED'")
        .param("m", moment.toString())
        .query(Integer.class)
        .single();
  }
}
