package org.drivelens.drive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.drivelens.drive.DriveFile.Shortcut;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a shortcut shows, for any shortcut and any target. */
class DriveFileTest {

  private static final String JPEG = "image/jpeg";

  private final Random random = new Random(31);

  @Test
  void a_shortcut_to_an_image_is_a_photo_of_its_own_with_the_content_of_its_target() {
    for (int n = 0; n < 1_000; n++) {
      var target = file("target", JPEG, null);
      var shortcut = shortcut(JPEG);
      var shown = shortcut.through(target);
      assertThat(shown.id()).isEqualTo("shortcut");
      assertThat(shown.version()).isEqualTo(shortcut.version());
      assertThat(shown.targetId()).isEqualTo("target");
      assertThat(shown.shortcutId()).isNull();
      assertThat(shown.isImage()).isTrue();
      assertThat(shown.isShortcut()).isFalse();
      assertLiesWhereTheShortcutLies(shown, shortcut, target);
    }
  }

  @Test
  void a_shortcut_to_a_folder_is_that_folder_in_the_place_of_the_shortcut() {
    for (int n = 0; n < 1_000; n++) {
      var target = file("target", DriveFile.FOLDER, null);
      var shortcut = shortcut(DriveFile.FOLDER);
      var shown = shortcut.through(target);
      assertThat(shown.id()).isEqualTo("target");
      assertThat(shown.version()).isEqualTo(target.version());
      assertThat(shown.shortcutId()).isEqualTo("shortcut");
      assertThat(shown.targetId()).isNull();
      assertThat(shown.isFolder()).isTrue();
      assertThat(shown.isImage()).isFalse();
      assertThat(shown.canListChildren()).isEqualTo(target.canListChildren());
      assertLiesWhereTheShortcutLies(shown, shortcut, target);
    }
  }

  private static void assertLiesWhereTheShortcutLies(
      DriveFile shown, DriveFile shortcut, DriveFile target) {
    assertThat(shown.name()).isEqualTo(shortcut.name());
    assertThat(shown.parentId()).isEqualTo(shortcut.parentId());
    assertThat(shown.trashed()).isEqualTo(shortcut.trashed() || target.trashed());
    assertThat(shown.explicitlyTrashed())
        .isEqualTo(shortcut.explicitlyTrashed() || target.explicitlyTrashed());
    assertThat(shown.driveId()).isEqualTo(target.driveId());
    assertThat(shown.resourceKey())
        .isEqualTo(target.resourceKey() == null ? "key of the link" : target.resourceKey());
    assertThat(shown.md5()).isEqualTo(target.md5());
  }

  @Test
  void only_a_shortcut_leads_anywhere() {
    var toImage = shortcut(JPEG);
    assertThat(toImage.isShortcut()).isTrue();
    assertThat(toImage.leadsTo("target")).isTrue();
    assertThat(toImage.leadsTo("other")).isFalse();
    assertThat(link(JPEG).leadsToImage()).isTrue();
    assertThat(link(JPEG).leadsToFolder()).isFalse();
    assertThat(link(DriveFile.FOLDER).leadsToFolder()).isTrue();
    assertThat(link(DriveFile.FOLDER).leadsToImage()).isFalse();
    var image = file("target", JPEG, null);
    assertThat(image.leadsTo("target")).isFalse();
    assertThat(image.targetId()).isNull();
    assertThat(image.shortcutId()).isNull();
    assertThat(toImage.through(image).leadsTo("target")).isFalse();
    assertThat(file("broken", DriveFile.SHORTCUT, null).leadsTo("target")).isFalse();
  }

  @Test
  void a_file_that_is_known_to_lie_elsewhere_is_the_same_file_otherwise() {
    for (int n = 0; n < 100; n++) {
      var file = file("file", JPEG, null);
      var moved = file.in("elsewhere");
      assertThat(moved.parentId()).isEqualTo("elsewhere");
      assertThat(moved.in(String.valueOf(file.parentId()))).isEqualTo(file);
    }
  }

  private DriveFile shortcut(String target) {
    return file("shortcut", DriveFile.SHORTCUT, link(target));
  }

  private static Shortcut link(String target) {
    return new Shortcut("shortcut", "target", target, "key of the link");
  }

  private DriveFile file(String id, String type, @Nullable Shortcut shortcut) {
    return new DriveFile(
        id,
        "name " + random.nextInt(5),
        type,
        "parent " + random.nextInt(5),
        random.nextBoolean(),
        random.nextBoolean(),
        random.nextInt(9),
        random.nextLong(99),
        "md5 " + random.nextInt(5),
        null,
        random.nextBoolean(),
        random.nextBoolean() ? "key" : null,
        random.nextBoolean() ? "drive" : null,
        shortcut);
  }
}
