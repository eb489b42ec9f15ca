package org.drivelens.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.drivelens.emulator.call.DriveMethod;
import org.drivelens.emulator.call.Match;
import org.drivelens.emulator.fault.Hold;
import org.drivelens.emulator.fault.Oddity;
import org.drivelens.emulator.fault.Trouble;
import org.drivelens.event.EventId;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** How folders are listed: what is asked of Drive, and that nothing is missing in the end. */
@TestPropertySource(
    properties = {"drivelens.worker.list-again-after=1s", "drivelens.worker.slice=400ms"})
class WalksTest extends GalleryTest {

  @Test
  void what_the_feed_brought_in_is_listed_once_more_by_itself_and_not_a_third_time() {
    var sub = library.createFolder(root, "Party");
    library.seedImages(sub, "s", 2);
    var event = aSyncedEventOn(root);
    library.trash(sub);
    syncAndAwait(event);
    library.untrash(sub);
    syncAndAwait(event);

    var first = lists(sub);

    // Nobody asks and nobody polls: the second listing is what shows it.
    var late = library.addSyntheticImage(sub, "late.jpg");
    await().atMost(SOON).until(() -> lists(sub) > first && gallery(event).containsKey(late));
    awaitUpToDate(event);
    assertGalleryIsFolder(event, root);

    var second = lists(sub);
    await().during(Duration.ofSeconds(3)).atMost(SOON).until(() -> lists(sub) == second);
  }

  @Test
  void a_folder_that_left_is_listed_where_it_is_and_only_the_rest_is_asked_for() {
    var sub = library.createFolder(root, "Party");
    var inner = library.createFolder(sub, "Late");
    var elsewhere = sharedFolder("Elsewhere");
    library.seedImages(sub, "s", 30);
    library.seedImages(inner, "i", 30);
    library.seedImages(root, "r", 2);
    var event = aSyncedEventOn(root);
    emulator.calls().clear();

    library.move(sub, elsewhere);
    syncAndAwait(event);

    assertGalleryIsFolder(event, root);
    assertThat(gallery(event)).hasSize(2);
    assertThat(emulator.calls().count(DriveMethod.FILES_GET)).isLessThan(10);

    library.move(sub, root);
    syncAndAwait(event);
    assertThat(gallery(event)).hasSize(62);
  }

  @Test
  void a_file_of_which_drive_tells_too_little_holds_up_nobody() {
    var photos = library.seedImages(root, "p", 3);
    var event = aSyncedEventOn(root);
    var changes =
        emulator.faults().fail(Match.on(DriveMethod.CHANGES_LIST), Trouble.lacking("version"));
    var file =
        emulator
            .faults()
            .fail(Match.on(DriveMethod.FILES_GET).about(photos.get(0)), Trouble.lacking("version"));

    library.rename(photos.get(0), "untold.jpg");
    library.rename(photos.get(1), "told.jpg");
    syncAndAwait(event);
    assertThat(statusRow(event)).containsEntry("skipped_files", 1).containsEntry("photo_count", 3);
    assertThat(gallery(event).get(photos.get(1))).asString().contains("told.jpg");

    changes.clear();
    file.clear();
    library.rename(photos.get(0), "told-at-last.jpg");
    syncAndAwait(event);
    assertThat(statusRow(event)).containsEntry("skipped_files", 0);
    assertGalleryIsFolder(event, root);
  }

  @Test
  void many_folders_are_listed_in_one_call() {
    var listed = new ArrayList<>(List.of(root));
    for (int i = 0; i < 120; i++) {
      listed.add(library.createFolder(root, "Table " + i));
      library.seedImages(listed.getLast(), "t", 2);
    }

    var event = aSyncedEventOn(root);

    assertGalleryIsFolder(event, root);
    // The folder itself, then 120 in groups of at most fifty.
    assertThat(lists(listed.toArray(String[]::new))).isEqualTo(4);
  }

  @Test
  void what_google_leaves_out_of_a_group_is_asked_for_by_itself() {
    for (int i = 0; i < 12; i++) {
      library.seedImages(library.createFolder(root, "Table " + i), "t", 3);
    }
    emulator.faults().oddities().on(Oddity.PARTIAL_GROUPS);
    var event = aSyncedEventOn(root);
    assertGalleryIsFolder(event, root);

    emulator.faults().oddities().on(Oddity.EMPTY_GROUPS);
    sync(event, true);
    awaitUpToDate(event);
    assertGalleryIsFolder(event, root);
    assertThat(emulator.calls().count(Match.on(DriveMethod.FILES_GET).about(photoOf(root))))
        .as("nothing was in doubt")
        .isZero();
  }

