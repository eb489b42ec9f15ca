package org.drivelens.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.drivelens.contract.Command.FeedPollRequested;
import org.drivelens.emulator.call.DriveMethod;
import org.drivelens.emulator.call.Match;
import org.drivelens.emulator.fault.Trouble;
import org.junit.jupiter.api.Test;

/** What happens in the folder happens in the gallery. */
class GalleryFollowsFolderTest extends GalleryTest {

  @Test
  void a_new_event_shows_every_image_below_its_folder_and_only_images() {
    var sub = library.createFolder(root, "Ceremony");
    var deep = library.createFolder(sub, "Ring / \"exchange\" 💍");
    library.seedImages(root, "a", 3);
    library.seedImages(deep, "b", 4);
    library.addFile(sub, "notes.txt", "text/plain", new byte[] {1});
    var trashed = library.addSyntheticImage(sub, "trashed.jpg");
    library.trash(trashed);

    var event = aSyncedEventOn(root);

    assertGalleryIsFolder(event, root);
    assertThat(gallery(event)).hasSize(7);
  }

  @Test
  void added_renamed_replaced_moved_trashed_restored_and_deleted_photos_follow() {
    var sub = library.createFolder(root, "Party");
    var elsewhere = sharedFolder("Elsewhere");
    var photos = library.seedImages(root, "p", 6);
    var outside = library.addSyntheticImage(elsewhere, "outside.jpg");
    var event = aSyncedEventOn(root);
    var kept = photoId(event, photos.get(0));

    library.rename(photos.get(0), "renamed.jpg");
    library.replaceContent(photos.get(1), new byte[] {1, 2, 3});
    library.move(photos.get(2), sub);
    library.move(photos.get(3), elsewhere);
    library.move(outside, sub);
    library.trash(photos.get(4));
    library.delete(photos.get(5));
    library.addSyntheticImage(sub, "added.jpg");
    syncAndAwait(event);

    assertGalleryIsFolder(event, root);
    assertThat(photoId(event, photos.get(0))).isEqualTo(kept);

    library.untrash(photos.get(4));
    library.move(photos.get(3), root);
    syncAndAwait(event);

    assertGalleryIsFolder(event, root);
  }

  @Test
  void a_folder_that_is_moved_out_and_in_takes_its_photos_along() {
    var sub = library.createFolder(root, "Party");
    var inner = library.createFolder(sub, "Late");
    var elsewhere = sharedFolder("Elsewhere");
    library.seedImages(sub, "s", 3);
    var photos = library.seedImages(inner, "i", 3);
    var event = aSyncedEventOn(root);
    var id = photoId(event, photos.get(0));

    library.move(sub, elsewhere);
    syncAndAwait(event);
    assertThat(gallery(event)).isEmpty();
    assertGalleryIsFolder(event, root);

    library.move(sub, root);
    syncAndAwait(event);
    assertThat(gallery(event)).hasSize(6);
    assertGalleryIsFolder(event, root);
    assertThat(photoId(event, photos.get(0))).isEqualTo(id);
  }

  @Test
  void a_folder_that_is_trashed_and_restored_takes_its_photos_along() {
    var sub = library.createFolder(root, "Party");
    library.seedImages(sub, "s", 3);
    var event = aSyncedEventOn(root);

    library.trash(sub);
    syncAndAwait(event);
    assertGalleryIsFolder(event, root);
    assertThat(gallery(event)).isEmpty();

    library.untrash(sub);
    syncAndAwait(event);
    assertGalleryIsFolder(event, root);
  }

  @Test
  void a_folder_renamed_or_moved_within_shows_in_the_paths() {
    var sub = library.createFolder(root, "Party");
    var other = library.createFolder(root, "Evening");
    library.seedImages(sub, "s", 2);
    var event = aSyncedEventOn(root);

    library.rename(sub, "Dance");
    library.move(sub, other);
    syncAndAwait(event);

    assertGalleryIsFolder(event, root);
  }

  @Test
  void out_and_back_between_two_syncs_loses_nothing_that_happened_meanwhile() {
    var sub = library.createFolder(root, "Party");
    var elsewhere = library.createFolder(null, "Elsewhere");
    var photos = library.seedImages(sub, "s", 3);
    var event = aSyncedEventOn(root);

    library.move(sub, elsewhere);
    library.addSyntheticImage(sub, "while-away.jpg");
    library.delete(photos.get(0));
    library.move(sub, root);
    syncAndAwait(event);

    assertGalleryIsFolder(event, root);
  }

  @Test
  void a_folder_that_left_unseen_is_not_kept_as_one_that_cannot_be_read() {
    var sub = library.createFolder(root, "Party");
    var below = library.createFolder(sub, "Dance");
    library.seedImages(below, "s", 3);
    var event = aSyncedEventOn(root);

    pause(event);
    library.rename(below, "Dance floor");
    awaitPoll();
    library.setListable(sub, false);
    library.move(below, library.createFolder(null, "Elsewhere"));
    library.setListable(sub, true);
    awaitPoll();
    resume(event);
    awaitUpToDate(event);

    assertGalleryIsFolder(event, root);
    assertThat(statusRow(event)).containsEntry("unreadable_folders", 0);
  }

