package org.drivelens.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.drivelens.emulator.call.DriveMethod;
import org.drivelens.emulator.call.Match;
import org.drivelens.emulator.library.Library;
import org.drivelens.emulator.picture.SyntheticImage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** After whatever happened in the folder, and a sync, the gallery is equal to it. */
class GalleryFollowsTheFolderTest {

  private final Installation drivelens = Installation.shared();
  private final Library library = drivelens.drive().library();

  private String folder;
  private String inner;
  private String outside;
  private String image;
  private String innerImage;
  private String outsideImage;
  private Gallery gallery;

  @BeforeEach
  void a_gallery_that_is_whole() {
    drivelens.workers(2);
    folder = drivelens.sharedFolder("Wedding");
    image = library.addSyntheticImage(folder, "church.jpg");
    library.addSyntheticImage(folder, "party.jpg");
    inner = library.createFolder(folder, "Dinner");
    innerImage = library.addSyntheticImage(inner, "cake.jpg");
    library.addSyntheticImage(library.createFolder(inner, "Speeches"), "father.jpg");
    library.addFile(folder, "guests.pdf", "application/pdf", new byte[] {1, 2, 3});
    outside = library.createFolder(null, "Elsewhere");
    outsideImage = library.addSyntheticImage(outside, "found.jpg");
    gallery = drivelens.gallery(folder);
    gallery.becomesWhole();
    assertThat(gallery.shown()).hasSize(4);
  }

  @Test
  void an_added_image_appears() {
    library.addSyntheticImage(inner, "late.jpg");
    gallery.syncs();
  }

  @Test
  void a_renamed_image_keeps_its_photo() {
    var before = gallery.photoIds();
    library.rename(image, "chapel.jpg");
    gallery.syncs();
    assertThat(gallery.photoIds()).isEqualTo(before);
  }

  @Test
  void a_replaced_image_keeps_its_photo_and_shows_the_new_content() {
    var before = gallery.photoIds();
    library.replaceContent(image, SyntheticImage.of(4711));
    gallery.syncs();
    assertThat(gallery.photoIds()).isEqualTo(before);
  }

  @Test
  void an_image_moved_to_another_folder_of_the_event_keeps_its_photo() {
    var before = gallery.photoIds();
    library.move(image, inner);
    gallery.syncs();
    assertThat(gallery.photoIds()).isEqualTo(before);
  }

  @Test
  void images_moved_in_appear_and_images_moved_out_disappear() {
    library.move(outsideImage, inner);
    library.move(image, outside);
    gallery.syncs();
  }

  @Test
  void a_trashed_image_disappears_and_comes_back_as_the_same_photo() {
    var before = gallery.photoIds();
    library.trash(innerImage);
    gallery.syncs();
    assertThat(gallery.photoIds()).doesNotContainKey(innerImage);
    library.untrash(innerImage);
    gallery.syncs();
    assertThat(gallery.photoIds()).isEqualTo(before);
  }

  @Test
  void a_deleted_image_disappears() {
    library.delete(image);
    gallery.syncs();
  }

  @Test
  void a_renamed_folder_shows_in_the_path_of_its_images() {
    library.rename(inner, "Supper");
    gallery.syncs();
  }

  @Test
  void folders_moved_out_and_in_take_their_images_with_them() {
    library.move(inner, outside);
    gallery.syncs();
    library.move(outside, folder);
    gallery.syncs();
    assertThat(gallery.shown()).hasSize(5);
  }

  @Test
  void a_trashed_folder_takes_its_images_with_it_and_brings_them_back() {
    library.trash(inner);
    gallery.syncs();
    assertThat(gallery.shown()).hasSize(2);
    library.untrash(inner);
    gallery.syncs();
    assertThat(gallery.shown()).hasSize(4);
  }

  @Test
  void a_deleted_folder_takes_its_images_with_it() {
    library.delete(inner);
    gallery.syncs();
  }

  @Test
  void many_changes_at_once_arrive_together() {
    library.rename(image, "chapel.jpg");
    library.move(innerImage, folder);
    library.trash(inner);
    var fresh = library.createFolder(folder, "Dance");
    library.addSyntheticImage(fresh, "waltz.jpg");
    library.move(outsideImage, fresh);
    library.move(fresh, library.createFolder(folder, "Night"));
    gallery.syncs();
  }

  @Test
  void a_full_sync_changes_nothing_of_a_whole_gallery() {
    var before = gallery.photoIds();
    drivelens.api().syncFully(gallery.event());
    gallery.becomesWhole();
    assertThat(gallery.photoIds()).isEqualTo(before);
  }

  @Test
  void a_change_made_during_a_walk_is_not_lost() {
    // The answer of the first listing is ready, and stale before it arrives.
    var listing = Match.on(DriveMethod.FILES_LIST).about(folder);
    try (var hold = drivelens.drive().faults().holdAnswer(listing)) {
      drivelens.api().syncFully(gallery.event());
      hold.awaitArrived(1, Duration.ofSeconds(20));
      library.trash(image);
      library.rename(innerImage, "cakes.jpg");
      library.addSyntheticImage(folder, "bride.jpg");
      library.move(outside, folder);
    }
    gallery.becomesWhole();
    assertThat(gallery.photoIds()).doesNotContainKey(image).containsKey(outsideImage);
  }

  @Test
  void thousands_of_images_in_nested_folders_arrive_whole() {
    var big = drivelens.sharedFolder("Festival");
    var deepest = big;
    for (int day : IntStream.rangeClosed(1, 5).toArray()) {
      library.seedImages(deepest, "day" + day + "-", 500);
      deepest = library.createFolder(deepest, "Day " + day);
    }
    var festival = drivelens.gallery(big);
    festival.becomesWhole(Duration.ofSeconds(90));
    assertThat(festival.shown()).hasSize(2_500);
  }
}