  private String photoOf(String folder) {
    return library.truth(folder).getFirst().id();
  }

  @Test
  void a_listing_that_google_calls_incomplete_is_asked_again_folder_by_folder() {
    var sub = library.createFolder(root, "Party");
    library.seedImages(sub, "s", 3);
    library.seedImages(library.createFolder(root, "Dinner"), "d", 3);
    var event = aSyncedEventOn(root);
    emulator
        .faults()
        .fail(
            Match.on(DriveMethod.FILES_LIST).about(sub), Trouble.saying("incompleteSearch", true));

    sync(event, true);
    awaitUpToDate(event);

    assertGalleryIsFolder(event, root);
    assertThat(statusRow(event)).containsEntry("unreadable_folders", 1);
  }

  @Test
  void what_left_a_folder_in_silence_goes_although_drive_does_not_look_everywhere_in_it() {
    var sub = library.createFolder(root, "Party");
    var photos = library.seedImages(sub, "s", 3);
    var event = aSyncedEventOn(root);
    var elsewhere = sharedFolder("Elsewhere");
    var incomplete = Match.on(DriveMethod.FILES_LIST).about(sub);
    emulator.faults().fail(incomplete, Trouble.saying("incompleteSearch", true));
    library.move(photos.get(0), elsewhere);
    library.forgetChanges();

    syncAndAwait(event);

    assertThat(gallery(event)).containsOnlyKeys(photos.get(1), photos.get(2));
    await("the walk that follows one for a new token")
        .atMost(SOON)
        .until(() -> nextWalkInMinutes(event) >= 5);
    awaitUpToDate(event);
    assertThat(statusRow(event)).containsEntry("unreadable_folders", 1);

    // Nobody asks and nobody polls: no feed tells that Drive looks everywhere again.
    var late = library.addSyntheticImage(sub, "late.jpg");
    emulator.faults().clear();
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(statusRow(event)).containsEntry("unreadable_folders", 0));
    assertThat(gallery(event)).containsKey(late);
  }

  @Test
  void a_folder_that_cannot_be_listed_does_not_take_its_group_along() {
    var readable = library.createFolder(root, "Open");
    var closed = library.createFolder(root, "Closed");
    var photos = library.seedImages(readable, "r", 2);
    library.seedImages(closed, "c", 2);
    emulator
        .faults()
        .fail(Match.on(DriveMethod.FILES_LIST).about(closed), Trouble.google(404, "notFound"));

    var event = aSyncedEventOn(root);

    assertThat(gallery(event)).containsKeys(photos.get(0), photos.get(1));
    assertThat(statusRow(event)).containsEntry("unreadable_folders", 1);
    // Nobody asks, and no feed tells that Drive does not refuse it any more.
    emulator.faults().clear();
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(statusRow(event)).containsEntry("unreadable_folders", 0));
    awaitUpToDate(event);
    assertGalleryIsFolder(event, root);
  }

  @Test
  void a_walk_goes_on_where_it_stood_when_its_slice_is_over_or_its_worker_is_gone() {
    library.seedImages(root, "p", 60);
    emulator.faults().pagesOfAtMost(2);
    emulator.faults().latency(DriveMethod.FILES_LIST, Duration.ofMillis(60));

    var event = anEventOn(root);
    await().atMost(SOON).until(() -> lists(root) > 5 && photos(event) > 4);
    // As if another worker had come: what this one has not stored yet is lost, and no more.
    jdbc.sql("update event_sync set fence = fence + 1, lease_until = null where event_id = :e")
        .param("e", event.value())
        .update();
    awaitUpToDate(event);

    assertGalleryIsFolder(event, root);
    var fences =
        jdbc.sql("select fence from event_sync where event_id = :e")
            .param("e", event.value())
            .query(Integer.class)
            .single();
    assertThat(fences).as("slices of 400 ms").isGreaterThan(4);
    // Thirty pages; what was under way when the claim was lost is asked for again.
    assertThat(lists(root)).isBetween(30L, 42L);
  }

  @Test
  void what_is_held_is_looked_up_by_index_although_the_plan_was_made_while_there_was_little() {
    library.seedImages(root, "p", 3);
    aSyncedEventOn(root);
    jdbc.sql("analyze photo").update();

    var plan =
        transaction.execute(t -> {
          jdbc.sql("set local plan_cache_mode = force_generic_plan").update();
          jdbc.sql(
                  """
                  prepare lookup (uuid, int, text[]) as
                  select * from unnest($3) as f(id)
                    left join lateral (select * from photo where event_id = $1 and folder_epoch = $2 and drive_file_id = f.id
                                        offset 0) as p on true
                  """)
              .update();
          var lines =
              jdbc.sql("explain execute lookup (gen_random_uuid(), 1, '{a}')")
                  .query(String.class)
                  .list();
          jdbc.sql("deallocate lookup").update();
          return lines;
        });
    assertThat(plan)
        .anyMatch(line ->
            line.contains(
                "Index Cond: ((event_id = $1) AND (folder_epoch = $2) AND (drive_file_id = f.id))"));
  }

  private int photos(EventId event) {
    return (int) Objects.requireNonNull(statusRow(event).get("photo_count"));
  }

  @Test
  void a_place_in_a_listing_that_drive_has_forgotten_begins_that_listing_again() {
    var sub = library.createFolder(root, "Party");
    library.seedImages(root, "p", 7);
    library.seedImages(sub, "s", 7);
    emulator.faults().pagesOfAtMost(3);
    emulator
        .faults()
        .fail(
            Match.on(DriveMethod.FILES_LIST).about(sub).with("pageToken", null),
            Trouble.invalid("pageToken"),
            1);

    var event = aSyncedEventOn(root);

    assertGalleryIsFolder(event, root);
    // Three pages of each folder, and the first and the refused one once more.
    assertThat(lists(root, sub)).isEqualTo(8);
  }

  @Test
  void what_a_page_pushed_out_of_sight_is_found_although_nothing_tells_of_it() {
    var photos = sixPhotosOnPagesThatCount();
    try (var second = holdSecondPage()) {
      var event = anEventOn(root);
      second.awaitArrived(SOON);
      library.trash(photos.getLast());
      second.release();
      foundLater(event);
    }
  }

  @Test
  void what_a_page_pushed_out_of_sight_is_found_however_long_the_walk_takes() {
    var sub = library.createFolder(root, "Party");
    var photos = sixPhotosOnPagesThatCount();
    try (var second = holdSecondPage();
        var below = emulator.faults().hold(Match.on(DriveMethod.FILES_LIST).about(sub))) {
      var event = anEventOn(root);
      second.awaitArrived(SOON);
      library.trash(photos.getLast());
      second.release();
      below.awaitArrived(SOON);
      threeMinutesGoBy(event);
      below.release();
      awaitUpToDate(event);
      assertGalleryIsFolder(event, root);
    }
  }

  private List<String> sixPhotosOnPagesThatCount() {
    var photos = library.seedImages(root, "p", 6);
    // Otherwise the feed tells of them, for nobody has read it since.
    aSyncedEventOn(library.createFolder(root, "Read the feed"));
    emulator.faults().pagesOfAtMost(3);
    emulator.faults().oddities().on(Oddity.COUNTED_PAGES);
    return photos;
  }

  /** Newest first: the first page is shown, the second waits. */
  private Hold holdSecondPage() {
    return emulator
        .faults()
        .hold(Match.on(DriveMethod.FILES_LIST).about(root).with("pageToken", null));
  }

  private void threeMinutesGoBy(EventId event) {
    jdbc.sql(
            "update event_folder set paged_until = paged_until - interval '3 minutes' where event_id"
                + " = :e")
        .param("e", event.value())
        .update();
    jdbc.sql("update drive_change set known_until = known_until - interval '3 minutes'").update();
    jdbc.sql("update drive_feed set as_of = as_of - interval '3 minutes'").update();
  }

  private void foundLater(EventId event) {
    awaitUpToDate(event);
    assertThat(gallery(event)).as("one is on no page").hasSize(4);
    assertThat(listedAgain(event)).contains(root);
    // As if two minutes had gone by.
    jdbc.sql("update event_folder set list_again_at = now() where list_again_at is not null")
        .update();
    jdbc.sql("update event_sync set wake_at = now() where event_id = :e")
        .param("e", event.value())
        .update();
    await().atMost(SOON).untilAsserted(() -> assertGalleryIsFolder(event, root));
  }

  private List<String> listedAgain(EventId event) {
    return jdbc.sql(
            "select folder_id from event_folder where event_id = :e and list_again_at is not null")
        .param("e", event.value())
        .query((row, n) -> row.getString(1))
        .list();
  }

  @Test
  void what_was_listed_below_a_folder_that_had_left_goes_with_it() {
    var elsewhere = sharedFolder("Elsewhere");
    library.seedImages(root, "r", 2);
    var party = library.createFolder(root, "Party");
    var event = aSyncedEventOn(root);

    // Both are to be listed, and the folder between them leaves before they are.
    library.rename(root, "Renamed");
    library.seedImages(library.createFolder(party, "Speeches"), "s", 3);
    try (var hold = emulator.faults().hold(Match.on(DriveMethod.FILES_LIST).about(root))) {
      sync(event);
      hold.awaitArrived(SOON);
      library.move(party, elsewhere);
      hold.release();
      awaitUpToDate(event);
    }
    syncAndAwait(event);
    assertGalleryIsFolder(event, root);
    assertThat(gallery(event)).hasSize(2);
  }

  @Test
  void an_unchanged_folder_walked_again_touches_no_row_of_a_photo() {
    library.seedImages(root, "p", 20);
    var sub = library.createFolder(root, "Party");
    library.seedImages(sub, "s", 20);
    var event = aSyncedEventOn(root);
    var before = written(event);

    sync(event, true);
    awaitUpToDate(event);

    assertThat(written(event)).isEqualTo(before);
  }

  /** Who wrote or locked the rows last: PostgreSQL locks even what an upsert leaves as it is. */
  private String written(EventId event) {
    return jdbc.sql(
            "select string_agg(xmin || ' ' || xmax, ',' order by id) from photo where event_id ="
                + " :e")
        .param("e", event.value())
        .query(String.class)
        .single();
  }

  @Test
  void what_the_feed_never_said_is_found_by_the_walk_that_comes_by_itself() {
    var photos = library.seedImages(root, "p", 3);
    var event = aSyncedEventOn(root);
    assertThat(wokenForNextWalkInMinutes(event)).as("a new event").isBetween(14, 15);
    library.delete(photos.get(0));
    library.addSyntheticImage(root, "unsaid.jpg");
    library.forgetChanges();
    walkByTheClock(event);

    await().atMost(SOON).untilAsserted(() -> assertGalleryIsFolder(event, root));
    awaitUpToDate(event);
    assertThat(
            jdbc.sql(
                    "select trigger || ' ' || mode from sync_run where event_id = :e order by id"
                        + " desc limit 1")
                .param("e", event.value())
                .query(String.class)
                .single())
        .isEqualTo("SCHEDULED FULL");
    assertThat(wokenForNextWalkInMinutes(event)).as("after a new token once more").isBetween(0, 2);

    walkByTheClock(event);
    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(wokenForNextWalkInMinutes(event)).as("an older event").isBetween(359, 360));
  }

  /** When the event is woken, for its next walk at the latest; negative if it would not be. */
  private int wokenForNextWalkInMinutes(EventId event) {
    return jdbc.sql(
            """
            select extract(epoch from least(full_due_at, wake_at) - clock_timestamp())::int / 60 from event_sync
             where event_id = :e and full_due_at >= wake_at
            """)
        .param("e", event.value())
        .query(Integer.class)
        .optional()
        .orElse(-1);
  }

  @Test
  void shortcuts_show_images_and_folders_each_once_and_follow_what_changes() {
    var elsewhere = sharedFolder("Elsewhere");
    var album = library.createFolder(elsewhere, "Album");
    var inAlbum = library.seedImages(album, "a", 3);
    var single = library.addSyntheticImage(elsewhere, "single.jpg");
    var sub = library.createFolder(root, "Party");
    library.seedImages(sub, "s", 2);
    var toSingle = library.links().createShortcut(sub, "a photo.jpg", single);
    var toAlbum = library.links().createShortcut(root, "an album", album);
    // Loops: to a folder of the event, to the event's own, and from the album to what is above it.
    library.links().createShortcut(sub, "up", root);
    library.links().createShortcut(root, "twice", sub);
    library.links().createShortcut(album, "around", elsewhere);
    library.links().createShortcut(root, "nothing to see", hidden());

    var event = aSyncedEventOn(root);
    assertGalleryIsFolder(event, root);
    assertThat(gallery(event)).containsKey(toSingle).containsKey(inAlbum.get(0)).hasSize(7);
    assertThat(statusRow(event)).containsEntry("skipped_files", 1);

    library.rename(toSingle, "renamed.jpg");
    library.replaceContent(single, new byte[] {1, 2, 3});
    library.delete(inAlbum.get(0));
    library.addSyntheticImage(album, "new.jpg");
    library.rename(album, "in its own place");
    syncAndAwait(event);
    assertGalleryIsFolder(event, root);

    library.trash(toAlbum);
    syncAndAwait(event);
    assertGalleryIsFolder(event, root);
    assertThat(gallery(event)).doesNotContainKey(inAlbum.get(1));

    library.untrash(toAlbum);
    library.delete(single);
    syncAndAwait(event);
    assertGalleryIsFolder(event, root);

    sync(event, true);
    awaitUpToDate(event);
    assertGalleryIsFolder(event, root);
  }

  @Test
  void a_folder_with_several_ways_to_it_is_shown_in_its_own_place_or_by_what_is_left() {
    var elsewhere = sharedFolder("Elsewhere");
    var album = library.createFolder(elsewhere, "Album");
    library.seedImages(album, "a", 3);
    var sub = library.createFolder(root, "Party");
    library.links().createShortcut(library.createFolder(sub, "Links"), "to the album", album);
    var event = aSyncedEventOn(root);
    assertGalleryIsFolder(event, root);

    library.move(album, root);
    syncAndAwait(event);
    assertGalleryIsFolder(event, root);

    library.move(album, elsewhere);
    syncAndAwait(event);
    assertGalleryIsFolder(event, root);
    assertThat(gallery(event)).hasSize(3);

    library.trash(elsewhere);
    syncAndAwait(event);
    assertThat(gallery(event)).isEmpty();

    library.untrash(elsewhere);
    syncAndAwait(event);
    assertGalleryIsFolder(event, root);

    library.links().createShortcut(root, "to the album too", album);
    syncAndAwait(event);
    library.trash(sub);
    syncAndAwait(event);
    assertGalleryIsFolder(event, root);
    assertThat(gallery(event)).hasSize(3);
  }

  @Test
  void a_folder_that_moves_into_what_its_own_shortcut_shows_is_gone_with_all_of_it() {
    var elsewhere = sharedFolder("Elsewhere");
    var album = library.createFolder(elsewhere, "Album");
    library.seedImages(album, "a", 2);
    library.seedImages(root, "r", 2);
    var party = library.createFolder(root, "Party");
    library.seedImages(library.createFolder(party, "Speeches"), "s", 3);
    library.links().createShortcut(party, "to the album", album);
    var event = aSyncedEventOn(root);
    assertThat(gallery(event)).hasSize(7);

    library.move(party, album);
    syncAndAwait(event);
    assertGalleryIsFolder(event, root);
    assertThat(gallery(event)).hasSize(2);
  }

  @Test
  void a_shortcut_that_comes_into_what_had_left_before_the_walk_brings_nothing_back() {
    var elsewhere = sharedFolder("Elsewhere");
    var album = library.createFolder(elsewhere, "Album");
    library.seedImages(root, "r", 2);
    var party = library.createFolder(root, "Party");
    var speeches = library.createFolder(party, "Speeches");
    library.seedImages(speeches, "s", 3);
    var event = aSyncedEventOn(root);
    var other = aSyncedEventOn(elsewhere);

    // The feed tells of the move while the event waits, so its walk begins after that.
    pause(event);
    library.move(party, elsewhere);
    syncAndAwait(other);
    sync(event, true);
    try (var hold = emulator.faults().hold(Match.on(DriveMethod.FILES_LIST).about(root))) {
      resume(event);
      hold.awaitArrived(SOON);
      library.links().createShortcut(speeches, "to the album", album);
      hold.release();
      awaitUpToDate(event);
    }
    assertGalleryIsFolder(event, root);
    assertThat(gallery(event)).hasSize(2);
  }

  @Test
  void what_lies_above_many_shortcuts_of_one_page_is_asked_for_once() {
    var elsewhere = sharedFolder("Elsewhere");
    var albums = library.createFolder(elsewhere, "Albums");
    for (int n = 0; n < 5; n++) {
      var album = library.createFolder(albums, "Album " + n);
      library.seedImages(album, "a", 1);
      library.links().createShortcut(root, "to album " + n, album);
    }
    var event = aSyncedEventOn(root);
    emulator.calls().clear();
    sync(event, true);
    awaitUpToDate(event);
    assertGalleryIsFolder(event, root);
    assertThat(emulator.calls().count(Match.on(DriveMethod.FILES_GET).about(albums))).isOne();
    assertThat(emulator.calls().count(Match.on(DriveMethod.FILES_GET).about(elsewhere))).isOne();
  }

  private String hidden() {
    return library.addSyntheticImage(library.createFolder(null, "Hidden"), "hidden.jpg");
  }

  @Test
  void names_of_every_kind_arrive_as_they_are() {
    for (var name :
        List.of("a/b", "it's \"so\" \\", "two\nlines", "💍🎉", "x".repeat(1000), "same", "same")) {
      library.addSyntheticImage(library.createFolder(root, name), name);
    }
    assertGalleryIsFolder(aSyncedEventOn(root), root);
  }
}
