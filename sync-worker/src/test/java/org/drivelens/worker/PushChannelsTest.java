package org.drivelens.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.drivelens.contract.Command.FeedPollRequested;
import org.drivelens.contract.Command.SyncRequested;
import org.drivelens.emulator.call.DriveMethod;
import org.drivelens.emulator.call.Match;
import org.drivelens.emulator.fault.Oddity;
import org.drivelens.emulator.fault.Trouble;
import org.drivelens.emulator.push.Channel;
import org.drivelens.event.EventId;
import org.drivelens.event.SyncRequests;
import org.drivelens.event.Trigger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** Channels are opened, renewed and stopped, and what they announce is synced at once. */
@TestPropertySource(
    properties = {
      "drivelens.push.allow-http=true",
      "drivelens.push.retry-after=300ms",
      "drivelens.push.dead-after=3s"
    })
class PushChannelsTest extends GalleryTest {

  private static final HttpServer receiver = receiver();

  /** Who answers messages in place of the API. */
  private static volatile @Nullable PushChannelsTest test;

  private volatile boolean away;

  private static HttpServer receiver() {
    try {
      var server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
      server.createContext("/webhooks/google-drive", PushChannelsTest::receive);
      server.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @DynamicPropertySource
  static void push(DynamicPropertyRegistry properties) {
    emulator.channels().allowHttpHere(true);
    emulator.channels().pauseBeforeRetry(Duration.ofMillis(100));
    properties.add(
        "drivelens.public-url", () -> "http://127.0.0.1:" + receiver.getAddress().getPort() + "/");
  }

  private static void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      var now = test;
      var taken = now != null && !now.away && now.store(exchange.getRequestHeaders());
      exchange.sendResponseHeaders(taken ? 204 : 503, -1);
    }
  }

  /** As the API does it. */
  private boolean store(Headers headers) {
    var changed = "change".equals(headers.getFirst("X-Goog-Resource-State"));
    var feeds =
        jdbc.sql(
                """
                with stored as (
                  insert into push_message as m (channel_id, received_at, changed_at)
                  select id, clock_timestamp(), case when :changed then clock_timestamp() end from push_channel where id = :id
                      on conflict (channel_id) do update
                     set received_at = excluded.received_at, changed_at = coalesce(excluded.changed_at, m.changed_at))
                select feed_id from push_channel where id = :id
                """)
            .param("id", headers.getFirst("X-Goog-Channel-ID"))
            .param("changed", changed)
            .query(UUID.class)
            .list();
    if (changed) {
      feeds.forEach(feed -> publisher.nudge(new FeedPollRequested(feed)));
    }
    return true;
  }

  @BeforeEach
  void aChannelThatLives() {
    test = this;
    library.seedImages(root, "p", 2);
    aSyncedEventOn(root);
    await().atMost(SOON).untilAsserted(() -> assertThat(states()).containsExactly("live"));
  }

  @AfterAll
  static void stopReceiving() {
    test = null;
    receiver.stop(0);
    emulator.channels().list().forEach(channel -> emulator.channels().expire(channel.id()));
    emulator.channels().allowHttpHere(false);
  }

  @Test
  void a_channel_has_a_secret_that_only_google_is_told() throws Exception {
    var channel = emulator.channels().list().getLast();
    assertThat(channel.token()).hasSizeGreaterThan(40);
    assertThat(UUID.fromString(channel.id()).version()).isEqualTo(4);
    assertThat(
            jdbc.sql("select token_hash from push_channel where id = :id")
                .param("id", channel.id())
                .query(byte[].class)
                .single())
        .isEqualTo(
            MessageDigest.getInstance("SHA-256")
                .digest(String.valueOf(channel.token()).getBytes(StandardCharsets.UTF_8)));
    assertThat(Duration.between(java.time.Clock.systemUTC().instant(), channel.expiration()))
        .isBetween(Duration.ofHours(23), Duration.ofHours(24));
  }

  @Test
  void what_is_announced_is_synced_at_once_and_the_run_says_why() {
    var event = aSyncedEventOn(root);
    library.addSyntheticImage(root, "new.jpg");
    await().atMost(SOON).untilAsserted(() -> assertGalleryIsFolder(event, root));
    awaitUpToDate(event);
    assertThat(triggers(event)).startsWith("PUSH");
    assertThat(
            jdbc.sql(
                    "select count(requested_at) from sync_run where event_id = :e and trigger = 'PUSH'")
                .param("e", event.value())
                .query(Integer.class)
                .single())
        .as("it waits since an older request")
        .isZero();
  }

  @Test
  void a_lost_nudge_is_made_up_for_by_the_sweep() {
    var event = aSyncedEventOn(root);
    emulator.faults().oddities().on(Oddity.LOST_PUSHES);
    library.addSyntheticImage(root, "new.jpg");
    // Stored, and then the API died.
    jdbc.sql("update push_message set changed_at = clock_timestamp()").update();
    await().atMost(SOON).untilAsserted(() -> assertGalleryIsFolder(event, root));
  }

