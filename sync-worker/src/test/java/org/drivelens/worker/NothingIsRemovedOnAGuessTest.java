package org.drivelens.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import org.drivelens.contract.Command.FeedPollRequested;
import org.drivelens.contract.Command.SyncRequested;
import org.drivelens.emulator.call.DriveMethod;
import org.drivelens.emulator.call.Match;
import org.drivelens.emulator.fault.Trouble;
import org.drivelens.event.EventId;
import org.drivelens.event.SyncRequests;
import org.drivelens.event.Trigger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Drive proves goes at once; a large part of a gallery never goes on a doubt. */
class NothingIsRemovedOnAGuessTest extends GalleryTest {

  private String sub = "";
  private List<String> inRoot = List.of();
  private List<String> inSub = List.of();

  @BeforeEach
  void aLargeSubFolder() {
    sub = library.createFolder(root, "Ceremony");
    inRoot = library.seedImages(root, "r", 20);
    inSub = library.seedImages(sub, "s", 200);
  }

  @Test
  void a_large_sub_folder_that_is_unshared_is_held_and_all_else_goes_on() {
    var event = aSyncedEventOn(root);

    library.unshare(sub);
    library.rename(inRoot.get(0), "renamed.jpg");
    library.trash(inRoot.get(1));
    var added = library.addSyntheticImage(root, "added.jpg");
    sync(event);
    awaitHeld(event, 200);

    assertThat(gallery(event)).hasSize(220).containsKey(added).doesNotContainKey(inRoot.get(1));
    assertThat(gallery(event).get(inRoot.get(0))).asString().contains("renamed.jpg");
    assertThat(
            jdbc.sql(
                    "select dirty or requested_generation > synced_generation from event_sync where event_id = :e")
                .param("e", event.value())
                .query(Boolean.class)
                .single())
        .as("anything left to do")
        .isFalse();
    assertThat(
            jdbc.sql("select distinct folder_path from held_removal where event_id = :e")
                .param("e", event.value())
                .query((row, n) -> List.of((String[]) row.getArray(1).getArray()))
                .single())
        .containsExactly("Ceremony");

    // It outlives a new epoch of the feed, and the walk that this brings.
    library.forgetChanges();
    sync(event);
    await().atMost(SOON).until(() -> runs(event) >= 3);
    awaitHeld(event, 200);
    assertThat(gallery(event)).hasSize(220);

    library.share(sub);
    publisher.nudge(new FeedPollRequested(null));
    awaitUpToDate(event);
    assertGalleryIsFolder(event, root);
    assertThat(heldRows(event)).isZero();
  }

  @Test
  void a_held_removal_is_done_when_somebody_accepts_it_and_undone_when_the_photos_return() {
    var event = aSyncedEventOn(root);
    var id = photoId(event, inSub.get(7));
    library.unshare(sub);
    sync(event);
    awaitHeld(event, 200);

    accept(event, 200);
    awaitUpToDate(event);
    assertGalleryIsFolder(event, root);
    assertThat(gallery(event)).hasSize(20);
    assertThat(heldRows(event)).isZero();
    assertThat(new SyncRequests(jdbc).acceptRemovals(event)).as("to be accepted").isZero();

    library.share(sub);
    syncAndAwait(event);
    assertGalleryIsFolder(event, root);
    assertThat(photoId(event, inSub.get(7))).isEqualTo(id);
  }

  @Test
  void a_removal_of_many_pages_is_held_whole_and_no_later_look_takes_it_for_a_move() {
    var day = library.createFolder(root, "Day");
    var party = library.createFolder(day, "Party");
    library.share(party);
    library.seedImages(root, "m", 5_500);
    library.seedImages(party, "p", 1_500);
    var event = aSyncedEventOn(root);

    // The folder between is hidden: what lies below is seen, and not where it lies.
    library.unshare(day);
    sync(event);
    awaitHeld(event, 1_500);
    assertThat(gallery(event)).hasSize(7_220);

    sync(event, true);
    await().atMost(SOON).until(() -> runsDone(event) >= 3);
    awaitHeld(event, 1_500);
    assertThat(gallery(event)).hasSize(7_220);

    accept(event, 1_500);
    awaitUpToDate(event);
    assertThat(gallery(event)).hasSize(5_720);
  }

