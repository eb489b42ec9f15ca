package org.drivelens.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.drivelens.emulator.library.TrueImage;
import org.drivelens.emulator.picture.ImageMetadata;
import org.drivelens.emulator.picture.SyntheticImage;
import org.drivelens.emulator.wire.Front;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PersistenceTest {

  /** Held, or its level would be forgotten; one test makes it complain on purpose. */
  private static final Logger FRONT = Logger.getLogger(Front.class.getName());

  @TempDir private Path data;

  private DriveEmulator start() {
    return DriveEmulator.start(Settings.inMemory().data(data));
  }

  private Path journal() {
    return data.resolve("journal.jsonl");
  }

  @Test
  void everything_is_as_it_was_after_a_restart() throws IOException {
    String folder;
    String token;
    String photo;
    List<TrueImage> truth;
    List<?> changes;
    String head;
    try (var emulator = start()) {
      var library = emulator.library();
      var drive = OfficialClient.of(emulator);
      folder = library.createFolder(null, "event");
      library.share(folder);
      token = drive.changes().getStartPageToken().execute().getStartPageToken();
      String sub = library.createFolder(folder, "sub");
      photo = library.addImage(sub, "gps.jpg", EmulatorTest.photo("gps/DSCN0010.jpg"));
      library.seedImages(sub, "IMG_", 50);
      String made = library.addSyntheticImage(folder, "made.jpg", SyntheticImage.of(1));
      library.rename(made, "renamed.jpg");
      library.replaceContent(made, SyntheticImage.of(2));
      library.setImageMetadata(made, ImageMetadata.ofSize(3, 4));
      library.trash(photo);
      library.untrash(photo);
      library.touchViewed(photo);
      String gone = library.addSyntheticImage(folder, "gone.jpg");
      library.delete(gone);
      String limited = library.createFolder(folder, "limited");
      library.setListable(limited, false);
      library.unshare(library.createFolder(folder, "withheld"));
      truth = library.truth(folder);
      changes = drive.changes().list(token).setFields("*").setPageSize(1000).execute().getChanges();
      head = drive.changes().getStartPageToken().execute().getStartPageToken();
    }
    try (var emulator = start()) {
      var drive = OfficialClient.of(emulator);

      assertThat(emulator.library().truth(folder)).isEqualTo(truth).hasSize(52);
      assertThat(drive.changes().getStartPageToken().execute().getStartPageToken()).isEqualTo(head);
      assertThat(
              portless(
                  drive
                      .changes()
                      .list(token)
                      .setFields("*")
                      .setPageSize(1000)
                      .execute()
                      .getChanges()))
          .isEqualTo(portless(changes));
      try (var in = drive.files().get(photo).executeMediaAsInputStream()) {
        assertThat(in.readAllBytes()).isEqualTo(EmulatorTest.photo("gps/DSCN0010.jpg"));
      }
      String next = emulator.library().addSyntheticImage(folder, "next.jpg");
      assertThat(truth.stream().map(TrueImage::id)).doesNotContain(next);
    }
  }

  /** Thumbnail links hold the port, which is another after a restart. */
  private static String portless(List<?> changes) {
    return changes.toString().replaceAll("127\\.0\\.0\\.1:\\d+", "here");
  }

  @Test
  void a_last_line_torn_by_a_kill_is_cut_off() throws IOException {
    String folder;
    try (var emulator = start()) {
      folder = emulator.library().createFolder(null, "kept");
    }
    Files.writeString(journal(), "{\"did\":\"created\",\"at\":\"20", StandardOpenOption.APPEND);

    try (var emulator = start()) {
      assertThat(emulator.library().find(folder)).isPresent();
      emulator.library().rename(folder, "kept and renamed");
    }
    try (var emulator = start()) {
      assertThat(emulator.library().find(folder).orElseThrow().name())
          .isEqualTo("kept and renamed");
    }
  }

  @Test
  void a_bad_line_in_the_middle_is_not_passed_over_in_silence() throws IOException {
    try (var emulator = start()) {
      emulator.library().createFolder(null, "one");
    }
    Files.writeString(journal(), "nonsense\n{}\n", StandardOpenOption.APPEND);

    assertThatThrownBy(this::start).hasMessageContaining("line 3 cannot be read");
  }

  @Test
  void a_large_seeded_tree_is_one_line() throws IOException {
    String folder;
    try (var emulator = start()) {
      folder = emulator.library().createFolder(null, "big");
      emulator.library().share(folder);
      emulator.library().seedImages(folder, "IMG_", 20_000);
    }

    assertThat(Files.readString(journal(), StandardCharsets.UTF_8).lines()).hasSize(4);
    try (var emulator = start()) {
      assertThat(emulator.library().truth(folder)).hasSize(20_000);
    }
  }

  @Test
  void content_that_somebody_deleted_is_a_500_and_not_a_silence() throws IOException {
    try (var emulator = start()) {
      String folder = emulator.library().createFolder(null, "event");
      emulator.library().share(folder);
      byte[] photo = EmulatorTest.photo("gps/DSCN0010.jpg");
      String id = emulator.library().addImage(folder, "a.jpg", photo);
      Files.delete(data.resolve("content").resolve(md5(emulator, folder)));
      var drive = OfficialClient.of(emulator);
      FRONT.setLevel(Level.OFF);

      var refusal = OfficialClient.refusal(() -> drive.files().get(id).executeMediaAsInputStream());

      assertThat(refusal.getStatusCode()).isEqualTo(500);
      assertThat(OfficialClient.reason(refusal)).isEqualTo("internalError");
    } finally {
      FRONT.setLevel(null);
    }
  }

  private static String md5(DriveEmulator emulator, String folder) {
    return emulator.library().truth(folder).getFirst().md5() + "";
  }

  @Test
  void two_emulators_cannot_share_a_directory() {
    try (var first = start()) {
      assertThat(first.port()).isPositive();
      assertThatThrownBy(this::start).isNotNull();
    }
  }

  @Test
  void a_directory_of_photos_becomes_one_shared_folder_once() throws IOException {
    var settings = Settings.inMemory().data(data).photos(EmulatorTest.PHOTOS);
    String folder;
    try (var emulator = DriveEmulator.start(settings)) {
      folder = emulator.sampleFolderId().orElseThrow();
      var truth = emulator.library().truth(folder);
      var drive = OfficialClient.of(emulator);

      assertThat(truth).hasSizeBetween(25, 40);
      assertThat(truth.stream().map(image -> image.folderPath().getFirst()).distinct())
          .containsExactlyInAnyOrder("exif-org", "gps", "orientation", "xmp");
      assertThat(truth).allSatisfy(image -> assertThat(image.width()).isPositive());
      assertThat(drive.files().get(folder).execute().getName()).isEqualTo("Drivelens sample event");
      assertThat(OfficialClient.names(OfficialClient.all(OfficialClient.children(drive, folder))))
          .contains("ATTRIBUTION.md");
      emulator.library().trash(truth.getFirst().id());
    }
    try (var emulator = DriveEmulator.start(settings)) {
      assertThat(emulator.sampleFolderId()).contains(folder);
      assertThat(emulator.library().children(null)).hasSize(1);
    }
  }

  @Test
  void a_first_filling_that_was_cut_short_is_begun_again() throws IOException {
    try (var emulator = start()) {
      emulator.library().createFolder(null, SampleLibrary.NAME);
    }
    try (var emulator =
        DriveEmulator.start(Settings.inMemory().data(data).photos(EmulatorTest.PHOTOS))) {
      String folder = emulator.sampleFolderId().orElseThrow();

      assertThat(emulator.library().truth(folder)).isNotEmpty();
      assertThat(emulator.library().children(null)).hasSize(1);
    }
  }

  @Test
  void somebodys_own_library_is_not_filled_with_samples() {
    try (var emulator = start()) {
      emulator.library().createFolder(null, "mine");
    }
    try (var emulator =
        DriveEmulator.start(Settings.inMemory().data(data).photos(EmulatorTest.PHOTOS))) {
      assertThat(emulator.sampleFolderId()).isEmpty();
    }
  }
}
