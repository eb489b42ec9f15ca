package org.drivelens.api.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.drivelens.api.Api;
import org.drivelens.api.OnTheApi;
import org.drivelens.contract.Command.FeedPollRequested;
import org.drivelens.contract.ContractConverter;
import org.drivelens.contract.Queues;
import org.drivelens.testsupport.TestBroker;
import org.drivelens.testsupport.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

/** What Google posts, and what others post who would like to be Google. */
@OnTheApi
@TestPropertySource(
    properties = {"drivelens.push.debounce=200ms", "drivelens.limit.anonymous-per-minute=20"})
class WebhookTest {

  private static final String TOKEN = "the-secret-of-the-channel";

  private final JdbcClient jdbc;
  private final TestDatabase database;
  private final Api api;
  private final RabbitTemplate rabbit;
  private final UUID feed = UUID.fromString("0198a1b2-0000-7000-8000-000000000001");

  WebhookTest(TestDatabase database, TestBroker broker, @LocalServerPort int port) {
    this.database = database;
    jdbc = database.jdbc();
    api = new Api(port);
    rabbit = new RabbitTemplate(broker.connectionFactory());
    rabbit.setMessageConverter(new ContractConverter());
    broker.declare(Queues.command(Queues.FEED_POLL));
  }

  @BeforeEach
  void aFeedWithAChannel() {
    database.clear();
    jdbc.sql("insert into drive_feed (id, credential, token) values (:feed, 'robot', 't')")
        .param("feed", feed)
        .update();
    jdbc.sql("insert into push_watch (feed_id) values (:feed)").param("feed", feed).update();
    channel("other", "another-secret", "now() + interval '1 hour'", null);
    channel("stopped", TOKEN, "now() + interval '1 hour'", "now()");
    channel("expired", TOKEN, "now() - interval '1 second'", null);
    // The newest one says how push is.
    channel("open", TOKEN, "now() + interval '1 hour'", null);
    // Known for a second at most after they are gone.
    await()
        .until(() -> {
          post(google("open", 1).message("sync"));
          return received("open") != null;
        });
    while (rabbit.receive(Queues.FEED_POLL) != null) {
      // Messages of the test before.
    }
  }