  @Test
  void what_is_there_again_is_not_removed_although_somebody_accepted() {
    var event = aSyncedEventOn(root);
    library.unshare(root);
    sync(event);
    awaitError(event, "FOLDER_NOT_FOUND");
    holdAllIn(sub, event);

    accept(event, 200);
    awaitError(event, "FOLDER_NOT_FOUND");
    assertThat(gallery(event)).hasSize(220);

    library.share(root);
    sync(event);
    awaitUpToDate(event);
    assertGalleryIsFolder(event, root);
    assertThat(heldRows(event)).isZero();
  }

  @Test
  void a_photo_that_is_seen_again_without_a_word_of_the_feed_ends_the_hold() {
    var event = aSyncedEventOn(root);
    holdAllIn(sub, event);
    awaitHeld(event, 200);

    jdbc.sql(
            "update event_sync set held_look_at = clock_timestamp(), wake_at = clock_timestamp() where event_id = :e")
        .param("e", event.value())
        .update();
    awaitUpToDate(event);
    assertGalleryIsFolder(event, root);
    assertThat(heldRows(event)).isZero();
  }

  @Test
  void what_is_in_the_trash_or_moved_out_goes_at_once_however_much_it_is() {
    var elsewhere = sharedFolder("Elsewhere");
    var event = aSyncedEventOn(root);

    library.trash(sub);
    syncAndAwait(event);
    assertThat(gallery(event)).hasSize(20);
    assertGalleryIsFolder(event, root);

    library.untrash(sub);
    syncAndAwait(event);
    assertThat(gallery(event)).hasSize(220);

    library.move(sub, elsewhere);
    syncAndAwait(event);
    assertThat(gallery(event)).hasSize(20);
    assertGalleryIsFolder(event, root);
  }

  @Test
  void a_few_doubtful_photos_go_but_a_gallery_does_not_empty_in_small_steps() {
    var event = aSyncedEventOn(root);
    inSub.subList(0, 45).forEach(library::delete);
    syncAndAwait(event);
    assertGalleryIsFolder(event, root);

    inSub.subList(45, 90).forEach(library::delete);
    sync(event);
    awaitHeld(event, 45);
    assertThat(gallery(event)).hasSize(175);
    var kept = photoId(event, inSub.get(50));

    // A day later they would have gone: what went before does not count any more.
    jdbc.sql(
            "update photo set removed_at = removed_at - interval '25 hours' where event_id = :e and removed_at is not null")
        .param("e", event.value())
        .update();
    sync(event, true);
    awaitUpToDate(event);
    assertGalleryIsFolder(event, root);
    assertThat(photoId(event, inSub.get(50))).isEqualTo(kept);
  }

  @Test
  void another_folder_forgets_what_was_held_of_the_old_one() {
    var event = aSyncedEventOn(root);
    library.unshare(sub);
    sync(event);
    awaitHeld(event, 200);

    var other = sharedFolder("Other");
    library.seedImages(other, "o", 3);
    transaction.executeWithoutResult(t -> new SyncRequests(jdbc).startOver(event, other, null));
    assertThat(statusRow(event)).containsEntry("held_photos", 0);
    assertThat(new SyncRequests(jdbc).acceptRemovals(event)).isZero();
    publisher.nudge(SyncRequested.of(event, Trigger.CREATED));
    awaitUpToDate(event);
    assertGalleryIsFolder(event, other);
    assertThat(heldRows(event)).isZero();
  }