  @Test
  void a_change_during_the_walk_is_not_lost() {
    // Breadth first: what lies deeper is listed later.
    var listed = library.createFolder(root, "Listed first");
    library.addSyntheticImage(listed, "there.jpg");
    var pending = library.createFolder(library.createFolder(root, "Middle"), "Listed later");
    var photos = library.seedImages(pending, "s", 3);
    try (var hold = emulator.faults().hold(Match.on(DriveMethod.FILES_LIST).about(pending))) {
      var event = anEventOn(root);
      hold.awaitArrived(SOON);
      assertThat(emulator.calls().count(Match.on(DriveMethod.FILES_LIST).about(listed)))
          .isEqualTo(1);
      // Out of the folder that is still to be listed, into the one that was listed already.
      library.move(photos.get(0), listed);
      library.addSyntheticImage(listed, "late.jpg");
      library.trash(photos.get(1));
      hold.release();
      awaitUpToDate(event);
      assertGalleryIsFolder(event, root);
      assertThat(gallery(event)).containsKey(photos.get(0)).doesNotContainKey(photos.get(1));
    }
  }

  @Test
  void a_quiet_poll_keeps_an_event_fresh_without_touching_its_row() {
    library.seedImages(root, "p", 2);
    var event = aSyncedEventOn(root);
    var before =
        jdbc.sql("select xmin::text from event_sync where event_id = :e")
            .param("e", event.value())
            .query(String.class)
            .single();
    var seen = statusRow(event).get("last_synced_at");

    publisher.nudge(new FeedPollRequested(null));

    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(statusRow(event).get("last_synced_at")).isNotEqualTo(seen));
    assertThat(
            jdbc.sql("select xmin::text from event_sync where event_id = :e")
                .param("e", event.value())
                .query(String.class)
                .single())
        .isEqualTo(before);
  }

  @Test
  void a_change_appears_by_the_poll_alone() {
    library.seedImages(root, "p", 2);
    var event = aSyncedEventOn(root);
    library.addSyntheticImage(root, "new.jpg");

    publisher.nudge(new FeedPollRequested(null));

    await().atMost(SOON).untilAsserted(() -> assertThat(gallery(event)).hasSize(3));
    awaitUpToDate(event);
    assertGalleryIsFolder(event, root);
  }

  @Test
  void a_request_for_a_clean_event_is_answered_by_the_poll_without_a_listing() {
    library.seedImages(root, "p", 2);
    var event = aSyncedEventOn(root);
    var lists = lists(root);

    syncAndAwait(event);

    assertThat(lists(root)).isEqualTo(lists);
    assertThat(
            jdbc.sql("select mode from sync_run where event_id = :e order by id desc limit 1")
                .param("e", event.value())
                .query(String.class)
                .single())
        .isEqualTo("FEED");
  }

  @Test
  void an_unchanged_full_sync_writes_no_photo() {
    library.seedImages(root, "p", 20);
    var event = aSyncedEventOn(root);
    var before =
        jdbc.sql("select max(xmin::text::bigint) from photo where event_id = :e")
            .param("e", event.value())
            .query(Long.class)
            .single();

    sync(event, true);
    awaitUpToDate(event);

    assertThat(
            jdbc.sql("select mode from sync_run where event_id = :e order by id desc limit 1")
                .param("e", event.value())
                .query(String.class)
                .single())
        .isEqualTo("FULL");
    assertThat(
            jdbc.sql("select max(xmin::text::bigint) from photo where event_id = :e")
                .param("e", event.value())
                .query(Long.class)
                .single())
        .isEqualTo(before);
  }

  @Test
  void a_full_sync_finds_what_the_feed_never_said() {
    var photos = library.seedImages(root, "p", 4);
    var event = aSyncedEventOn(root);
    library.delete(photos.get(0));
    library.addSyntheticImage(root, "unsaid.jpg");
    library.rename(photos.get(1), "unsaid-too.jpg");
    library.forgetChanges();

    sync(event, true);
    awaitUpToDate(event);

    assertGalleryIsFolder(event, root);
  }

  @Test
  void a_rejected_token_makes_every_event_walk_again() {
    var photos = library.seedImages(root, "p", 4);
    var event = aSyncedEventOn(root);
    library.delete(photos.get(0));
    library.addSyntheticImage(root, "unseen.jpg");
    library.forgetChanges();
    emulator
        .faults()
        .fail(Match.on(DriveMethod.CHANGES_LIST), Trouble.google(403, "pageTokenExpired"), 1);

    publisher.nudge(new FeedPollRequested(null));

    await().atMost(SOON).untilAsserted(() -> assertGalleryIsFolder(event, root));
    awaitUpToDate(event);
  }

  @Test
  void more_than_a_page_of_photos_in_nested_folders_arrives_whole() {
    var sub = library.createFolder(root, "Many");
    library.seedImages(root, "a", 1200);
    library.seedImages(sub, "b", 1100);
    var event = aSyncedEventOn(root);
    assertGalleryIsFolder(event, root);
  }

  @Test
  void two_events_on_one_folder_and_one_nested_in_it_all_follow() {
    var sub = library.createFolder(root, "Party");
    var photos = library.seedImages(sub, "s", 3);
    library.seedImages(root, "r", 2);
    var outer = aSyncedEventOn(root);
    var twin = aSyncedEventOn(root);
    var inner = aSyncedEventOn(sub);

    library.trash(photos.get(0));
    library.addSyntheticImage(sub, "new.jpg");
    sync(outer);
    sync(twin);
    syncAndAwait(inner);
    awaitUpToDate(outer);
    awaitUpToDate(twin);

    assertGalleryIsFolder(outer, root);
    assertGalleryIsFolder(twin, root);
    assertGalleryIsFolder(inner, sub);
  }
}