  private void channel(String id, String token, String end, @Nullable String stopped) {
    jdbc.sql(
            """
            insert into push_channel (id, feed_id, token_hash, address, resource_id, opened_at, expires_at, renew_at, stopped_at)
            values (:id, :feed, :hash, 'https://x.org', 'resource', now() - interval '1 minute', %s, now() + interval '1 hour', %s)
            """
                .formatted(end, stopped))
        .param("id", id)
        .param("feed", feed)
        .param("hash", sha256(token))
        .update();
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The headers of a message; null takes one away. */
  record Message(Map<String, @Nullable String> headers) {

    Message with(String name, @Nullable String value) {
      var more = new LinkedHashMap<String, @Nullable String>(headers);
      more.put(name, value);
      return new Message(more);
    }

    Message message(String state) {
      return with("X-Goog-Resource-State", state);
    }
  }

  /** As Google sends it, with a type of content that is none (drive-api 6). */
  private static Message google(String channel, long number) {
    return new Message(new LinkedHashMap<String, @Nullable String>())
        .with("Content-Type", "application/json; utf-8")
        .with(
            "User-Agent",
            "APIs-Google; (+https://developers.google.com/webmasters/APIs-Google.html)")
        .with("X-Goog-Channel-ID", channel)
        .with("X-Goog-Channel-Token", TOKEN)
        .with("X-Goog-Channel-Expiration", "Tue, 19 Nov 2030 01:13:52 GMT")
        .with("X-Goog-Message-Number", String.valueOf(number))
        .with("X-Goog-Resource-ID", "resource")
        .with("X-Goog-Resource-URI", "https://www.googleapis.com/drive/v3/changes")
        .message("change");
  }

  private Api.Answer post(Message message) {
    return api.send(request(message).POST(BodyPublishers.noBody()));
  }

  private HttpRequest.Builder request(Message message) {
    var request = api.anonymous("/webhooks/google-drive");
    message
        .headers()
        .forEach((name, value) -> {
          if (value != null) {
            request.setHeader(name, value);
          }
        });
    return request;
  }

  @Test
  void a_burst_is_answered_at_once_and_asks_for_one_poll() {
    var answers =
        IntStream.range(0, 50).parallel().mapToObj(n -> post(google("open", 10 + n)).status());
    assertThat(answers).containsOnly(204);
    assertThat(nextPoll()).isEqualTo(new FeedPollRequested(feed));
    await()
        .untilAsserted(() ->
            assertThat(
                    jdbc.sql("select number from push_message where channel_id = 'open'")
                        .query(Long.class)
                        .single())
                .isEqualTo(59));
    // At most one in each fifth of a second; the burst took no longer than a few of them.
    assertThat(polls()).isLessThan(20);
    assertThat(
            jdbc.sql("select changed_at is not null from push_message where channel_id = 'open'")
                .query(Boolean.class)
                .single())
        .isTrue();
  }

  @Test
  void a_message_that_comes_again_asks_for_nothing() {
    post(google("open", 7));
    assertThat(nextPoll()).isEqualTo(new FeedPollRequested(feed));
    // What was stored is known a second later at most.
    await().until(() -> numberKnown(7));
    var before = received("open");
    IntStream.range(0, 20)
        .forEach(n -> assertThat(post(google("open", 7 - n % 7)).status()).isEqualTo(204));
    assertQuiet(before);
  }

  /** Asked by a message that is of interest only if it is new. */
  private boolean numberKnown(long number) {
    while (rabbit.receive(Queues.FEED_POLL) != null) {
      // Of a try before.
    }
    post(google("open", number));
    return rabbit.receive(Queues.FEED_POLL, 600) == null;
  }

  static Stream<Message> forged() {
    return Stream.of(
        google("open", 9).with("X-Goog-Channel-Token", null),
        google("open", 9).with("X-Goog-Channel-Token", ""),
        google("open", 9).with("X-Goog-Channel-Token", "wrong"),
        google("open", 9).with("X-Goog-Channel-Token", TOKEN + "x"),
        google("open", 9).with("X-Goog-Channel-Token", "another-secret"),
        google("other", 9),
        google("open", 9).with("X-Goog-Resource-ID", "another"),
        google("open", 9).with("X-Goog-Resource-ID", null),
        google("open", 9).with("X-Goog-Channel-ID", null),
        google("open", 9).with("X-Goog-Channel-ID", ""),
        google("open", 9).with("X-Goog-Channel-ID", "x".repeat(4000)),
        google("nowhere", 9),
        google("stopped", 9),
        google("expired", 9));
  }

  @Test
  void whoever_is_not_google_is_told_that_there_is_nothing_and_changes_nothing() {
    var before = received("open");
    assertThat(forged().map(this::post))
        .allSatisfy(answer -> {
          assertThat(answer.status()).isEqualTo(404);
          assertThat(answer.at("/detail")).isEqualTo("There is no such channel (any more).");
          assertThat(answer.text()).doesNotContain(TOKEN);
        });
    assertQuiet(before);
    assertThat(jdbc.sql("select count(*) from push_message").query(Long.class).single())
        .isEqualTo(1);
  }

  @Test
  void a_first_message_may_come_before_googles_answer_that_names_the_resource() {
    jdbc.sql(
            "insert into push_channel (id, feed_id, token_hash, address) values ('young', :feed,"
                + " :hash, 'https://x.org')")
        .param("feed", feed)
        .param("hash", sha256(TOKEN))
        .update();
    assertThat(post(google("young", 1).message("sync")).status()).isEqualTo(204);
    await().until(() -> received("young") != null);
  }

  @Test
  void a_state_that_means_nothing_to_us_is_taken_and_forgotten() {
    var before = received("open");
    for (var state : List.of("update", "exists", "")) {
      assertThat(post(google("open", 9).message(state)).status()).isEqualTo(204);
    }
    assertQuiet(before);
  }

  @Test
  void a_flood_of_others_does_not_shut_google_out() {
    // From one address, as behind a proxy that is not trusted; twenty a minute are allowed to it.
    for (int n = 0; n < 60; n++) {
      assertThat(post(google("made-up-" + n, n)).status()).isEqualTo(404);
    }
    assertThat(post(google("open", 99)).status()).isEqualTo(204);
    assertThat(nextPoll()).isEqualTo(new FeedPollRequested(feed));
  }

  @Test
  void a_body_is_not_read() {
    var message = request(google("open", 70));
    assertThat(api.send(message.POST(BodyPublishers.ofString("{\"a\": ["))).status())
        .isEqualTo(204);
    var large = request(google("open", 71)).POST(BodyPublishers.ofByteArray(new byte[10 << 20]));
    assertThat(api.send(large).status()).isEqualTo(413);
    assertThat(nextPoll()).isEqualTo(new FeedPollRequested(feed));
  }

  @Test
  void how_push_is_stands_in_a_state_and_a_sentence() {
    assertThat(state()).isEqualTo("LIVE");
    assertThat(overview()).isEqualTo("on, 2 open, 0 expiring, 0 dead");
    jdbc.sql("update push_channel set renew_at = now() - interval '1 second'").update();
    assertThat(overview()).isEqualTo("on, 2 open, 1 expiring, 0 dead");
    jdbc.sql("update push_channel set dead_since = now()").update();
    assertThat(state()).isEqualTo("DEAD");
    assertThat(overview()).isEqualTo("on, 2 open, 1 expiring, 1 dead");
    assertThat(api.get("/admin/push-channels").at("/items/0/sentence"))
        .contains("did not announce");
    jdbc.sql("delete from push_message").update();
    assertThat(api.get("/admin/push-channels").at("/items/0/sentence")).contains("no message");
    jdbc.sql("update push_channel set dead_since = null").update();
    assertThat(state()).isEqualTo("WAITING");
    jdbc.sql("update push_channel set stopped_at = now()").update();
    assertThat(state()).isEqualTo("OPENING");
    assertThat(overview()).isEqualTo("on, 0 open, 1 expiring, 0 dead");
    jdbc.sql(
            "update push_watch set error_code = 'push.webhookUrlUnauthorized', error_message = 'Not verified.'")
        .update();
    assertThat(state()).isEqualTo("REFUSED");
    assertThat(api.get("/admin/push-channels").text())
        .contains("Not verified.", "push.webhookUrlUnauthorized")
        .doesNotContain("token");
    jdbc.sql("delete from push_watch").update();
    var event = api.post("/events", "{\"name\": \"E\"}").at("/id");
    jdbc.sql("update event_sync set feed_id = :feed where event_id = :event")
        .param("feed", feed)
        .param("event", UUID.fromString(event))
        .update();
    assertThat(state()).isEqualTo("OFF");
    assertThat(overview()).isEqualTo("off, 0 open, 0 expiring, 0 dead");
    assertThat(api.get("/admin/push-channels").at("/items/0/events")).isEqualTo("1");
  }

  private String overview() {
    var push = api.get("/admin/overview").json().get("push");
    return "%s, %s open, %s expiring, %s dead"
        .formatted(
            push.get("on").asBoolean() ? "on" : "off",
            push.get("channels"),
            push.get("expiring"),
            push.get("dead"));
  }

  private String state() {
    return api.get("/admin/push-channels").at("/items/0/state");
  }

  private FeedPollRequested nextPoll() {
    return await()
        .until(
            () -> (FeedPollRequested) rabbit.receiveAndConvert(Queues.FEED_POLL), Objects::nonNull);
  }

  private int polls() {
    var count = 0;
    while (rabbit.receive(Queues.FEED_POLL, 400) != null) {
      count++;
    }
    return count;
  }

  /** Twice as long as messages are gathered, nothing comes of it. */
  private void assertQuiet(@Nullable String before) {
    assertThat(rabbit.receive(Queues.FEED_POLL, Duration.ofMillis(400).toMillis())).isNull();
    assertThat(received("open")).isEqualTo(before);
  }

  /** What a message leaves behind; another first message would change nothing of it. */
  private @Nullable String received(String channel) {
    return jdbc.sql(
            "select number || ' ' || coalesce(changed_at::text, 'never') from push_message where channel_id = :id")
        .param("id", channel)
        .query(String.class)
        .optional()
        .orElse(null);
  }
}