  @Test
  void a_folder_that_hides_its_photos_keeps_them() {
    var event = aSyncedEventOn(root);
    library.setListable(sub, false);
    sync(event);
    awaitUpToDate(event);
    sync(event, true);
    awaitUpToDate(event);
    assertThat(gallery(event)).hasSize(220);
    assertThat(statusRow(event)).containsEntry("unreadable_folders", 1);
    assertThat(heldRows(event)).isZero();

    library.setListable(sub, true);
    syncAndAwait(event);
    assertGalleryIsFolder(event, root);
    assertThat(statusRow(event)).containsEntry("unreadable_folders", 0);
  }

  @Test
  void a_folder_that_hides_its_photos_keeps_none_that_it_takes_along() {
    var elsewhere = library.createFolder(null, "Elsewhere");
    var hidden = library.createFolder(sub, "Speeches");
    library.share(elsewhere);
    library.seedImages(hidden, "h", 3);
    var event = aSyncedEventOn(root);
    library.setListable(hidden, false);
    syncAndAwait(event);
    assertThat(gallery(event)).hasSize(223);

    library.move(sub, elsewhere);
    syncAndAwait(event);
    assertGalleryIsFolder(event, root);
    assertThat(statusRow(event)).containsEntry("unreadable_folders", 0);
  }

  @Test
  void answers_that_cannot_be_used_remove_nothing() {
    var event = aSyncedEventOn(root);
    for (var trouble :
        List.of(Trouble.malformedJson(), Trouble.truncated(), Trouble.html(200), Trouble.reset())) {
      library.rename(inRoot.get(0), trouble.toString());
      library.move(inSub.get(0), root);
      library.move(inSub.get(0), sub);
      var faults = List.of(DriveMethod.FILES_LIST, DriveMethod.FILES_GET);
      var fails = faults.stream().map(m -> emulator.faults().fail(Match.on(m), trouble)).toList();
      sync(event, true);
      await()
          .atMost(SOON)
          .untilAsserted(
              () -> assertThat(statusRow(event)).containsEntry("error_code", "DRIVE_UNAVAILABLE"));
      assertThat(gallery(event)).hasSize(220);
      fails.forEach(f -> f.clear());
      sync(event);
      awaitUpToDate(event);
    }
    assertGalleryIsFolder(event, root);
  }

  private void holdAllIn(String folder, EventId event) {
    // As after an outage in which Drive denied all of them.
    jdbc.sql(
            """
            with held as (insert into held_removal (event_id, folder_epoch, drive_file_id, reason, folder_path)
                          select event_id, folder_epoch, drive_file_id, 'GONE', '{}' from photo where event_id = :e and parent_id = :sub)
            update event_sync set held_photos = 200, held_since = clock_timestamp(), held_message = 'until one accepts',
                   held_look_at = clock_timestamp() + interval '1 day' where event_id = :e
            """)
        .param("e", event.value())
        .param("sub", folder)
        .update();
  }

  private void accept(EventId event, int photos) {
    assertThat(new SyncRequests(jdbc).acceptRemovals(event)).isEqualTo(photos);
    publisher.nudge(SyncRequested.of(event, Trigger.REMOVAL_ACCEPTED));
  }

  private void awaitHeld(EventId event, int photos) {
    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(statusRow(event))
                .containsEntry("sync_status", "ERROR")
                .containsEntry("error_code", "REMOVAL_HELD")
                .containsEntry("held_photos", photos));
    assertThat(String.valueOf(statusRow(event).get("error_message"))).contains("accepts");
  }

  private int heldRows(EventId event) {
    return count("held_removal", event);
  }

  private int runs(EventId event) {
    return count("sync_run", event);
  }

  private int runsDone(EventId event) {
    return count("(select * from sync_run where finished_at is not null) as r", event);
  }

  private int count(String table, EventId event) {
    return jdbc.sql("select count(*) from " + table + " where event_id = :e")
        .param("e", event.value())
        .query(Integer.class)
        .single();
  }
}
