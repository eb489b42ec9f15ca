package org.drivelens.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.drivelens.emulator.library.TrueImage;
import org.drivelens.emulator.picture.SyntheticImage;
import org.junit.jupiter.api.Test;

class LibraryTest extends EmulatorTest {

  private List<String> truth() {
    return library.truth(folder).stream().map(TrueImage::name).sorted().toList();
  }

  @Test
  void truth_is_every_image_below_with_its_path_and_nothing_else() {
    String day = library.createFolder(folder, "Day 1");
    String evening = library.createFolder(day, "Evening");
    library.addSyntheticImage(folder, "a.jpg");
    library.addFile(folder, "notes.txt", "text/plain", "hi".getBytes(StandardCharsets.UTF_8));
    String id = library.addImage(evening, "b.jpg", photo("gps/DSCN0021.jpg"));

    assertThat(truth()).containsExactly("a.jpg", "b.jpg");
    var image = library.truth(folder).stream().filter(one -> one.id().equals(id)).findFirst();
    assertThat(image)
        .hasValueSatisfying(one -> {
          assertThat(one.folderPath()).containsExactly("Day 1", "Evening");
          assertThat(one.width()).isEqualTo(640);
          assertThat(one.takenAt()).isEqualTo("2008:10:22 16:38:20");
          assertThat(one.cameraModel()).isEqualTo("COOLPIX P6000");
          assertThat(one.size()).isEqualTo(photo("gps/DSCN0021.jpg").length);
          assertThat(one.version()).isEqualTo(1);
        });
  }

  @Test
  void truth_follows_trash_moves_and_sharing() {
    String sub = library.createFolder(folder, "sub");
    library.addSyntheticImage(sub, "a.jpg");
    String id = library.addSyntheticImage(folder, "b.jpg");

    library.trash(sub);
    assertThat(truth()).containsExactly("b.jpg");
    library.untrash(sub);
    library.move(id, library.createFolder(null, "elsewhere"));
    assertThat(truth()).containsExactly("a.jpg");
    library.unshare(sub);
    assertThat(truth()).isEmpty();
    library.share(sub);
    library.trash(folder);
    assertThat(truth()).isEmpty();
    library.untrash(folder);
    assertThat(truth()).containsExactly("a.jpg");
    library.unshare(folder);
    assertThat(truth()).isEmpty();
  }

  @Test
  void the_same_seed_is_the_same_picture_and_another_seed_another() {
    String one = library.addSyntheticImage(folder, "a.jpg", SyntheticImage.of(1));
    String same = library.addSyntheticImage(folder, "b.jpg", SyntheticImage.of(1));
    String other = library.addSyntheticImage(folder, "c.jpg", SyntheticImage.of(2));

    assertThat(md5(one)).isEqualTo(md5(same)).isNotEqualTo(md5(other));
  }

  @Test
  void ids_look_like_drives() {
    String id = library.addSyntheticImage(folder, "a.jpg");

    assertThat(id).matches("1[A-Za-z0-9_-]{32}");
    assertThat(library.find(folder).orElseThrow().parentId()).matches("0A[A-Za-z0-9_-]{11}UK9PVA");
  }

  @Test
  void what_cannot_be_done_is_said_in_a_sentence_and_changes_nothing() {
    String file = library.addSyntheticImage(folder, "a.jpg");
    String sub = library.createFolder(folder, "sub");
    int count = library.itemCount();

    assertThatThrownBy(() -> library.rename("1unknown", "x")).hasMessageContaining("no item");
    assertThatThrownBy(() -> library.addSyntheticImage(file, "x"))
        .hasMessageContaining("not a folder");
    assertThatThrownBy(() -> library.move(folder, sub)).hasMessageContaining("into itself");
    assertThatThrownBy(() -> library.replaceContent(sub, new byte[] {1}))
        .hasMessageContaining("is a folder");
    assertThatThrownBy(() -> library.trash(library.find(folder).orElseThrow().parentId() + ""))
        .hasMessageContaining("My Drive");
    assertThat(library.itemCount()).isEqualTo(count);
  }

  @Test
  void deleting_a_folder_takes_everything_below_with_it() {
    String sub = library.createFolder(folder, "sub");
    String inside = library.addSyntheticImage(sub, "a.jpg");
    library.delete(sub);

    assertThat(library.find(sub)).isEmpty();
    assertThat(library.find(inside)).isEmpty();
    assertThat(library.children(folder)).isEmpty();
  }

  private String md5(String id) {
    return library.truth(folder).stream()
        .filter(image -> image.id().equals(id))
        .map(image -> image.md5() + "")
        .findFirst()
        .orElseThrow();
  }
}
