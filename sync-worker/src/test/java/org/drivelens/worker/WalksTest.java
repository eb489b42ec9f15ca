package org.drivelens.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.drivelens.emulator.call.DriveMethod;
import org.drivelens.emulator.call.Match;
import org.drivelens.emulator.fault.Trouble;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** How folders are listed: what is asked of Drive, and that nothing is missing in the end. */
@TestPropertySource(properties = "drivelens.worker.list-again-after=1s")
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

    // Nobody asks and nobody polls: the second listing is what shows it.
    var late = library.addSyntheticImage(sub, "late.jpg");
    await().atMost(SOON).untilAsserted(() -> assertThat(gallery(event)).containsKey(late));
    awaitUpToDate(event);
    assertGalleryIsFolder(event, root);

    library.addSyntheticImage(sub, "later.jpg");
    await()
        .during(Duration.ofSeconds(3))
        .atMost(SOON)
        .untilAsserted(() -> assertThat(gallery(event)).hasSize(3));
  }

  @Test
  void a_folder_that_left_is_listed_where_it_is_and_only_the_rest_is_asked_for() {
    var sub = library.createFolder(root, "Party");
    var inner = library.createFolder(sub, "Late");
    var elsewhere = library.createFolder(null, "Elsewhere");
    library.share(elsewhere);
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
    assertThat(gallery(event).get(photos.get(1)).toString()).contains("told.jpg");

    changes.clear();
    file.clear();
    library.rename(photos.get(0), "told-at-last.jpg");
    syncAndAwait(event);
    assertThat(statusRow(event)).containsEntry("skipped_files", 0);
    assertGalleryIsFolder(event, root);
  }
}
