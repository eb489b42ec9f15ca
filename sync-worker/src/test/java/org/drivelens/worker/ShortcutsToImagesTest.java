package org.drivelens.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.drivelens.emulator.call.DriveMethod;
import org.drivelens.emulator.call.Match;
import org.drivelens.event.EventId;
import org.junit.jupiter.api.Test;

/** What a shortcut to an image shows depends on folders of which no entry touches the event. */
class ShortcutsToImagesTest extends GalleryTest {

  @Test
  void one_that_may_not_be_followed_yet_is_told_and_shows_its_image_once_that_is_shared() {
    var event = aSyncedEventOn(root);
    var image = library.addSyntheticImage(library.createFolder(null, "Private"), "one.jpg");
    var shortcut = library.links().createShortcut(root, "to an image", image);
    syncAndAwait(event);
    assertThat(gallery(event)).isEmpty();
    assertThat(skippedFiles(event)).isOne();

    library.share(image);
    syncAndAwait(event);
    assertGalleryIsFolder(event, root);
    assertThat(gallery(event)).containsOnlyKeys(shortcut);
    assertThat(skippedFiles(event)).isZero();
  }

  @Test
  void one_that_may_not_be_followed_is_tried_again_by_itself() {
    var folder = library.createFolder(null, "Private");
    var image = library.addSyntheticImage(library.createFolder(folder, "Best of"), "one.jpg");
    library.links().createShortcut(root, "to an image", image);
    var event = aSyncedEventOn(root);
    assertThat(gallery(event)).isEmpty();

    // Google tells of the folder alone, and that it lies above the image nobody could see.
    library.share(folder);
    syncAndAwait(event);
    assertThat(gallery(event)).isEmpty();
    // As if two minutes had gone by.
    assertThat(
            jdbc.sql(
                    "update event_folder set list_again_at = now() where list_again_at is not null")
                .update())
        .isOne();
    jdbc.sql("update event_sync set wake_at = now()").update();
    await().atMost(SOON).untilAsserted(() -> assertGalleryIsFolder(event, root));
  }

  @Test
  void what_it_shows_goes_with_a_folder_above_that_is_not_shared_any_more() {
    var folder = sharedFolder("Elsewhere");
    var image = library.addSyntheticImage(library.createFolder(folder, "Best of"), "one.jpg");
    library.links().createShortcut(root, "to an image", image);
    var event = aSyncedEventOn(root);
    assertThat(gallery(event)).hasSize(1);

    library.unshare(folder);
    syncAndAwait(event);
    assertGalleryIsFolder(event, root);
    assertThat(gallery(event)).isEmpty();
  }

  @Test
  void what_it_shows_goes_to_the_trash_while_the_way_there_is_asked_for() {
    var folder = sharedFolder("Elsewhere");
    var image = library.addSyntheticImage(folder, "one.jpg");
    library.links().createShortcut(root, "to an image", image);
    try (var hold = emulator.faults().hold(Match.on(DriveMethod.FILES_GET).about(folder))) {
      var event = anEventOn(root);
      hold.awaitArrived(SOON);
      library.trash(folder);
      hold.release();
      awaitUpToDate(event);
      assertThat(gallery(event)).isEmpty();

      library.untrash(folder);
      syncAndAwait(event);
      assertGalleryIsFolder(event, root);
      assertThat(gallery(event)).hasSize(1);
    }
  }

  @Test
  void what_it_shows_follows_the_image_into_another_folder() {
    var folder = sharedFolder("Elsewhere");
    var another = sharedFolder("Another");
    var image = library.addSyntheticImage(folder, "one.jpg");
    library.links().createShortcut(root, "to an image", image);
    var event = aSyncedEventOn(root);

    library.move(image, another);
    syncAndAwait(event);
    assertThat(gallery(event)).hasSize(1);
    library.trash(another);
    syncAndAwait(event);
    assertGalleryIsFolder(event, root);
    assertThat(gallery(event)).isEmpty();
  }

  private int skippedFiles(EventId event) {
    return jdbc.sql("select skipped_files from event_status where event_id = :id")
        .param("id", event.value())
        .query(Integer.class)
        .single();
  }
}
