package org.drivelens.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Map;
import org.drivelens.contract.Command.FeedPollRequested;
import org.drivelens.emulator.call.DriveMethod;
import org.drivelens.emulator.call.Match;
import org.drivelens.emulator.fault.Trouble;
import org.drivelens.event.EventId;
import org.drivelens.event.SyncErrorCode;
import org.drivelens.event.SyncRequests;
import org.junit.jupiter.api.Test;

/** Trouble is written where people look, the gallery stays as it was, and it heals by itself. */
class TroubleIsShownTest extends GalleryTest {

  @Test
  void a_folder_that_is_not_shared_says_with_whom_to_share_it_and_heals_when_it_is() {
    var hidden = library.createFolder(null, "Hidden");
    library.seedImages(hidden, "h", 2);
    var event = anEventOn(hidden);
    awaitError(event, "FOLDER_NOT_FOUND");
    assertThat(String.valueOf(statusRow(event).get("error_message")))
        .contains(emulator.robotEmail())
        .contains("Viewer");

    library.share(hidden);
    publisher.nudge(new FeedPollRequested(null));

    awaitUpToDate(event);
    assertGalleryIsFolder(event, hidden);
  }

  @Test
  void a_link_to_a_file_is_not_a_folder() {
    var photo = library.addSyntheticImage(root, "p.jpg");
    awaitError(anEventOn(photo), "NOT_A_FOLDER");
  }

  @Test
  void a_trashed_folder_keeps_its_gallery_until_it_is_restored() {
    library.seedImages(root, "p", 3);
    var event = aSyncedEventOn(root);

    library.trash(root);
    sync(event);
    awaitError(event, "FOLDER_TRASHED");
    assertThat(gallery(event)).hasSize(3);

    library.untrash(root);
    publisher.nudge(new FeedPollRequested(null));
    awaitUpToDate(event);
    assertGalleryIsFolder(event, root);
  }

  @Test
  void a_folder_we_lost_access_to_keeps_its_gallery() {
    library.seedImages(root, "p", 3);
    var event = aSyncedEventOn(root);

    library.unshare(root);
    sync(event);
    awaitError(event, "FOLDER_NOT_FOUND");
    assertThat(gallery(event)).hasSize(3);
    assertThat(statusRow(event)).containsEntry("photo_count", 3);
  }

  @Test
  void a_folder_that_may_not_be_listed_is_not_shared() {
    library.setListable(root, false);
    awaitError(anEventOn(root), "FOLDER_NOT_SHARED");
  }

  @Test
  void refused_credentials_are_said_and_heal() {
    library.seedImages(root, "p", 2);
    var refused =
        emulator
            .faults()
            .fail(Match.on(DriveMethod.FILES_GET).about(root), Trouble.google(401, "authError"));
    var event = anEventOn(root);
    awaitError(event, "CREDENTIALS_REFUSED");

    refused.clear();
    sync(event);
    awaitUpToDate(event);
  }

  @Test
  void refused_credentials_of_the_feed_are_shown_at_the_waiting_event_and_heal() {
    library.seedImages(root, "p", 2);
    var event = aSyncedEventOn(root);
    var refused =
        emulator
            .faults()
            .fail(Match.on(DriveMethod.CHANGES_LIST), Trouble.google(401, "authError"));
    sync(event);
    awaitError(event, "CREDENTIALS_REFUSED");

    refused.clear();
    awaitUpToDate(event);
  }

  @Test
  void a_drive_that_does_not_answer_is_tried_again_and_said_so() {
    library.seedImages(root, "p", 2);
    var outage =
        emulator.faults().fail(Match.on(DriveMethod.FILES_LIST).about(root), Trouble.html(503));
    var event = anEventOn(root);
    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(statusRow(event))
                .containsEntry("sync_status", "SYNC_REQUIRED")
                .containsEntry("error_code", "DRIVE_UNAVAILABLE")
                .hasEntrySatisfying("next_attempt_at", at -> assertThat(at).isNotNull()));

