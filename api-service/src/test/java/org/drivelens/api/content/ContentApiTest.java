package org.drivelens.api.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.drivelens.api.Api;
import org.drivelens.api.Api.Answer;
import org.drivelens.api.Gallery;
import org.drivelens.api.OnTheApi;
import org.drivelens.emulator.DriveEmulator;
import org.drivelens.emulator.call.DriveMethod;
import org.drivelens.emulator.call.Match;
import org.drivelens.emulator.fault.Trouble;
import org.drivelens.emulator.picture.SyntheticImage;
import org.drivelens.testsupport.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Images come from the emulator through the official client, as they would from Drive. */
@OnTheApi
class ContentApiTest {

  private static final DriveEmulator DRIVE = DriveEmulator.start();
  private static final int AT_ONCE = 3;

  private final Api api;
  private final TestDatabase database;
  private final MeterRegistry meters;
  private final byte[] bytes = new byte[300_000];
  private String folder = "";
  private String event = "";

  ContentApiTest(
      TestDatabase database, @Autowired MeterRegistry meters, @LocalServerPort int port) {
    this.database = database;
    this.meters = meters;
    api = new Api(port);
  }

  @DynamicPropertySource
  static void drive(DynamicPropertyRegistry settings) {
    settings.add("drivelens.drive.root-url", DRIVE::rootUrl);
    settings.add("drivelens.drive.credentials", DRIVE::serviceAccountFile);
    settings.add("drivelens.drive.retry.attempts", () -> 2);
    settings.add("drivelens.drive.retry.base", () -> "10ms");
    settings.add("drivelens.content.at-once", () -> AT_ONCE);
    settings.add("drivelens.content.patience", () -> "300ms");
  }

  @AfterAll
  static void end() {
    DRIVE.close();
  }

  @BeforeEach
  void begin() {
    DRIVE.faults().clear();
    DRIVE.calls().clear();
    database.clear();
    new Random(7).nextBytes(bytes);
    folder = DRIVE.library().createFolder(null, "Event");
    DRIVE.library().share(folder);
    event =
        api.post(
                "/events",
                "{\"name\": \"E\", \"googleDriveUrl\": \"https://drive.google.com/drive/folders/%s\"}"
                    .formatted(folder))
            .at("/id");
  }

