package org.drivelens.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.drivelens.emulator.OfficialClient.reason;
import static org.drivelens.emulator.OfficialClient.refusal;

import com.google.api.services.drive.model.Channel;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.drivelens.emulator.fault.Oddities.How;
import org.drivelens.emulator.fault.Oddity;
import org.drivelens.emulator.picture.SyntheticImage;
import org.drivelens.emulator.push.Delivery;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PushTest extends EmulatorTest {

  private final List<Headers> received = new CopyOnWriteArrayList<>();
  private final List<Integer> answers = new CopyOnWriteArrayList<>();
  private final AtomicInteger bodies = new AtomicInteger();
  private HttpServer receiver;
  private int channels;

  @BeforeAll
  void receive() throws IOException {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
    receiver.createContext(
        "/hook",
        exchange -> {
          try (exchange) {
            bodies.addAndGet(exchange.getRequestBody().readAllBytes().length);
            received.add(exchange.getRequestHeaders());
            int answer = answers.isEmpty() ? 204 : answers.removeFirst();
            exchange.sendResponseHeaders(answer, -1);
          }
        });
    receiver.start();
    emulator.channels().pauseBeforeRetry(Duration.ofMillis(50));
  }

  @AfterAll
  void stopReceiving() {
    receiver.stop(0);
  }

  @BeforeEach
  void allow() {
    emulator.channels().allowHttpHere(true);
  }

  @AfterEach
  void stopChannels() {
    drive = OfficialClient.of(emulator);
    emulator.channels().list().forEach(channel -> emulator.channels().expire(channel.id()));
    received.clear();
    answers.clear();
  }

  private Channel channel() {
    return new Channel()
        .setId("channel-" + ++channels)
        .setType("web_hook")
        .setAddress("http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook")
        .setToken("secret");
  }

  private Channel watchChanges(Channel channel) throws IOException {
    String token = drive.changes().getStartPageToken().execute().getStartPageToken();
    return drive.changes().watch(token, channel).setSupportsAllDrives(true).execute();
  }

  private Channel watchChanges() throws IOException {
    Channel open = watchChanges(channel());
    awaitStates("sync");
    return open;
  }

  private List<String> all(String header) {
    return received.stream().map(headers -> headers.getFirst(header)).toList();
  }

  private void awaitStates(String... states) {
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(all("X-Goog-Resource-State")).containsExactly(states));
  }

  @Test
  void a_channel_says_sync_and_then_what_changed_with_growing_numbers() throws IOException {
    Channel open = watchChanges();
    library.addSyntheticImage(folder, "a.jpg");
    awaitStates("sync", "change");
    library.addSyntheticImage(folder, "b.jpg");
    awaitStates("sync", "change", "change");

    assertThat(open.getKind()).isEqualTo("api#channel");
    assertThat(open.getResourceUri()).startsWith("https://www.googleapis.com/drive/v3/changes?");
    assertThat(all("X-Goog-Channel-ID")).containsOnly(open.getId());
    assertThat(all("X-Goog-Channel-Token")).containsOnly("secret");
    assertThat(all("X-Goog-Resource-ID")).containsOnly(open.getResourceId());
    assertThat(all("X-Goog-Resource-URI")).containsOnly(open.getResourceUri());
    assertThat(all("User-Agent").getFirst()).startsWith("APIs-Google");
    assertThat(all("X-Goog-Channel-Expiration").getFirst()).endsWith(" GMT");
    assertThat(all("Content-Length")).containsOnly("0");
    assertThat(bodies.get()).isZero();
    var numbers = all("X-Goog-Message-Number").stream().map(Long::valueOf).toList();
    assertThat(numbers).isSorted().doesNotHaveDuplicates().startsWith(1L);
  }

  @Test
  void a_stopped_channel_is_silent_and_cannot_be_stopped_again() throws IOException {
    Channel open = watchChanges();
    var stop = new Channel().setId(open.getId()).setResourceId(open.getResourceId());
    var wrong = new Channel().setId(open.getId()).setResourceId("other");
    assertThat(refusal(() -> drive.channels().stop(wrong).execute()).getStatusCode())
        .isEqualTo(404);

    drive.channels().stop(stop).execute();

    library.addSyntheticImage(folder, "a.jpg");
    Channel next = watchChanges(channel());
    library.addSyntheticImage(folder, "b.jpg");
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> all("X-Goog-Channel-ID").contains(next.getId()));
    awaitStates("sync", "sync", "change");
    var refusal = refusal(() -> drive.channels().stop(stop).execute());
    assertThat(refusal.getStatusCode()).isEqualTo(404);
    assertThat(refusal.getDetails().getMessage())
        .startsWith("Channel '" + open.getId() + "' not found for project");
  }

  @Test
  void a_watched_file_tells_what_happened_to_it() throws IOException {
    String photo = library.addSyntheticImage(folder, "a.jpg");
    drive.files().watch(photo, channel()).execute();
    awaitStates("sync");

    library.replaceContent(photo, SyntheticImage.of(5));
    awaitStates("sync", "update");
    library.trash(photo);
    awaitStates("sync", "update", "trash");
    library.untrash(photo);
    awaitStates("sync", "update", "trash", "untrash");
    library.delete(photo);
    awaitStates("sync", "update", "trash", "untrash", "remove");
    assertThat(all("X-Goog-Changed").get(1)).contains("content");
    assertThat(
            refusal(() -> drive.files().watch("nosuchfile", channel()).execute()).getStatusCode())
        .isEqualTo(404);
  }

  @Test
  void a_watched_folder_tells_of_its_children() throws IOException {
    drive.files().watch(folder, channel()).execute();
    awaitStates("sync");
    library.addSyntheticImage(folder, "a.jpg");

    awaitStates("sync", "update");
    assertThat(all("X-Goog-Changed").getLast()).isEqualTo("children");
  }

  @Test
  void a_server_error_is_tried_again_and_a_refusal_is_not() throws IOException {
    Channel open = watchChanges();
    answers.addAll(List.of(503, 500, 200));
    library.addSyntheticImage(folder, "a.jpg");
    awaitStates("sync", "change", "change", "change");
    assertThat(all("X-Goog-Message-Number").subList(1, 4).stream().distinct()).hasSize(1);
    answers.add(404);
    library.addSyntheticImage(folder, "b.jpg");
    awaitStates("sync", "change", "change", "change", "change");
    library.addSyntheticImage(folder, "c.jpg");
    awaitStates("sync", "change", "change", "change", "change", "change");

    assertThat(emulator.channels().sent())
        .filteredOn(delivery -> delivery.channelId().equals(open.getId()))
        .extracting(Delivery::status)
        .containsExactly(204, 503, 500, 200, 404, 204);
  }

  @Test
  void messages_are_lost_doubled_and_late_when_told_so() throws IOException {
    Channel open = watchChanges();
    faults.oddities().on(Oddity.LOST_PUSHES, How.ALWAYS.times(1));
    library.addSyntheticImage(folder, "lost.jpg");
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() ->
            emulator.channels().sent().stream()
                .anyMatch(each -> each.channelId().equals(open.getId()) && each.status() == -2));
    assertThat(received).hasSize(1);
    faults.oddities().on(Oddity.REPEATED_PUSHES, How.ALWAYS.times(1));
    library.addSyntheticImage(folder, "twice.jpg");
    awaitStates("sync", "change", "change");
    assertThat(all("X-Goog-Message-Number").get(2)).isEqualTo(all("X-Goog-Message-Number").get(1));
    faults.oddities().on(Oddity.LATE_PUSHES, How.ALWAYS.late(Duration.ofMillis(300)));
    long start = System.nanoTime();
    library.addSyntheticImage(folder, "late.jpg");
    awaitStates("sync", "change", "change", "change");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(299));
  }

  @Test
  void channels_survive_a_restart_and_stopped_ones_do_not(@TempDir Path data) throws IOException {
    Channel open;
    Channel stopped;
    try (var first = restarted(data)) {
      drive = OfficialClient.of(first);
      open = watchChanges();
      stopped = watchChanges(channel());
      awaitStates("sync", "sync");
      var stop = new Channel().setId(stopped.getId()).setResourceId(stopped.getResourceId());
      drive.channels().stop(stop).execute();
    }
    try (var second = restarted(data)) {
      assertThat(second.channels().list())
          .singleElement()
          .satisfies(channel -> {
            assertThat(channel.id()).isEqualTo(open.getId());
            assertThat(channel.expiration().toEpochMilli()).isEqualTo(open.getExpiration());
          });
      shared(second);
      awaitStates("sync", "sync", "change");

      var told = received.get(2);
      assertThat(told.getFirst("X-Goog-Channel-ID")).isEqualTo(open.getId());
      assertThat(told.getFirst("X-Goog-Channel-Token")).isEqualTo("secret");
      assertThat(Long.parseLong(told.getFirst("X-Goog-Message-Number"))).isGreaterThan(1);
    }
  }

  @Test
  void what_was_not_delivered_before_a_restart_is_told_after_it(@TempDir Path data)
      throws IOException {
    try (var first = restarted(data)) {
      first.channels().pauseBeforeRetry(Duration.ofHours(1));
      drive = OfficialClient.of(first);
      watchChanges();
      answers.add(503);
      first.library().addSyntheticImage(shared(first), "a.jpg");
      awaitStates("sync", "change");
    }
    try (var second = restarted(data)) {
      awaitStates("sync", "change", "change");
      await()
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(() ->
              assertThat(second.channels().sent())
                  .extracting(Delivery::status)
                  .containsExactly(204));
    }
  }

  private static DriveEmulator restarted(Path data) {
    var started = DriveEmulator.start(Settings.inMemory().data(data));
    started.channels().allowHttpHere(true);
    return started;
  }

  private static String shared(DriveEmulator emulator) {
    String folder = emulator.library().createFolder(null, "event");
    emulator.library().share(folder);
    return folder;
  }

  @Test
  void a_late_feed_is_announced_when_it_can_be_read() throws IOException {
    watchChanges();
    faults.oddities().on(Oddity.LATE_FEED);
    library.addSyntheticImage(folder, "a.jpg");
    String token = drive.changes().getStartPageToken().execute().getStartPageToken();
    assertThat(received).hasSize(1);
    faults.oddities().off(Oddity.LATE_FEED);

    awaitStates("sync", "change");
    assertThat(drive.changes().list(token).execute().getChanges()).hasSize(1);
  }

  @Test
  void an_expiration_is_an_hour_unless_asked_and_never_beyond_the_limit() throws IOException {
    long now = System.currentTimeMillis();
    long hour = Duration.ofHours(1).toMillis();
    assertThat(watchChanges(channel()).getExpiration() - now)
        .isBetween(hour - 60_000, hour + 60_000);
    long month = now + Duration.ofDays(30).toMillis();
    assertThat(watchChanges(channel().setExpiration(month)).getExpiration() - now)
        .isLessThan(Duration.ofDays(7).toMillis() + 60_000);
    assertThat(
            drive.files().watch(folder, channel().setExpiration(month)).execute().getExpiration()
                - now)
        .isLessThan(Duration.ofDays(1).toMillis() + 60_000);
    var brief = watchChanges(channel().setExpiration(System.currentTimeMillis() + 3_000));
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() ->
            emulator.channels().list().stream().noneMatch(each -> each.id().equals(brief.getId())));
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:9/hook, false, push.webhookUrlNotHttps",
    "http://example.org/hook, true, push.webhookUrlNotHttps",
    "nonsense, true, push.webhookUrlNotHttps",
    "'not a url', true, invalid",
  })
  void an_address_must_be_https(String address, boolean allowed, String reason) {
    emulator.channels().allowHttpHere(allowed);

    var refusal = refusal(() -> watchChanges(channel().setAddress(address)));

    assertThat(refusal.getStatusCode()).isEqualTo(400);
    assertThat(reason(refusal)).isEqualTo(reason);
  }

  @Test
  void what_a_channel_must_say_is_checked() throws IOException {
    Channel open = watchChanges(channel());

    assertThat(reason(refusal(() -> watchChanges(channel().setId(open.getId())))))
        .isEqualTo("channelIdNotUnique");
    assertThat(reason(refusal(() -> watchChanges(channel().setId(null))))).isEqualTo("required");
    assertThat(reason(refusal(() -> watchChanges(channel().setId("x".repeat(65))))))
        .isEqualTo("invalid");
    assertThat(reason(refusal(() -> watchChanges(channel().setToken("x".repeat(257))))))
        .isEqualTo("invalid");
    assertThat(reason(refusal(() -> watchChanges(channel().setType("mail"))))).isEqualTo("invalid");
    assertThat(reason(refusal(() -> watchChanges(channel().setExpiration(5L)))))
        .isEqualTo("invalid");
    var badToken = refusal(() -> drive.changes().watch("garbage", channel()).execute());
    assertThat(badToken.getDetails().getErrors().getFirst().getLocation()).isEqualTo("pageToken");
  }
}
