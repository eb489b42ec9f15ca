package org.drivelens.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.api.services.drive.Drive;
import com.google.api.services.drive.model.Change;
import com.google.api.services.drive.model.File;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody's own photos as the Drive, seen through the official client. */
class DirectoryTest {

  private static final String MASK =
      "id,name,mimeType,size,md5Checksum,trashed,parents,imageMediaMetadata,thumbnailLink";

  /** Below the pause between rescans, so that it is the watching that is tested. */
  private static final Duration SOON = Duration.ofSeconds(9);

  @TempDir private Path temporary;
  private Path photos;
  private Path data;
  private DriveEmulator emulator;
  private Drive drive;
  private String root;

  @BeforeEach
  void start() throws IOException {
    photos = temporary.resolve("Our wedding");
    if (Files.notExists(photos)) {
      Files.createDirectory(photos);
    }
    data = temporary.resolve("data");
    serve(Clock.systemUTC());
  }

  private void serve() {
    serve(Clock.systemUTC());
  }

  private void serve(Clock clock) {
    emulator = DriveEmulator.start(Settings.inMemory().data(data).directory(photos).clock(clock));
    drive = OfficialClient.of(emulator);
    root = emulator.directoryFolderId().orElseThrow();
  }

  private static Clock clock(AtomicReference<Instant> now) {
    return new Clock() {
      @Override
      public Instant instant() {
        return now.get();
      }

      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }
    };
  }

  @AfterEach
  void stop() {
    emulator.close();
  }

  /** Written a while ago, as far as its time tells: it need not stand still first. */
  private Path photo(String name, String sample) throws IOException {
    Path file = photos.resolve(name);
    Files.createDirectories(file.getParent());
    Path part = temporary.resolve("part");
    Files.copy(EmulatorTest.PHOTOS.resolve(sample), part, StandardCopyOption.REPLACE_EXISTING);
    Files.setLastModifiedTime(part, FileTime.from(Instant.parse("2026-05-14T12:00:00Z")));
    return Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
  }

  private List<File> in(String folderId) {
    try {
      return OfficialClient.all(
          OfficialClient.children(drive, folderId).setFields("nextPageToken,files(" + MASK + ")"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Every image below the folder by its path. */
  private record Shown(Map<String, File> files) {
    File get(String path) {
      return Objects.requireNonNull(files.get(path), path);
    }

    Set<String> paths() {
      return files.keySet();
    }
  }

  private Shown shown() {
    var files = new HashMap<String, File>();
    collect(root, "", files);
    return new Shown(files);
  }

  private void collect(String folderId, String path, Map<String, File> to) {
    for (File file : in(folderId)) {
      if (file.getMimeType().endsWith("folder")) {
        collect(file.getId(), path + file.getName() + "/", to);
      } else {
        to.put(path + file.getName(), file);
      }
    }
  }

  private Shown awaitShown(String... paths) {
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(shown().paths()).containsExactlyInAnyOrder(paths));
    return shown();
  }

  private String id(String path) {
    return shown().get(path).getId();
  }

  private byte[] media(String id) throws IOException {
    try (var in = drive.files().get(id).executeMediaAsInputStream()) {
      return in.readAllBytes();
    }
  }

  @Test
  void camera_photos_come_with_sizes_dates_and_cameras_and_nothing_is_copied() throws IOException {
    for (String sample :
        List.of("gps/DSCN0021.jpg", "exif-org/canon-ixus.jpg", "xmp/no_exif.jpg")) {
      photo(sample, sample);
    }

    var all = awaitShown("gps/DSCN0021.jpg", "exif-org/canon-ixus.jpg", "xmp/no_exif.jpg");

    File nikon = all.get("gps/DSCN0021.jpg");
    assertThat(nikon.getImageMediaMetadata().getWidth()).isEqualTo(640);
    assertThat(nikon.getImageMediaMetadata().getHeight()).isEqualTo(480);
    assertThat(nikon.getImageMediaMetadata().getTime()).isEqualTo("2008:10:22 16:38:20");
    assertThat(nikon.getImageMediaMetadata().getCameraModel()).isEqualTo("COOLPIX P6000");
    assertThat(nikon.getImageMediaMetadata().getLocation().getLatitude()).isBetween(43.0, 44.0);
    assertThat(all.get("exif-org/canon-ixus.jpg").getImageMediaMetadata().getCameraMake())
        .isEqualTo("Canon");
    assertThat(all.get("xmp/no_exif.jpg").getImageMediaMetadata().getCameraModel()).isNull();
    byte[] bytes = EmulatorTest.photo("gps/DSCN0021.jpg");
    assertThat(nikon.getSize()).isEqualTo(bytes.length);
    assertThat(nikon.getMd5Checksum()).isEqualTo("" + md5(bytes));
    assertThat(media(nikon.getId())).isEqualTo(bytes);
    assertThat(data.resolve("content")).doesNotExist();
  }

  private static String md5(byte[] bytes) {
    try {
      var digest = java.security.MessageDigest.getInstance("MD5").digest(bytes);
      return java.util.HexFormat.of().formatHex(digest);
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void a_part_of_a_photo_can_be_asked_for() throws Exception {
    photo("a.jpg", "gps/DSCN0021.jpg");
    String id = awaitShown("a.jpg").get("a.jpg").getId();

    var request =
        HttpRequest.newBuilder(
                URI.create(emulator.rootUrl() + "drive/v3/files/" + id + "?alt=media"))
            .header("Authorization", "Bearer " + OfficialClient.accessToken(emulator))
            .header("Range", "bytes=100-299")
            .build();
    var part = EmulatorTest.HTTP.send(request, BodyHandlers.ofByteArray());

    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.body())
        .isEqualTo(Arrays.copyOfRange(EmulatorTest.photo("gps/DSCN0021.jpg"), 100, 300));
  }

  @Test
  void thumbnails_are_upright() throws Exception {
    photo("lying.jpg", "orientation/portrait_6.jpg");
    File file = awaitShown("lying.jpg").get("lying.jpg");
    var meta = file.getImageMediaMetadata();
    assertThat(meta.getRotation()).isEqualTo(1);
    assertThat(meta.getWidth()).isGreaterThan(meta.getHeight());

    var request =
        HttpRequest.newBuilder(URI.create(file.getThumbnailLink()))
            .header("Authorization", "Bearer " + OfficialClient.accessToken(emulator))
            .build();
    var answer = EmulatorTest.HTTP.send(request, BodyHandlers.ofByteArray());

    var image = ImageIO.read(new ByteArrayInputStream(answer.body()));
    assertThat(image.getHeight()).isEqualTo(220).isGreaterThan(image.getWidth());
  }

  @Test
  void files_appear_change_move_and_vanish_under_one_id() throws IOException {
    Path file = photo("a.jpg", "gps/DSCN0010.jpg");
    String id = awaitShown("a.jpg").get("a.jpg").getId();
    String token = drive.changes().getStartPageToken().execute().getStartPageToken();

    Files.move(file, photos.resolve("b.jpg"));
    assertThat(awaitShown("b.jpg").get("b.jpg").getId()).isEqualTo(id);

    Path day = Files.createDirectory(photos.resolve("day"));
    Path moved = Files.move(photos.resolve("b.jpg"), day.resolve("c.jpg"));
    assertThat(awaitShown("day/c.jpg").get("day/c.jpg").getId()).isEqualTo(id);

    Files.write(moved, EmulatorTest.photo("gps/DSCN0042.jpg"));
    String md5 = md5(EmulatorTest.photo("gps/DSCN0042.jpg"));
    await().atMost(SOON).until(() -> md5.equals(shown().get("day/c.jpg").getMd5Checksum()));
    assertThat(id("day/c.jpg")).isEqualTo(id);
    assertThat(media(id)).isEqualTo(EmulatorTest.photo("gps/DSCN0042.jpg"));

    Files.delete(moved);
    awaitShown();
    assertThat(drive.files().get(id).setFields("explicitlyTrashed").execute())
        .containsEntry("explicitlyTrashed", true);
    List<Change> changes = drive.changes().list(token).setPageSize(100).execute().getChanges();
    assertThat(changes).extracting(Change::getFileId).contains(id);

    photo("day/back again.jpg", "gps/DSCN0042.jpg");
    assertThat(awaitShown("day/back again.jpg").get("day/back again.jpg").getId()).isEqualTo(id);
  }

  @Test
  void a_folder_that_is_renamed_or_moved_keeps_the_ids_of_all_in_it() throws IOException {
    photo("day/morning/a.jpg", "gps/DSCN0010.jpg");
    photo("day/b.jpg", "gps/DSCN0021.jpg");
    var before = awaitShown("day/morning/a.jpg", "day/b.jpg");
    String day = before.get("day/b.jpg").getParents().getFirst();

    Files.createDirectories(photos.resolve("2026"));
    Files.move(photos.resolve("day"), photos.resolve("2026").resolve("May"));

    var after = awaitShown("2026/May/morning/a.jpg", "2026/May/b.jpg");
    assertThat(after.get("2026/May/b.jpg").getParents()).containsExactly(day);
    assertThat(after.get("2026/May/b.jpg").getId()).isEqualTo(before.get("day/b.jpg").getId());
    assertThat(after.get("2026/May/morning/a.jpg").getId())
        .isEqualTo(before.get("day/morning/a.jpg").getId());
    assertThat(media(id("2026/May/b.jpg"))).isEqualTo(EmulatorTest.photo("gps/DSCN0021.jpg"));
  }

  @Test
  void two_files_that_change_names_keep_their_ids() throws IOException {
    Path a = photo("a.jpg", "gps/DSCN0010.jpg");
    Path b = photo("b.jpg", "gps/DSCN0021.jpg");
    var before = awaitShown("a.jpg", "b.jpg");

    Path aside = photos.resolve(".aside");
    Files.move(a, aside);
    Files.move(b, a);
    Files.move(aside, b);

    await()
        .atMost(SOON)
        .untilAsserted(() -> {
          assertThat(id("a.jpg")).isEqualTo(before.get("b.jpg").getId());
          assertThat(id("b.jpg")).isEqualTo(before.get("a.jpg").getId());
        });
    assertThat(media(id("a.jpg"))).isEqualTo(EmulatorTest.photo("gps/DSCN0021.jpg"));
  }

  @Test
  void an_editor_that_saves_beside_and_moves_over_keeps_the_id() throws IOException {
    photo("a.jpg", "gps/DSCN0010.jpg");
    String id = awaitShown("a.jpg").get("a.jpg").getId();
    int revision = emulator.library().find(id).orElseThrow().revision();

    photo("a.jpg", "gps/DSCN0021.jpg");

    await()
        .atMost(SOON)
        .until(() -> emulator.library().find(id).orElseThrow().revision() == revision + 1);
    assertThat(id("a.jpg")).isEqualTo(id);
    assertThat(media(id)).isEqualTo(EmulatorTest.photo("gps/DSCN0021.jpg"));
  }

  /** By a clock that only the test moves: how fast the machine is does not matter. */
  @Test
  void a_file_is_not_served_while_it_grows() throws IOException {
    var now = new AtomicReference<>(Instant.now());
    emulator.close();
    serve(clock(now));
    byte[] bytes = EmulatorTest.photo("gps/DSCN0010.jpg");
    Path file = photos.resolve("growing.jpg");
    int step = bytes.length / 6 + 1;
    for (int at = 0; at < bytes.length; at += step) {
      byte[] next = Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + step));
      Files.write(file, next, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      now.updateAndGet(time -> time.plusMillis(300));
      await()
          .pollInterval(Duration.ofMillis(50))
          .during(Duration.ofMillis(150))
          .until(() -> shown().paths().isEmpty());
    }

    await()
        .atMost(SOON)
        .untilAsserted(() -> {
          now.updateAndGet(time -> time.plusMillis(300));
          assertThat(shown().paths()).containsExactly("growing.jpg");
        });
    File served = shown().get("growing.jpg");
    assertThat(served.getMd5Checksum()).isEqualTo("" + md5(bytes));
    assertThat(emulator.library().find(served.getId()).orElseThrow().version()).isEqualTo(1);

    Files.write(file, new byte[] {1}, StandardOpenOption.APPEND);
    var refusal = OfficialClient.refusal(() -> media(served.getId()));
    assertThat(refusal.getStatusCode()).isEqualTo(503);
  }

  @Test
  void everything_is_the_same_after_a_restart_whatever_happened_meanwhile() throws IOException {
    photo("day/a.jpg", "gps/DSCN0010.jpg");
    photo("day/b.jpg", "gps/DSCN0021.jpg");
    photo("c.jpg", "gps/DSCN0042.jpg");
    photo("same.jpg", "exif-org/canon-ixus.jpg");
    var before = awaitShown("day/a.jpg", "day/b.jpg", "c.jpg", "same.jpg");
    String folder = root;
    String token = drive.changes().getStartPageToken().execute().getStartPageToken();
    emulator.close();

    Files.move(photos.resolve("day"), photos.resolve("night"));
    Files.move(photos.resolve("night/a.jpg"), photos.resolve("a2.jpg"));
    Files.delete(photos.resolve("c.jpg"));
    photo("new.jpg", "exif-org/nikon-e950.jpg");
    serve();

    assertThat(root).isEqualTo(folder);
    var after = awaitShown("night/b.jpg", "a2.jpg", "same.jpg", "new.jpg");
    assertThat(after.get("night/b.jpg").getId()).isEqualTo(before.get("day/b.jpg").getId());
    assertThat(after.get("night/b.jpg").getParents())
        .isEqualTo(before.get("day/b.jpg").getParents());
    assertThat(after.get("a2.jpg").getId()).isEqualTo(before.get("day/a.jpg").getId());
    var changes = drive.changes().list(token).setPageSize(100).execute().getChanges();
    assertThat(changes)
        .extracting(Change::getFileId)
        .containsExactlyInAnyOrder(
            before.get("day/b.jpg").getParents().getFirst(),
            before.get("day/a.jpg").getId(),
            before.get("c.jpg").getId(),
            after.get("new.jpg").getId());
  }

  @Test
  void without_its_memory_files_are_known_by_place_and_content() throws IOException {
    photo("a.jpg", "gps/DSCN0010.jpg");
    photo("day/b.jpg", "gps/DSCN0021.jpg");
    var before = awaitShown("a.jpg", "day/b.jpg");
    emulator.close();
    Path memory;
    try (var files = Files.list(data.resolve("directories"))) {
      memory = files.findFirst().orElseThrow();
    }
    Files.writeString(
        memory,
        "{\"directory\": \"%s\", \"folderId\": \"%s\", \"traces\": {}}"
            .formatted(photos.toRealPath(), root));
    Files.move(photos.resolve("day/b.jpg"), photos.resolve("c.jpg"));
    serve();

    var after = awaitShown("a.jpg", "c.jpg");

    assertThat(after.get("a.jpg").getId()).isEqualTo(before.get("a.jpg").getId());
    assertThat(after.get("c.jpg").getId()).isEqualTo(before.get("day/b.jpg").getId());
    assertThat(emulator.library().find(after.get("a.jpg").getId()).orElseThrow().version())
        .isEqualTo(1);
  }

  @Test
  void what_is_odd_does_no_harm() throws Exception {
    Files.createSymbolicLink(photos.resolve("loop"), photos);
    Files.createSymbolicLink(photos.resolve("nowhere.jpg"), temporary.resolve("missing.jpg"));
    Files.createFile(photos.resolve("empty.jpg"));
    photo(".hidden/a.jpg", "gps/DSCN0010.jpg");
    photo("half.jpg.crdownload", "gps/DSCN0010.jpg");
    Files.writeString(photos.resolve("notes.txt"), "nothing to see");
    Path secret = photo("secret.jpg", "gps/DSCN0010.jpg");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("---------"));
    boolean open = Files.isReadable(secret);
    String longest = "ü".repeat(125) + "x.jpg";
    photo(longest, "gps/DSCN0021.jpg");
    var copy =
        new ProcessBuilder(
            "sh",
            "-c",
            "cp -p \"$1\" \"$2/$(printf 'caf\\351.jpg')\"",
            "sh",
            photos.resolve(longest).toString(),
            photos.toString());
    assertThat(copy.inheritIO().start().waitFor()).isZero();
    Path broken = Path.of("src", "test", "resources", "broken-photos");
    for (String name : List.of("image01137.jpg", "image01551.jpg", "image02206.jpg")) {
      Files.copy(broken.resolve(name), photos.resolve(name));
    }
    Path deep = photos;
    for (int level = 0; level < 12; level++) {
      deep = deep.resolve("d".repeat(200));
    }
    photo(photos.relativize(deep).resolve("deep.jpg").toString(), "gps/DSCN0029.jpg");

    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(emulator.library().truth(root))
                .extracting(image -> image.name())
                .contains(longest, "caf\uFFFD.jpg", "deep.jpg", "image02206.jpg")
                .hasSize(open ? 7 : 6));
    assertThat(media(id("caf\uFFFD.jpg"))).isEqualTo(EmulatorTest.photo("gps/DSCN0021.jpg"));
    assertThat(media(id("image01551.jpg")))
        .isEqualTo(Files.readAllBytes(broken.resolve("image01551.jpg")));
  }

  @Test
  void a_disk_that_was_unplugged_takes_no_photo_away() throws IOException {
    photo("a.jpg", "gps/DSCN0010.jpg");
    String id = awaitShown("a.jpg").get("a.jpg").getId();

    Path away = Files.move(photos, temporary.resolve("unplugged"));
    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(OfficialClient.refusal(() -> media(id)).getStatusCode()).isEqualTo(503));
    Files.createDirectory(photos);
    emulator.close();
    serve();
    assertThat(shown().paths()).containsOnly("a.jpg");
    Files.delete(photos);
    Files.move(away, photos);

    await()
        .atMost(Duration.ofSeconds(30))
        .ignoreExceptions()
        .untilAsserted(
            () -> assertThat(media(id)).isEqualTo(EmulatorTest.photo("gps/DSCN0010.jpg")));
    photo("b.jpg", "gps/DSCN0021.jpg");
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(shown().paths()).containsOnly("a.jpg", "b.jpg"));
    assertThat(id("a.jpg")).isEqualTo(id);
  }

  @Test
  void what_is_no_directory_is_said() {
    assertThatThrownBy(
            () -> DriveEmulator.start(Settings.inMemory().directory(temporary.resolve("nothing"))))
        .hasMessageContaining("nothing is not a directory");
  }
}