  @Test
  void the_next_channel_is_open_and_has_spoken_before_the_old_one_is_stopped() {
    var old = ids().getFirst();
    emulator.calls().clear();
    away = true;
    jdbc.sql("update push_channel set renew_at = clock_timestamp()").update();
    await().atMost(SOON).until(() -> ids().size() == 2);
    // Several sweeps later, for they follow each other.
    await().during(Duration.ofMillis(1200)).until(() -> ids().contains(old));
    away = false;
    await().atMost(SOON).untilAsserted(() -> assertThat(ids()).hasSize(1).doesNotContain(old));
    assertThat(emulator.calls().count(DriveMethod.CHANNELS_STOP)).isEqualTo(1);
    assertThat(emulator.calls().count(DriveMethod.CHANGES_WATCH)).isEqualTo(1);
  }

  @Test
  void a_refusal_is_shown_and_tried_again_and_disturbs_no_sync() {
    var event = aSyncedEventOn(root);
    var refusal =
        emulator
            .faults()
            .fail(
                Match.on(DriveMethod.CHANGES_WATCH),
                Trouble.google(401, "push.webhookUrlUnauthorized"));
    ids().forEach(emulator.channels()::expire);
    jdbc.sql("update push_channel set stopped_at = clock_timestamp()").update();
    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(
                    jdbc.sql("select error_code, error_message from push_watch")
                        .query()
                        .singleRow())
                .containsEntry("error_code", "push.webhookUrlUnauthorized")
                .hasEntrySatisfying(
                    "error_message", m -> assertThat(m.toString()).contains("not verified")));
    library.addSyntheticImage(root, "new.jpg");
    syncAndAwait(event);
    assertGalleryIsFolder(event, root);
    refusal.clear();
    await().atMost(SOON).untilAsserted(() -> assertThat(states()).contains("live"));
    assertThat(jdbc.sql("select error_code is null from push_watch").query(Boolean.class).single())
        .isTrue();
  }

  @Test
  void a_channel_that_is_silent_about_what_polls_find_is_dead_and_replaced() {
    var event = aSyncedEventOn(root);
    emulator.faults().oddities().on(Oddity.LOST_PUSHES);
    // Long after the last message, or it may be the same news.
    jdbc.sql("update push_message set changed_at = changed_at - interval '1 minute'").update();
    jdbc.sql("update push_channel set opened_at = opened_at - interval '1 minute'").update();
    var old = ids().getLast();
    library.addSyntheticImage(root, "unannounced.jpg");
    publisher.nudge(new FeedPollRequested(null));
    await().atMost(SOON).untilAsserted(() -> assertGalleryIsFolder(event, root));
    assertThat(triggers(event)).startsWith("FEED");
    await().atMost(SOON).untilAsserted(() -> assertThat(dead()).contains(old));
    emulator.faults().clear();
    await().atMost(SOON).untilAsserted(() -> assertThat(ids()).isNotEmpty().doesNotContain(old));
    await().atMost(SOON).untilAsserted(() -> assertThat(states()).containsExactly("live"));
  }

  @Test
  void a_shared_drive_has_a_channel_of_its_own_for_as_long_as_an_event_lies_in_it() {
    var drive = library.sharedDrives().create("Team");
    var folder = library.createFolder(drive, "Shoot");
    library.seedImages(folder, "s", 1);
    var event = aSyncedEventOn(folder);
    await().atMost(SOON).until(() -> ofDrive(drive) == 1);
    library.addSyntheticImage(folder, "new.jpg");
    await().atMost(SOON).untilAsserted(() -> assertGalleryIsFolder(event, folder));

    transaction.executeWithoutResult(t -> new SyncRequests(jdbc).startOver(event, null, null));
    publisher.nudge(SyncRequested.of(event, Trigger.MANUAL));
    await().atMost(SOON).until(() -> ofDrive(drive) == 0);
    assertThat(states()).contains("live");
  }

  private static long ofDrive(String drive) {
    return emulator.channels().list().stream().filter(c -> drive.equals(c.driveId())).count();
  }

  /** Of the open channels of the account's own log, at Google. */
  private static List<String> ids() {
    return emulator.channels().list().stream()
        .filter(channel -> channel.driveId() == null)
        .map(Channel::id)
        .toList();
  }

  private List<String> states() {
    return jdbc.sql(
            """
            select case when dead_since is not null then 'dead'
                        when exists (select from push_message m where m.channel_id = c.id) then 'live' else 'waiting' end
              from push_channel c join drive_feed f on f.id = c.feed_id
             where opened_at is not null and stopped_at is null and f.drive_id is null
            """)
        .query((row, n) -> row.getString(1))
        .list();
  }

  private List<String> dead() {
    return jdbc.sql("select id from push_channel where dead_since is not null")
        .query((row, n) -> row.getString(1))
        .list();
  }

  private List<String> triggers(EventId event) {
    return jdbc.sql("select trigger from sync_run where event_id = :e order by id desc")
        .param("e", event.value())
        .query((row, n) -> row.getString(1))
        .list();
  }
}
