package org.drivelens.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.drivelens.emulator.OfficialClient.reason;
import static org.drivelens.emulator.OfficialClient.refusal;

import com.google.api.client.http.GenericUrl;
import com.google.api.services.drive.model.File;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.drivelens.emulator.picture.SyntheticImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilesTest extends EmulatorTest {

  private File file(String id) throws IOException {
    return drive.files().get(id).setFields("*").execute();
  }

  private byte[] bytes(String id) throws IOException {
    try (var in = drive.files().get(id).executeMediaAsInputStream()) {
      return in.readAllBytes();
    }
  }

  @Test
  void a_photo_shows_what_its_camera_wrote() throws IOException {
    String id = library.addImage(folder, "DSCN0010.jpg", photo("gps/DSCN0010.jpg"));

    var file = file(id);

    var image = file.getImageMediaMetadata();
    assertThat(image.getWidth()).isEqualTo(640);
    assertThat(image.getHeight()).isEqualTo(480);
    assertThat(image.getRotation()).isZero();
    assertThat(image.getTime()).isEqualTo("2008:10:22 16:28:39");
    assertThat(image.getCameraMake()).isEqualTo("NIKON");
    assertThat(image.getCameraModel()).isEqualTo("COOLPIX P6000");
    assertThat(image.getIsoSpeed()).isEqualTo(64);
    assertThat(image.getLocation().getLatitude()).isBetween(43.4, 43.5);
    assertThat(file.getMimeType()).isEqualTo("image/jpeg");
    assertThat(file.getSize()).isEqualTo(photo("gps/DSCN0010.jpg").length);
    assertThat(file.getFileExtension()).isEqualTo("jpg");
    assertThat(file.getHasThumbnail()).isTrue();
    assertThat(file.getUnknownKeys()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "6, 1", "7, 1", "8, 3"})
  void rotation_counts_the_clockwise_turns_and_leaves_the_stored_size(int orientation, int turns)
      throws IOException {
    byte[] bytes = photo("orientation/landscape_" + orientation + ".jpg");
    var image = file(library.addImage(folder, "l.jpg", bytes)).getImageMediaMetadata();

    assertThat(image.getRotation()).isEqualTo(turns);
    assertThat(image.getWidth() > image.getHeight()).isEqualTo(turns == 0);
  }

  @Test
  void an_unknown_file_and_an_unshared_one_are_the_same_404() {
    String secret = library.addSyntheticImage(library.createFolder(null, "secret"), "a.jpg");

    for (String id : new String[] {"1unknown", secret}) {
      var refusal = refusal(() -> drive.files().get(id).execute());
      assertThat(refusal.getStatusCode()).isEqualTo(404);
      assertThat(refusal.getDetails().getMessage()).isEqualTo("File not found: " + id + ".");
      assertThat(reason(refusal)).isEqualTo("notFound");
      assertThat(refusal.getDetails().getErrors().getFirst().getLocation()).isEqualTo("fileId");
      assertThat(refusal(() -> bytes(id)).getStatusCode()).isEqualTo(404);
    }
  }

  @Test
  void a_trashed_file_is_still_there() throws IOException {
    String id = library.addSyntheticImage(folder, "a.jpg");
    library.trash(id);

    assertThat(file(id).getTrashed()).isTrue();
  }

  @Test
  void a_folder_has_no_content() throws IOException {
    var refusal = refusal(() -> bytes(folder));

    assertThat(refusal.getStatusCode()).isEqualTo(403);
    assertThat(reason(refusal)).isEqualTo("fileNotDownloadable");
    assertThat(file(folder).getSize()).isNull();
    assertThat(file(folder).getMd5Checksum()).isNull();
    assertThat(file(folder).getCapabilities().getCanListChildren()).isTrue();
    assertThat(file(folder).getSharedWithMeTime()).isNotNull();
  }

  @Test
  void acknowledging_abuse_is_only_for_downloads() {
    var refusal = refusal(() -> drive.files().get(folder).setAcknowledgeAbuse(true).execute());

    assertThat(refusal.getStatusCode()).isEqualTo(403);
    assertThat(reason(refusal)).isEqualTo("invalidAbuseAcknowledgment");
  }

  @Test
  void a_made_up_image_has_the_size_and_md5_that_it_states() throws Exception {
    var made = SyntheticImage.of(42).sized(320, 200).taken("2026:05:04 03:02:01").rotated(1);
    String id = library.addSyntheticImage(folder, "a.jpg", made);

    var file = file(id);
    byte[] bytes = bytes(id);

    assertThat(bytes).hasSize(file.getSize().intValue());
    assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes)))
        .isEqualTo(file.getMd5Checksum());
    var image = ImageIO.read(new ByteArrayInputStream(bytes));
    assertThat(image.getWidth()).isEqualTo(320);
    assertThat(image.getHeight()).isEqualTo(200);
    assertThat(file.getImageMediaMetadata().getTime()).isEqualTo("2026:05:04 03:02:01");
    assertThat(file.getImageMediaMetadata().getRotation()).isEqualTo(1);
  }

  @Test
  void media_comes_whole_or_in_ranges_on_both_paths() throws Exception {
    String id =
        library.addFile(
            folder, "n.txt", "text/plain", "0123456789".getBytes(StandardCharsets.US_ASCII));

    for (String path : new String[] {"drive/v3/files/", "download/drive/v3/files/"}) {
      String url = path + id + "?alt=media";
      var whole = get(url, "Authorization", bearer());
      assertThat(whole.statusCode()).isEqualTo(200);
      assertThat(whole.body()).isEqualTo("0123456789");
      assertThat(whole.headers().firstValue("Content-Type")).contains("text/plain");
      var part = get(url, "Authorization", bearer(), "Range", "bytes=2-4");
      assertThat(part.statusCode()).isEqualTo(206);
      assertThat(part.body()).isEqualTo("234");
      assertThat(part.headers().firstValue("Content-Range")).contains("bytes 2-4/10");
      assertThat(get(url, "Authorization", bearer(), "Range", "bytes=-3").body()).isEqualTo("789");
      assertThat(get(url, "Authorization", bearer(), "Range", "bytes=8-99").body()).isEqualTo("89");
      var beyond = get(url, "Authorization", bearer(), "Range", "bytes=10-");
      assertThat(beyond.statusCode()).isEqualTo(416);
      assertThat(beyond.headers().firstValue("Content-Range")).contains("bytes */10");
      assertThat(beyond.body()).contains("requestedRangeNotSatisfiable");
    }
  }

  @Test
  void the_clients_own_downloader_which_asks_by_range_comes_to_its_end() throws IOException {
    String id = library.addImage(folder, "a.jpg", photo("gps/DSCN0010.jpg"));
    var out = new ByteArrayOutputStream();

    drive.files().get(id).executeMediaAndDownloadTo(out);

    assertThat(out.toByteArray()).isEqualTo(photo("gps/DSCN0010.jpg"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 6, 7, 8})
  void thumbnails_are_upright_whatever_the_orientation(int orientation) throws IOException {
    byte[] bytes = photo("orientation/landscape_" + orientation + ".jpg");
    var upright =
        thumbnail(library.addImage(folder, "1.jpg", photo("orientation/landscape_1.jpg")), "s220");

    var thumbnail = thumbnail(library.addImage(folder, "l.jpg", bytes), "s220");

    assertThat(thumbnail.getWidth()).isEqualTo(220);
    assertThat(thumbnail.getHeight()).isEqualTo(165);
    assertThat(difference(thumbnail, upright)).isLessThan(12);
  }

  @ParameterizedTest
  @CsvSource({
    "s220, 220, 165",
    "w100, 100, 75",
    "w300-h30, 40, 30",
    "s9999, 600, 450",
    "s0, 600, 450"
  })
  void the_suffix_of_a_thumbnail_link_says_its_size(String suffix, int width, int height)
      throws IOException {
    String id = library.addImage(folder, "1.jpg", photo("orientation/landscape_1.jpg"));

    var thumbnail = thumbnail(id, suffix);

    assertThat(thumbnail.getWidth()).isEqualTo(width);
    assertThat(thumbnail.getHeight()).isEqualTo(height);
  }

  @Test
  void made_up_images_have_thumbnails_too_and_links_need_the_bearer_and_end_with_the_content()
      throws Exception {
    String id = library.addSyntheticImage(folder, "a.jpg", SyntheticImage.of(5).sized(800, 600));
    assertThat(thumbnail(id, "s400").getHeight()).isEqualTo(300);
    String link = file(id).getThumbnailLink().replace(emulator.rootUrl(), "");

    assertThat(link).endsWith("=s220");
    assertThat(get(link).statusCode()).isEqualTo(403);
    assertThat(get(link, "Authorization", "Bearer bad").statusCode()).isEqualTo(401);
    library.replaceContent(id, SyntheticImage.of(6));
    assertThat(get(link, "Authorization", bearer()).statusCode()).isEqualTo(404);
    assertThat(file(id).getThumbnailVersion()).isEqualTo(2);
  }

  @Test
  void broken_photos_break_nothing() throws Exception {
    try (var broken = Files.list(Path.of("src/test/resources/broken-photos"))) {
      for (Path path : broken.filter(p -> p.toString().endsWith(".jpg")).toList()) {
        byte[] bytes = Files.readAllBytes(path);
        String id = library.addImage(folder, path.getFileName().toString(), bytes);

        var file = file(id);

        assertThat(file.getMimeType()).isEqualTo("image/jpeg");
        assertThat(bytes(id)).isEqualTo(bytes);
        if (file.getThumbnailLink() != null) {
          String link = file.getThumbnailLink().replace(emulator.rootUrl(), "");
          assertThat(get(link, "Authorization", bearer()).statusCode()).isIn(200, 404);
        }
      }
    }
    String nothing = library.addImage(folder, "empty.jpg", new byte[] {1, 2, 3});
    assertThat(file(nothing).getImageMediaMetadata()).isNull();
    assertThat(file(nothing).getThumbnailLink()).isNull();
  }

  @Test
  void about_names_the_robot_and_insists_on_a_mask() throws IOException {
    var user = drive.about().get().setFields("user").execute().getUser();
    var refusal = refusal(() -> drive.about().get().execute());

    assertThat(user.getEmailAddress()).isEqualTo(emulator.robotEmail());
    assertThat(refusal.getStatusCode()).isEqualTo(400);
    assertThat(reason(refusal)).isEqualTo("required");
  }

  private BufferedImage thumbnail(String id, String suffix) throws IOException {
    String link = file(id).getThumbnailLink().replace("=s220", "=" + suffix);
    var response = drive.getRequestFactory().buildGetRequest(new GenericUrl(link)).execute();
    try (var in = response.getContent()) {
      assertThat(response.getContentType().toLowerCase(Locale.ROOT)).isEqualTo("image/jpeg");
      return ImageIO.read(in);
    }
  }

  /** Mean difference of the red channel, 0 to 255. */
  private static long difference(BufferedImage one, BufferedImage other) {
    long sum = 0;
    for (int x = 0; x < one.getWidth(); x++) {
      for (int y = 0; y < one.getHeight(); y++) {
        sum += Math.abs(((one.getRGB(x, y) >> 16) & 0xFF) - ((other.getRGB(x, y) >> 16) & 0xFF));
      }
    }
    return sum / ((long) one.getWidth() * one.getHeight());
  }
}
