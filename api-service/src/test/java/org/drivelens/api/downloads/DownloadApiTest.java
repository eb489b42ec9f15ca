package org.drivelens.api.downloads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipFile;
import org.drivelens.api.Api;
import org.drivelens.api.Api.Answer;
import org.drivelens.api.Gallery;
import org.drivelens.api.OnTheApi;
import org.drivelens.emulator.DriveEmulator;
import org.drivelens.emulator.call.DriveMethod;
import org.drivelens.emulator.call.Match;
import org.drivelens.emulator.fault.Trouble;
import org.drivelens.testsupport.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** From chosen photos to a ZIP that other people's programs unpack; Drive is the emulator. */
@OnTheApi
@ExtendWith(OutputCaptureExtension.class)
class DownloadApiTest {

  @TempDir static Path logs;

  private final Api api;
  private final TestDatabase database;
  private final DriveEmulator drive;
  @TempDir private Path directory;
  private String folder = "";
  private String event = "";

  DownloadApiTest(TestDatabase database, DriveEmulator drive, @LocalServerPort int port) {
    this.database = database;
    this.drive = drive;
    api = new Api(port);
  }

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry settings) {
    settings.add("drivelens.downloads.at-once", () -> 1);
    settings.add("drivelens.downloads.patience", () -> "300ms");
    settings.add("drivelens.drive.retry.attempts", () -> 2);
    settings.add("drivelens.drive.retry.base", () -> "10ms");
    settings.add("drivelens.quota.units-per-minute", () -> 1_000_000_000);
    settings.add("server.tomcat.accesslog.enabled", () -> true);
    settings.add("server.tomcat.accesslog.buffered", () -> false);
    settings.add("server.tomcat.accesslog.directory", logs::toString);
  }

  @BeforeEach
  void begin() {
    drive.faults().clear();
    database.clear();
    folder = drive.library().createFolder(null, "Event");
    drive.library().share(folder);
    event = event("Anna & Bj\u00f6rn");
  }

  @Test
  void a_link_gives_the_chosen_photos_to_whoever_has_it() throws IOException {
    var a = photo("a.jpg", bytes(1, 3000));
    var b = photo("b.jpg", bytes(2, 200_000));
    photo("other.jpg", bytes(3, 10));
    var made = post(List.of(b, a, b), ", \"expirationHours\": 2");
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    assertThat(made.json().propertyNames())
        .containsExactly("id", "token", "url", "expiresAt", "photoCount");
    assertThat(made.json().get("photoCount").asInt()).isEqualTo(2);
    assertThat(made.at("/token")).hasSize(43);
    assertThat(made.at("/url")).isEqualTo("/download/" + made.at("/token"));
    assertThat(made.header("Location")).isEqualTo(made.at("/url"));
    assertThat(Instant.parse(made.at("/expiresAt")))
        .isBetween(
            Instant.now().plus(Duration.ofMinutes(110)),
            Instant.now().plus(Duration.ofMinutes(130)));

    var link = anonymous(made.at("/url"));
    assertThat(link.at("/eventName")).isEqualTo("Anna & Bj\u00f6rn");
    assertThat(link.at("/expiresAt")).isEqualTo(made.at("/expiresAt"));
    assertThat(link.at("/items/0/name")).isEqualTo("b.jpg");
    assertThat(link.json().get("items")).hasSize(2);

    var zip = anonymous(link.at("/zipUrl"));
    assertThat(zip.status()).isEqualTo(200);
    assertThat(zip.header("Content-Type")).isEqualTo("application/zip");
    assertThat(zip.header("Content-Length")).isEqualTo(String.valueOf(zip.bytes().length));
    assertThat(zip.header("Content-Disposition"))
        .isEqualTo(
            "attachment; filename=\"Anna & Bj_rn.zip\";"
                + " filename*=UTF-8''Anna%20&%20Bj%C3%B6rn.zip");
    var file = Files.write(directory.resolve("a.zip"), zip.bytes());
    Unpackers.test(file);
    try (var read = new ZipFile(file.toFile())) {
      assertThat(read.stream().map(java.util.zip.ZipEntry::getName))
          .containsExactly("b.jpg", "a.jpg");
      assertThat(read.getInputStream(read.getEntry("b.jpg")).readAllBytes())
          .isEqualTo(bytes(2, 200_000));
    }
    var head = api.send(api.anonymous(link.at("/zipUrl")).method("HEAD", BodyPublishers.noBody()));
    assertThat(head.header("Content-Length")).isEqualTo(zip.header("Content-Length"));

    var one = anonymous(link.at("/items/1/url"));
    assertThat(one.bytes()).isEqualTo(bytes(1, 3000));
    assertThat(one.header("Content-Disposition")).startsWith("attachment; filename=\"a.jpg\"");
    assertThat(anonymous(made.at("/url") + "/items/3").status()).isEqualTo(404);
    assertThat(anonymous(made.at("/url") + "/items/x").status()).isEqualTo(400);
  }

  @Test
  void two_thousand_photos_of_every_nasty_name_are_unpacked_side_by_side() throws IOException {
    var nasty =
        List.of(
            "../../x.jpg",
            "C:\\x.jpg",
            "CON.jpg",
            "a.",
            "",
            ".",
            " ",
            "a\nb.jpg",
            "\u202egpj.exe",
            "\u05e9\u05dc\u05d5\u05dd.jpg",
            "\ud83d\ude00.jpg",
            "x".repeat(1000) + ".jpg",
            "MISSING.txt",
            "IMG.jpg",
            "img.JPG",
            "\u00e4.jpg",
            "a\u0308.jpg",
            "<b>.jpg",
            "nul",
            "-rf *");
    var photos = photos(2000, number -> nasty.get(number % nasty.size()));
    var zip = anonymous(link(photos) + "/zip?folders=true");
    assertThat(zip.header("Content-Length")).isEqualTo(String.valueOf(zip.bytes().length));
    var file = Files.write(directory.resolve("a.zip"), zip.bytes());
    Unpackers.test(file);
    var unpacked = Files.createDirectory(directory.resolve("out"));
    Unpackers.unpack(file, unpacked);
    try (var found = Files.list(unpacked)) {
      assertThat(found.map(p -> p.getFileName().toString().toLowerCase(Locale.ROOT)).distinct())
          .hasSize(2000);
    }
  }

  @Test
  void photos_lie_in_their_folders_if_wanted() throws IOException {
    Gallery.of(database.jdbc(), event)
        .folder(folder, null, "Event")
        .folder("f1", folder, "Church/1");
    var a = photo("a.jpg", bytes(1, 10));
    var b = photo("f1", "a.jpg", bytes(2, 10));
    var zip = anonymous(link(List.of(a, b)) + "/zip?folders=true").bytes();
    assertThat(names(zip)).containsExactly("a.jpg", "Church_1/a.jpg");
    assertThat(names(anonymous(link(List.of(a, b)) + "/zip").bytes()))
        .containsExactly("a.jpg", "a (2).jpg");
  }

  @Test
  void what_cannot_be_sent_is_named_with_its_reason_and_the_rest_is_sent() throws IOException {
    var kept = photo("kept.jpg", bytes(1, 10));
    var replaced = photo("replaced.jpg", bytes(2, 10));
    var trashed = photo("trashed.jpg", bytes(3, 10));
    var unshared = photo("unshared.jpg", bytes(4, 10));
    var left = photo("left.jpg", bytes(5, 10));
    var refused = photo("refused.jpg", bytes(6, 10));
    var busy = photo("busy.jpg", bytes(7, 10));
    var link = link(List.of(replaced, kept, trashed, unshared, left, refused, busy));
    drive.library().replaceContent(file(replaced), bytes(9, 10));
    drive.library().trash(file(trashed));
    drive.library().unshare(file(unshared));
    database
        .jdbc()
        .sql("update photo set removed_at = now() where id = :id")
        .param("id", left)
        .update();
    drive
        .faults()
        .fail(
            Match.on(DriveMethod.FILES_GET).about(file(refused)),
            Trouble.google(403, "insufficientFilePermissions"));
    drive.faults().fail(Match.on(DriveMethod.FILES_GET).about(file(busy)), Trouble.status(500));
    var zip = anonymous(link + "/zip").bytes();
    assertThat(names(zip)).containsExactly("kept.jpg", "MISSING.txt");
    assertThat(text(zip, "MISSING.txt"))
        .contains("6 photos of \"Anna & Bj\u00f6rn\"")
        .contains("replaced.jpg: It was replaced by another version")
        .contains("trashed.jpg: It lies in the trash")
        .contains("unshared.jpg: Google Drive no longer gives it")
        .contains("left.jpg: It was taken out of the gallery")
        .contains("refused.jpg: Google Drive does not let")
        .contains("busy.jpg: Google Drive did not answer");
    assertThat(anonymous(link + "/items/1").at("/type")).isEqualTo("/problems/photo-gone");
    assertThat(anonymous(link + "/items/1").at("/instance")).isEqualTo("/download/\u2026/items/1");
  }

  @Test
  void while_drive_is_down_a_download_is_told_to_come_back() {
    var link = link(photos(20, number -> number + ".jpg"));
    drive.faults().fail(Match.any(), Trouble.status(503));
    var answer = anonymous(link + "/zip");
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.at("/type")).isEqualTo("/problems/drive-busy");
    assertThat(answer.header("Retry-After")).isNotEmpty();
    assertThat(anonymous(link).status()).isEqualTo(200);
  }

  @Test
  void a_download_that_breaks_off_is_cut_never_padded_and_goes_on_where_it_ended()
      throws IOException {
    var photos =
        List.of(
            photo("1.jpg", bytes(1, 50_000)),
            photo("2.jpg", bytes(2, 400_000)),
            photo("3.jpg", bytes(3, 50_000)));
    var link = link(photos) + "/zip";
    var trouble =
        drive
            .faults()
            .fail(Match.on(DriveMethod.MEDIA).about(file(photos.get(1))), Trouble.truncated());
    var begun = partial(link);
    assertThat(begun.complete()).isFalse();
    assertThat(begun.bytes().length).isBetween(50_000, 450_000);
    trouble.clear();

    drive.calls().clear();
    var rest = resume(link, begun.bytes().length, begun.etag());
    assertThat(rest.status()).isEqualTo(206);
    assertThat(drive.calls().all()).noneMatch(call -> call.method() == DriveMethod.FILES_GET);
    assertThat(drive.calls().all()).noneMatch(call -> call.ids().contains(file(photos.get(0))));
    var whole = joined(begun.bytes(), rest.bytes());
    assertThat(rest.header("Content-Range"))
        .isEqualTo(
            "bytes %d-%d/%d".formatted(begun.bytes().length, whole.length - 1, whole.length));
    assertThat(whole).isEqualTo(anonymous(link).bytes());
    Unpackers.test(Files.write(directory.resolve("a.zip"), whole));

    // curl -C and wget -c send no If-Range.
    assertThat(resume(link, begun.bytes().length, null).bytes()).isEqualTo(rest.bytes());
    assertThat(resume(link, whole.length, null).status()).isEqualTo(416);
    assertThat(resume(link, 10, "\"other\"").status()).isEqualTo(200);
  }

  @Test
  void what_was_never_read_to_its_end_cannot_be_skipped() {
    var link = link(List.of(photo("1.jpg", bytes(1, 5000)), photo("2.jpg", bytes(2, 5000))));
    assertThat(resume(link + "/zip", 6000, null).status()).isEqualTo(200);
    assertThat(resume(link + "/zip", 6000, null).status()).isEqualTo(206);
    assertThat(resume(link + "/zip?folders=true", 6000, null).status()).isEqualTo(206);
  }

  @Test
  void a_photo_that_was_replaced_while_it_was_sent_is_never_sent_to_its_end() throws Exception {
    var before = photo("1.jpg", bytes(1, 100_000));
    var photo = photo("2.jpg", bytes(2, 100_000));
    var link = link(List.of(before, photo)) + "/zip";
    try (var hold = drive.faults().hold(Match.on(DriveMethod.MEDIA).about(file(photo)))) {
      var begun = java.util.concurrent.CompletableFuture.supplyAsync(() -> partial(link));
      hold.awaitArrived(Duration.ofSeconds(20));
      drive.library().replaceContent(file(photo), bytes(3, 100_000));
      hold.release();
      assertThat(begun.get(20, java.util.concurrent.TimeUnit.SECONDS).complete()).isFalse();
    }
    assertThat(names(anonymous(link).bytes())).containsExactly("1.jpg", "MISSING.txt");
  }

  @Test
  void bytes_that_drive_refuses_break_one_download_and_are_missing_in_the_next()
      throws IOException {
    var fine = photo("1.jpg", bytes(1, 100_000));
    var refused = photo("2.jpg", bytes(2, 100));
    var link = link(List.of(fine, refused)) + "/zip";
    drive
        .faults()
        .fail(
            Match.on(DriveMethod.MEDIA).about(file(refused)),
            Trouble.google(403, "downloadQuotaExceeded"));
    assertThat(partial(link).complete()).isFalse();
    assertThat(names(anonymous(link).bytes())).containsExactly("1.jpg", "MISSING.txt");
  }

  @Test
  void a_caller_that_goes_away_frees_everything_and_browsing_never_waited() throws Exception {
    var big = bytes(1, 20 << 20);
    var photo = photo("big.jpg", big);
    var link = link(List.of(photo));
    for (int i = 0; i < 3; i++) {
      try (var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
        var answer =
            await()
                .until(
                    () ->
                        http.send(
                            api.anonymous(link + "/zip").build(), BodyHandlers.ofInputStream()),
                    got -> got.statusCode() == 200);
        assertThat(answer.body().read()).isEqualTo('P');
        var refused = anonymous(link + "/zip");
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.at("/type")).isEqualTo("/problems/content-busy");
        assertThat(api.get("/events/" + event + "/photos").status()).isEqualTo(200);
        assertThat(
                api.get("/events/" + event + "/photos/" + photo + "/content", "Range", "bytes=0-0")
                    .status())
            .isEqualTo(206);
        answer.body().close();
        http.shutdownNow();
      }
    }
    await()
        .atMost(Duration.ofSeconds(15))
        .until(() -> resume(link + "/zip", 0, null).status() == 206);
  }

  /** The tests' heap is 512 MB, and Drive's bytes are kept once. */
  @Test
  void an_archive_much_larger_than_the_memory_passes_through() throws Exception {
    var big = bytes(1, 24 << 20);
    var photos = IntStream.range(0, 28).mapToObj(i -> photo(i + ".jpg", big)).toList();
    var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    var answer =
        http.send(
            api.anonymous(link(photos) + "/zip").timeout(Duration.ofMinutes(3)).build(),
            BodyHandlers.ofInputStream());
    var length = answer.headers().firstValueAsLong("Content-Length").orElseThrow();
    assertThat(length).isGreaterThan(Runtime.getRuntime().maxMemory() * 5 / 4);
    try (var body = answer.body()) {
      assertThat(body.transferTo(java.io.OutputStream.nullOutputStream())).isEqualTo(length);
    }
  }

  @Test
  void a_link_ends_with_its_time_its_revocation_its_folder_and_its_event() {
    var photo = photo("1.jpg", bytes(1, 10));
    var expired = link(List.of(photo));
    database.jdbc().sql("update download_selection set expires_at = now()").update();
    assertOver(expired);

    var revoked = post(List.of(photo), "");
    var path = "/events/" + event + "/download-selections";
    assertThat(api.get(path).json().get("items")).hasSize(2);
    assertThat(api.get(path).at("/items/0/state")).isEqualTo("OPEN");
    assertThat(api.get(path).at("/items/1/state")).isEqualTo("EXPIRED");
    assertThat(api.get(path).text()).doesNotContain(revoked.at("/token"));
    assertThat(api.get(path + "?limit=1").at("/nextCursor")).isNotEmpty();
    assertThat(api.delete(path + "/" + revoked.at("/id")).status()).isEqualTo(204);
    assertThat(api.delete(path + "/" + revoked.at("/id")).status()).isEqualTo(204);
    assertThat(api.delete(path + "/" + UUID.randomUUID()).status()).isEqualTo(404);
    assertThat(api.get(path).at("/items/0/state")).isEqualTo("REVOKED");
    assertOver(revoked.at("/url"));

    var moved = link(List.of(photo));
    api.patch(
        "/events/" + event,
        "{\"googleDriveUrl\": \"https://drive.google.com/drive/folders/AnotherFolder0123\"}");
    assertOver(moved);
    var deleted = link(List.of(photo("2.jpg", bytes(2, 10))));
    api.delete("/events/" + event);
    assertOver(deleted);
    for (var path2 : new String[] {"", "/zip", "/items/1"}) {
      assertThat(anonymous("/download/" + "A".repeat(43) + path2).status()).isEqualTo(404);
    }
  }

  @Test
  void photos_that_the_event_does_not_have_are_named_and_no_link_is_made() {
    var mine = photo("1.jpg", bytes(1, 10));
    var first = event;
    event = event("Other");
    var others = photo("2.jpg", bytes(2, 10));
    event = first;
    var unknown = UUID.randomUUID();
    var answer = post(List.of(mine, others, unknown), "");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.at("/type")).isEqualTo("/problems/unknown-photos");
    assertThat(answer.json().get("errors")).hasSize(2);
    assertThat(answer.at("/errors/0/field")).isEqualTo("photoIds[1]");
    assertThat(answer.at("/errors/0/message")).contains(others.toString());
    assertThat(answer.at("/errors/1/message")).contains(unknown.toString());
    assertThat(
            database
                .jdbc()
                .sql("select count(*) from download_selection")
                .query(Long.class)
                .single())
        .isZero();
  }

  @Test
  void a_token_is_neither_stored_nor_logged(CapturedOutput output) throws IOException {
    var made = post(List.of(photo("1.jpg", bytes(1, 10))), "");
    var token = made.at("/token");
    drive.faults().fail(Match.on(DriveMethod.MEDIA), Trouble.truncated());
    for (var path :
        new String[] {"", "/zip", "/items/1", "/items/x", "/nothing", "//zip", ";x=1"}) {
      anonymous("/download/" + token + path);
      anonymous("/%64ownload/" + token + path);
    }
    api.delete("/events/" + event + "/download-selections/" + made.at("/id"));
    assertThat(anonymous(made.at("/url")).text()).doesNotContain(token);
    assertThat(output.getAll()).doesNotContain(token);
    // Tomcat writes what is not ASCII as an escape; the management port has a log of its own.
    var logged = new StringBuilder();
    try (var files = Files.list(logs)) {
      for (var file : files.toList()) {
        logged.append(Files.readString(file));
      }
    }
    assertThat(logged.toString()).contains("/download/\\u2026/zip").doesNotContain(token);
    assertThat(
            database
                .jdbc()
                .sql("select d::text || i::text from download_selection d, download_item i")
                .query(String.class)
                .list())
        .isNotEmpty()
        .allSatisfy(row -> assertThat(row).doesNotContain(token));
  }

  @Test
  void a_request_that_is_sent_again_under_its_key_makes_no_second_link() {
    var body = "{\"photoIds\": [\"" + photo("1.jpg", bytes(1, 10)) + "\"]}";
    var answers =
        IntStream.range(0, 2)
            .mapToObj(_ ->
                api.send(
                    api.request(
                            "/events/" + event + "/download-selections",
                            "Idempotency-Key",
                            "k1",
                            "Content-Type",
                            "application/json")
                        .POST(BodyPublishers.ofString(body))))
            .toList();
    assertThat(answers.get(0).status()).isEqualTo(201);
    assertThat(answers.get(1).json()).isEqualTo(answers.get(0).json());
    assertThat(anonymous(answers.get(1).at("/url")).status()).isEqualTo(200);
  }

  private static void assertOver(Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(410);
    assertThat(answer.at("/type")).isEqualTo("/problems/download-over");
  }

  private void assertOver(String link) {
    for (var path : new String[] {"", "/zip", "/items/1"}) {
      assertOver(anonymous(link + path));
    }
  }

  private Answer anonymous(String path) {
    return api.send(api.anonymous(path).GET());
  }

  private Answer resume(String path, int from, @org.jspecify.annotations.Nullable String etag) {
    var request = api.anonymous(path).header("Range", "bytes=" + from + "-");
    return api.send(etag == null ? request : request.header("If-Range", etag));
  }

  /** What came, and whether it was all. */
  @SuppressWarnings("ArrayRecordComponent") // Answers are not compared.
  private record Partial(byte[] bytes, boolean complete, String etag) {}

  private Partial partial(String path) {
    var came = new ByteArrayOutputStream();
    try (var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      var answer = http.send(api.anonymous(path).build(), BodyHandlers.ofInputStream());
      var etag = answer.headers().firstValue("ETag").orElse("");
      try (var body = answer.body()) {
        body.transferTo(came);
        return new Partial(came.toByteArray(), true, etag);
      } catch (IOException e) {
        return new Partial(came.toByteArray(), false, etag);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private String event(String name) {
    return api.post(
            "/events",
            "{\"name\": \"%s\", \"googleDriveUrl\": \"https://drive.google.com/drive/folders/%s\"}"
                .formatted(name, folder))
        .at("/id");
  }

  private Answer post(List<UUID> photos, String more) {
    var ids = photos.stream().map(id -> "\"" + id + "\"").collect(Collectors.joining(","));
    return api.post(
        "/events/" + event + "/download-selections", "{\"photoIds\": [" + ids + "]" + more + "}");
  }

  private String link(List<UUID> photos) {
    var made = post(photos, "");
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    return made.at("/url");
  }

  private UUID photo(String name, byte[] content) {
    return photo(folder, name, content);
  }

  private UUID photo(String parent, String name, byte[] content) {
    var file = drive.library().addFile(folder, "in-drive", "image/jpeg", content);
    return Gallery.of(database.jdbc(), event)
        .file(file, parent, name, "image/jpeg", null, (long) content.length, md5(content));
  }

  private List<UUID> photos(int count, java.util.function.IntFunction<String> name) {
    var content = bytes(1, 100);
    var gallery = Gallery.of(database.jdbc(), event);
    var photos = new ArrayList<UUID>();
    for (int i = 0; i < count; i++) {
      var file = drive.library().addFile(folder, "in-drive", "image/jpeg", content);
      photos.add(gallery.file(file, folder, name.apply(i), "image/jpeg", null, 100L, md5(content)));
    }
    return photos;
  }

  private String file(UUID photo) {
    return database
        .jdbc()
        .sql("select drive_file_id from photo where id = :id")
        .param("id", photo)
        .query(String.class)
        .single();
  }

  private List<String> names(byte[] zip) throws IOException {
    try (var read = new ZipFile(saved(zip).toFile())) {
      return read.stream().map(java.util.zip.ZipEntry::getName).toList();
    }
  }

  private String text(byte[] zip, String name) throws IOException {
    try (var read = new ZipFile(saved(zip).toFile())) {
      return new String(
          read.getInputStream(read.getEntry(name)).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private Path saved(byte[] zip) throws IOException {
    return Files.write(directory.resolve("saved.zip"), zip);
  }

  private static byte[] joined(byte[] a, byte[] b) {
    var both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  private static byte[] bytes(int seed, int count) {
    var bytes = new byte[count];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static String md5(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