  @Test
  void a_photo_is_sent_as_it_lies_in_drive_and_may_be_kept_for_ever_under_its_version() {
    var photo = photo("a.jpg", "image/jpeg", bytes);
    var listed = api.get("/events/" + event + "/photos");
    var answer = api.get(listed.at("/items/0/contentUrl"));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.bytes()).isEqualTo(bytes);
    assertThat(answer.header("Content-Type")).isEqualTo("image/jpeg");
    assertThat(answer.header("Content-Length")).isEqualTo("300000");
    assertThat(answer.header("ETag")).isEqualTo("\"" + md5(bytes) + "\"");
    assertThat(answer.header("Cache-Control")).isEqualTo("private, max-age=31536000, immutable");
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(answer.header("Content-Security-Policy")).contains("sandbox");
    assertThat(answer.header("Content-Disposition")).startsWith("inline;").contains("a.jpg");
    assertThat(api.get(path(photo)).header("Cache-Control")).isEqualTo("private, no-cache");
    assertThat(api.get(path(photo) + "?v=older").header("Cache-Control"))
        .isEqualTo("private, no-cache");
  }

  @Test
  void whoever_has_it_already_is_told_so_without_asking_drive() {
    var photo = photo("a.jpg", "image/jpeg", bytes);
    DRIVE.calls().clear();
    var etag = "\"" + md5(bytes) + "\"";
    for (var known : new String[] {etag, "W/" + etag, "\"x\", " + etag, "*"}) {
      var answer = api.get(path(photo), "If-None-Match", known);
      assertThat(answer.status()).isEqualTo(304);
      assertThat(answer.bytes()).isEmpty();
      assertThat(answer.header("ETag")).isEqualTo(etag);
    }
    var head =
        api.send(api.request(path(photo)).method("HEAD", HttpRequest.BodyPublishers.noBody()));
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.header("Content-Length")).isEqualTo("300000");
    assertThat(DRIVE.calls().all()).isEmpty();
    assertThat(api.get(path(photo), "If-None-Match", "\"other\"").status()).isEqualTo(200);
  }

  @Test
  void a_range_is_sent_and_one_outside_the_file_is_refused_with_its_size() {
    var photo = photo("a.jpg", "image/jpeg", bytes);
    var middle = api.get(path(photo), "Range", "bytes=1000-1999");
    assertThat(middle.status()).isEqualTo(206);
    assertThat(middle.header("Content-Range")).isEqualTo("bytes 1000-1999/300000");
    assertThat(middle.bytes()).isEqualTo(Arrays.copyOfRange(bytes, 1000, 2000));
    var end = api.get(path(photo), "Range", "bytes=-10");
    assertThat(end.bytes()).isEqualTo(Arrays.copyOfRange(bytes, 299_990, 300_000));

    var outside = api.get(path(photo), "Range", "bytes=300000-");
    assertThat(outside.status()).isEqualTo(416);
    assertThat(outside.header("Content-Range")).isEqualTo("bytes */300000");
    assertThat(outside.header("ETag")).isEmpty();
    assertThat(outside.at("/type")).isEqualTo("/problems/range-not-satisfiable");
  }

  @Test
  void a_thousand_ranges_and_a_range_of_another_content_are_answered_with_the_whole_file() {
    var photo = photo("a.jpg", "image/jpeg", bytes);
    var many = "bytes=" + "0-1,".repeat(999) + "0-1";
    for (var range : new String[] {many, "bytes=5-1", "bytes=x", "lines=1-2", "bytes=-"}) {
      assertThat(api.get(path(photo), "Range", range).status()).as(range).isEqualTo(200);
    }
    assertThat(api.get(path(photo), "Range", "bytes=0-1", "If-Range", "\"other\"").status())
        .isEqualTo(200);
    assertThat(
            api.get(path(photo), "Range", "bytes=0-1", "If-Range", "\"" + md5(bytes) + "\"")
                .status())
        .isEqualTo(206);
  }

  @Test
  void what_a_browser_could_run_comes_as_an_attachment_of_no_type() {
    for (var type : new String[] {"image/svg+xml", "text/html", "image/x-unknown"}) {
      var photo = photo("a.svg", type, "<svg onload='x()'/>".getBytes(StandardCharsets.UTF_8));
      var answer = api.get(path(photo));
      assertThat(answer.header("Content-Type")).isEqualTo("application/octet-stream");
      assertThat(answer.header("Content-Disposition")).startsWith("attachment;");
      assertThat(answer.header("Content-Security-Policy")).contains("sandbox");
      assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    }
  }

  @Test
  void no_name_can_break_out_of_the_header_or_of_a_folder() {
    for (var name :
        new String[] {
          "a\"\r\nSet-Cookie: x=1",
          "../../x.jpg",
          "C:\\x.jpg",
          ".",
          "",
          "\u202egpj.exe",
          "ä😀.jpg",
          "x".repeat(400)
        }) {
      var answer = api.get(path(photo(name, "image/jpeg", bytes)));
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
      assertThat(answer.header("Content-Disposition"))
          .startsWith("inline;")
          .contains("filename*=UTF-8''")
          .doesNotContain("..%2F")
          .doesNotContain("../")
          .doesNotContain("\\");
    }
  }

  @Test
  void a_thumbnail_is_small_and_has_its_own_etag_for_each_width() {
    var file = DRIVE.library().addSyntheticImage(folder, "s.jpg");
    var photo = shown(file, md5Of(file));
    var listed = api.get("/events/" + event + "/photos").at("/items/0/thumbnailUrl");
    var answer = api.get(listed);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).startsWith("image/");
    assertThat(answer.header("ETag")).isEqualTo("\"" + md5Of(file) + "-w480\"");
    assertThat(answer.header("Cache-Control")).contains("immutable");
    assertThat(api.get(listed, "If-None-Match", answer.header("ETag")).status()).isEqualTo(304);
    assertThat(api.get(listed.replace("480", "240")).header("ETag"))
        .isEqualTo("\"" + md5Of(file) + "-w240\"");
    assertThat(api.get(listed.replace("480", "481")).at("/errors/0/field")).isEqualTo("w");
    assertThat(api.get("/events/" + event + "/photos/" + photo + "/thumbnail?w=x").status())
        .isEqualTo(400);
  }

  @Test
  void a_thumbnail_that_was_asked_for_before_is_sent_without_drive() {
    var file = DRIVE.library().addSyntheticImage(folder, "s.jpg");
    var path = thumbnail(shown(file, md5Of(file)));
    var first = api.get(path);
    assertThat(first.status()).isEqualTo(200);
    DRIVE.calls().clear();
    var hits = asked("hit");
    var second = api.get(path);
    assertThat(second.bytes()).isEqualTo(first.bytes());
    for (var header : List.of("ETag", "Cache-Control", "Content-Type", "Content-Length")) {
      assertThat(second.header(header)).isEqualTo(first.header(header)).isNotEmpty();
    }
    assertThat(DRIVE.calls().all()).isEmpty();
    assertThat(asked("hit")).isEqualTo(hits + 1);
    assertThat(api.get(path.replace("480", "240")).bytes()).isNotEqualTo(first.bytes());
    assertThat(DRIVE.calls().count(Match.on(DriveMethod.THUMBNAIL))).isEqualTo(1);
  }

  @Test
  void many_who_ask_for_a_thumbnail_at_once_wait_for_one_fetch_also_when_the_first_goes_away() {
    var file = DRIVE.library().addSyntheticImage(folder, "s.jpg");
    var path = thumbnail(shown(file, md5Of(file)));
    var shared = asked("shared");
    var waiting = new ArrayList<CompletableFuture<Answer>>();
    try (var hold = DRIVE.faults().hold(Match.on(DriveMethod.THUMBNAIL))) {
      try (var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
        var gone = http.sendAsync(api.request(path).build(), BodyHandlers.ofByteArray());
        hold.awaitArrived(Duration.ofSeconds(10));
        gone.cancel(true);
        http.shutdownNow();
      }
      // More than there are turns: waiting for somebody else's fetch takes none.
      for (int i = 0; i < AT_ONCE + 5; i++) {
        waiting.add(CompletableFuture.supplyAsync(() -> api.get(path), Thread::startVirtualThread));
      }
      await().until(() -> asked("shared") == shared + AT_ONCE + 5);
    }
    assertThat(waiting)
        .allSatisfy(answer -> {
          assertThat(answer.join().status()).isEqualTo(200);
          assertThat(answer.join().bytes()).isEqualTo(api.get(path).bytes());
        });
    assertThat(DRIVE.calls().count(Match.on(DriveMethod.THUMBNAIL))).isEqualTo(1);
  }

  @Test
  void trouble_with_a_thumbnail_is_not_kept() {
    var file = DRIVE.library().addSyntheticImage(folder, "s.jpg");
    var path = thumbnail(shown(file, md5Of(file)));
    for (var trouble : List.of(Trouble.html(503), Trouble.truncated())) {
      DRIVE.faults().fail(Match.on(DriveMethod.THUMBNAIL), trouble);
      assertTrouble(api.get(path), 503, "drive-busy");
      DRIVE.faults().clear();
    }
    DRIVE
        .faults()
        .fail(
            Match.on(DriveMethod.FILES_GET),
            Trouble.google(403, "userRateLimitExceeded").retryAfter(Duration.ofSeconds(7)));
    assertTrouble(api.get(path), 503, "drive-busy");
    DRIVE.faults().clear();
    database.jdbc().sql("update drive_quota set paused_until = null").update();
    assertThat(api.get(path).status()).isEqualTo(200);
  }

  @Test
  void a_changed_photo_has_another_thumbnail_and_none_is_kept_under_the_name_of_another() {
    var file = DRIVE.library().addSyntheticImage(folder, "s.jpg");
    var path = thumbnail(shown(file, md5Of(file)));
    var before = api.get(path);
    DRIVE.library().replaceContent(file, SyntheticImage.of(99));
    assertThat(api.get(path).bytes()).as("as of the last sync").isEqualTo(before.bytes());
    for (int i = 0; i < 2; i++) {
      DRIVE.calls().clear();
      var newer = api.get(path.replace("480", "240"));
      assertThat(newer.status()).isEqualTo(200);
      assertThat(newer.header("Cache-Control")).isEqualTo("private, no-store");
      assertThat(newer.header("ETag")).isEmpty();
      assertThat(DRIVE.calls().count(Match.on(DriveMethod.THUMBNAIL))).isEqualTo(1);
    }
    database.jdbc().sql("update photo set md5 = :md5").param("md5", md5Of(file)).update();
    var after = api.get(path);
    assertThat(after.bytes()).isNotEqualTo(before.bytes());
    assertThat(after.header("ETag")).isEqualTo("\"" + md5Of(file) + "-w480\"");
  }

  @Test
  void without_a_checksum_the_version_of_the_file_names_a_thumbnail() {
    var file = DRIVE.library().addSyntheticImage(folder, "s.jpg");
    var path = thumbnail(shown(file, null));
    database
        .jdbc()
        .sql("update photo set version = :version")
        .param("version", DRIVE.library().find(file).orElseThrow().version())
        .update();
    assertThat(api.get(path).header("Cache-Control"))
        .as("Drive has a checksum")
        .contains("no-store");
    DRIVE.faults().fail(Match.on(DriveMethod.FILES_GET), Trouble.lacking("md5Checksum"));
    assertThat(api.get(path).status()).isEqualTo(200);
    DRIVE.calls().clear();
    assertThat(api.get(path).header("ETag")).startsWith("\"r");
    assertThat(DRIVE.calls().all()).isEmpty();
  }

  @Test
  void a_kept_thumbnail_is_shown_to_nobody_who_may_not_see_the_photo() {
    var file = DRIVE.library().addSyntheticImage(folder, "s.jpg");
    var photo = shown(file, md5Of(file));
    var path = thumbnail(photo);
    assertThat(api.get(path).status()).isEqualTo(200);
    assertThat(api.send(api.anonymous(path).GET()).status()).isEqualTo(401);
    var elsewhere = api.post("/events", "{\"name\": \"Other\"}").at("/id");
    assertThat(api.get(path.replace(event, elsewhere)).status()).isEqualTo(404);
    database.jdbc().sql("update photo set removed_at = clock_timestamp()").update();
    assertThat(api.get(path).status()).isEqualTo(404);
    database.jdbc().sql("update photo set removed_at = null").update();
    assertThat(api.get(path).status()).isEqualTo(200);
    assertThat(api.delete("/events/" + event).status()).isEqualTo(204);
    assertThat(api.get(path).status()).isEqualTo(404);
  }

  @Test
  void an_original_that_stands_in_for_a_thumbnail_is_held_for_minutes_only() {
    var photo = photo("a.jpg", "image/jpeg", bytes);
    var answer = api.get(thumbnail(photo) + "&v=" + md5(bytes));
    assertThat(answer.bytes()).isEqualTo(bytes);
    assertThat(answer.header("Cache-Control")).isEqualTo("private, max-age=300");
    assertThat(answer.header("ETag")).isEmpty();
    assertThat(api.get(thumbnail(photo("a.svg", "image/svg+xml", bytes))).status()).isEqualTo(404);
  }

  @Test
  void trouble_with_drive_is_a_problem_that_nobody_keeps() {
    var photo = photo("a.jpg", "image/jpeg", bytes);
    DRIVE
        .faults()
        .fail(
            Match.any(),
            Trouble.google(403, "userRateLimitExceeded").retryAfter(Duration.ofSeconds(7)));
    assertTrouble(api.get(path(photo)), 503, "drive-busy");
    DRIVE.faults().clear();
    assertThat(assertTrouble(api.get(path(photo)), 503, "drive-busy").header("Retry-After"))
        .as("nobody asks Drive before its time")
        .isIn("6", "7");
    database.jdbc().sql("update drive_quota set paused_until = null").update();
    DRIVE.faults().fail(Match.any(), Trouble.html(502));
    assertThat(assertTrouble(api.get(path(photo)), 503, "drive-busy").header("Retry-After"))
        .isNotEmpty();
    DRIVE.faults().clear();
    DRIVE.faults().fail(Match.any(), Trouble.google(403, "downloadQuotaExceeded"));
    assertTrouble(api.get(path(photo)), 502, "drive-failed");
    DRIVE.faults().clear();
    DRIVE.library().unshare(folder);
    assertTrouble(api.get(path(photo)), 404, "photo-gone");
    assertTrouble(api.get(path(photo).replace("content", "thumbnail")), 404, "photo-gone");
  }

  private static Answer assertTrouble(Answer answer, int status, String type) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.at("/type")).isEqualTo("/problems/" + type);
    assertThat(answer.header("ETag")).isEmpty();
    assertThat(answer.header("Cache-Control")).contains("no-store");
    return answer;
  }

  @Test
  void a_file_that_is_newer_in_drive_than_in_the_gallery_is_not_kept_under_its_old_name() {
    var photo = photo("a.jpg", "image/jpeg", bytes);
    var file = database.jdbc().sql("select drive_file_id from photo").query(String.class).single();
    DRIVE.library().replaceContent(file, new byte[1234]);
    var answer = api.get(path(photo) + "?v=" + md5(bytes));
    assertThat(answer.bytes()).hasSize(1234);
    assertThat(answer.header("Cache-Control")).isEqualTo("private, no-store");
    assertThat(answer.header("ETag")).isEmpty();
  }

  @Test
  void a_file_that_breaks_off_is_never_taken_for_whole() {
    var photo = photo("a.jpg", "image/jpeg", bytes);
    DRIVE.faults().fail(Match.on(DriveMethod.MEDIA), Trouble.truncated());
    assertThatThrownBy(() -> api.get(path(photo))).hasCauseInstanceOf(IOException.class);
  }

  @Test
  void browsing_goes_on_while_all_turns_for_images_are_taken() throws Exception {
    var photo = photo("a.jpg", "image/jpeg", bytes);
    var waiting = new ArrayList<Thread>();
    try (var hold = DRIVE.faults().hold(Match.on(DriveMethod.MEDIA))) {
      for (int i = 0; i < AT_ONCE; i++) {
        waiting.add(Thread.startVirtualThread(() -> api.get(path(photo))));
      }
      hold.awaitArrived(AT_ONCE, Duration.ofSeconds(10));
      var refused = api.get(path(photo));
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.at("/type")).isEqualTo("/problems/content-busy");
      assertThat(refused.header("Retry-After")).isEqualTo("2");
      assertThat(api.get("/events/" + event + "/photos").status()).isEqualTo(200);
    }
    for (var thread : waiting) {
      thread.join(Duration.ofSeconds(10));
    }
    assertThat(api.get(path(photo)).status()).isEqualTo(200);
  }

  @Test
  void a_caller_that_goes_away_gives_its_turn_back() throws Exception {
    var big = new byte[20 << 20];
    var photo = photo("big.jpg", "image/jpeg", big);
    for (int i = 0; i < AT_ONCE + 1; i++) {
      try (var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
        var answer = http.send(api.request(path(photo)).build(), BodyHandlers.ofInputStream());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body().read()).isZero();
        answer.body().close();
        http.shutdownNow();
      }
    }
    await()
        .atMost(Duration.ofSeconds(15))
        .until(() -> api.get(path(photo), "Range", "bytes=0-0").status() == 206);
  }

  @Test
  void the_robot_is_told_with_whom_folders_are_to_be_shared() {
    var identity = api.get("/drive/identity");
    assertThat(identity.at("/email")).isEqualTo(DRIVE.robotEmail());
    assertThat(identity.at("/hint")).contains(DRIVE.robotEmail()).contains("Viewer");
  }

  private UUID photo(String name, String type, byte[] content) {
    var file = DRIVE.library().addFile(folder, "in-drive", type, content);
    return Gallery.of(database.jdbc(), event)
        .file(file, folder, name, type, null, (long) content.length, md5(content));
  }

  private UUID shown(String file, @Nullable String md5) {
    return Gallery.of(database.jdbc(), event)
        .file(file, folder, "s.jpg", "image/jpeg", null, null, md5);
  }

  private static String md5Of(String file) {
    return Objects.requireNonNull(DRIVE.library().find(file).orElseThrow().content()).md5();
  }

  private double asked(String result) {
    return meters.get("drivelens.image.cache.requests").tag("result", result).counter().count();
  }

  private String thumbnail(UUID photo) {
    return "/events/" + event + "/photos/" + photo + "/thumbnail?w=480";
  }

  private String path(UUID photo) {
    return "/events/" + event + "/photos/" + photo + "/content";
  }

  private static String md5(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