    outage.clear();
    awaitUpToDate(event);
    assertThat(statusRow(event).get("error_code")).isNull();
    assertGalleryIsFolder(event, root);
  }

  @Test
  void a_spent_quota_of_the_day_waits_for_tomorrow() {
    var spent =
        emulator
            .faults()
            .fail(
                Match.on(DriveMethod.FILES_LIST).about(root),
                Trouble.google(403, "dailyLimitExceeded"));
    var event = anEventOn(root);
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(statusRow(event)).containsEntry("error_code", "QUOTA_OF_DAY"));
    spent.clear();
    sync(event);
    awaitUpToDate(event);
  }

  @Test
  void an_unreadable_sub_folder_is_counted_its_photos_stay_and_the_rest_goes_on() {
    var sub = library.createFolder(root, "Private");
    library.seedImages(sub, "s", 2);
    library.seedImages(root, "r", 2);
    var event = aSyncedEventOn(root);

    var denied =
        emulator
            .faults()
            .fail(
                Match.on(DriveMethod.FILES_LIST).about(sub),
                Trouble.google(403, "insufficientFilePermissions"));
    var added = library.addSyntheticImage(root, "new.jpg");
    sync(event, true);
    awaitUpToDate(event);
    assertThat(statusRow(event)).containsEntry("unreadable_folders", 1);
    assertThat(gallery(event)).hasSize(5).containsKey(added);

    denied.clear();
    sync(event, true);
    awaitUpToDate(event);
    assertThat(statusRow(event)).containsEntry("unreadable_folders", 0);
    assertGalleryIsFolder(event, root);
  }

  @Test
  void an_event_that_kills_its_workers_ends_in_an_error_that_says_so() {
    var event = anEventOn(root);
    awaitUpToDate(event);
    // Eight claims that came to nothing: as after eight dead workers.
    jdbc.sql(
            """
            update event_sync set attempts = 8, requested_generation = requested_generation + 1, requested_at = clock_timestamp(),
                   tried_generation = requested_generation + 1, dirty = true, position = 0, wake_at = clock_timestamp()
             where event_id = :e
            """)
        .param("e", event.value())
        .update();
    awaitError(event, "KEEPS_FAILING");

    sync(event);
    awaitUpToDate(event);
  }

  @Test
  void every_error_code_has_a_sentence_for_people() {
    for (var code : SyncErrorCode.values()) {
      assertThat(code.sentence("robot@example.test"))
          .as(code.name())
          .endsWith(".")
          .doesNotContain("%")
          .hasSizeGreaterThan(30);
    }
  }

  @Test
  void another_folder_replaces_the_old_photos_at_once_and_purges_them() {
    library.seedImages(root, "old", 5);
    var event = aSyncedEventOn(root);
    var other = sharedFolder("Other");
    library.seedImages(other, "new", 2);

    transaction.executeWithoutResult(t -> new SyncRequests(jdbc).startOver(event, other, null));
    assertThat(gallery(event)).isEmpty();
    assertThat(statusRow(event)).containsEntry("photo_count", 0);

    awaitUpToDate(event);
    assertGalleryIsFolder(event, other);
    assertThat(rows("photo", event)).isEqualTo(2);
  }

  @Test
  void a_deleted_event_loses_its_photos() {
    library.seedImages(root, "old", 5);
    var event = aSyncedEventOn(root);

    transaction.executeWithoutResult(t -> {
      jdbc.sql("update event set deleted_at = now() where id = :e")
          .param("e", event.value())
          .update();
      new SyncRequests(jdbc).startOver(event, null, null);
    });
    jdbc.sql("update event_sync set wake_at = clock_timestamp() where event_id = :e")
        .param("e", event.value())
        .update();

    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(
                    Map.of("photos", rows("photo", event), "folders", rows("event_folder", event)))
                .isEqualTo(Map.of("photos", 0, "folders", 0)));
  }

  @Test
  void a_request_whose_message_is_lost_is_done_all_the_same() {
    library.seedImages(root, "p", 2);

    // The request stands in the database, and the sweep finds it after ten seconds. No message of
    // this event was ever sent: one that came late would do the work.
    var event = anUnannouncedEventOn(root);

    awaitUpToDate(event);
    assertGalleryIsFolder(event, root);
  }

  @Test
  void image_metadata_that_comes_late_is_asked_for_again() {
    var photo = library.addSyntheticImage(root, "late.jpg");
    var image = library.find(photo).orElseThrow().image();
    library.setImageMetadataSilently(photo, null);
    var event = aSyncedEventOn(root);
    assertGalleryIsFolder(event, root);

    library.setImageMetadataSilently(photo, image);
    jdbc.sql("update photo set metadata_due_at = clock_timestamp() where event_id = :e")
        .param("e", event.value())
        .update();
    jdbc.sql("update event_sync set wake_at = clock_timestamp() where event_id = :e")
        .param("e", event.value())
        .update();

    await().atMost(SOON).untilAsserted(() -> assertGalleryIsFolder(event, root));
    awaitUpToDate(event);
  }

  private int rows(String table, EventId event) {
    return jdbc.sql("select count(*) from " + table + " where event_id = :e")
        .param("e", event.value())
        .query(Integer.class)
        .single();
  }
}
