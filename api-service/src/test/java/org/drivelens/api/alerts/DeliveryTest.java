package org.drivelens.api.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMessage;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.drivelens.api.alerts.DeliveryView.Outcome;
import org.drivelens.api.problems.ApiProblem;
import org.drivelens.testsupport.OnRealParts;
import org.drivelens.testsupport.SettableClock;
import org.drivelens.testsupport.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/**
 * How alerts reach people: a real mail server and a real receiver of webhooks, some of them bad.
 */
@OnRealParts
@ExtendWith(OutputCaptureExtension.class)
@Timeout(60)
class DeliveryTest {

  private static final String PASSWORD = "the-password-of-the-mail-server";
  private static final GreenMail mail =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

  private final TestDatabase database;
  private final SettableClock clock = new SettableClock(Instant.now());
  private final Receiver receiver = new Receiver();
  private final ArrayList<Replica> replicas = new ArrayList<>();

  DeliveryTest(TestDatabase database) {
    this.database = database;
  }

  @BeforeEach
  void begin() {
    database.clear();
    mail.setUser("drivelens", PASSWORD);
  }

  @AfterEach
  void end() throws Exception {
    receiver.close();
    replicas.forEach(Replica::close);
    mail.purgeEmailFromAllMailboxes();
  }

  @BeforeAll
  static void start() {
    mail.start();
  }

  @AfterAll
  static void stop() {
    mail.stop();
  }

  private Replica replica(String... environment) {
    var replica = new Replica(database, clock, environment);
    replicas.add(replica);
    return replica;
  }

  private static String[] byMail(int port, String... more) {
    return Stream.concat(
            Stream.of(
                "MAIL_TO",
                "ops@example.org",
                "MAIL_FROM",
                "drivelens@example.org",
                "MAIL_HOST",
                "127.0.0.1",
                "MAIL_PORT",
                Integer.toString(port),
                "MAIL_SECURITY",
                "NONE"),
            Stream.of(more))
        .toArray(String[]::new);
  }

  private String[] byWebhook(String... more) {
    return Stream.concat(
            Stream.of("WEBHOOK_URLS", receiver.url(), "WEBHOOK_SECRET", Receiver.SECRET),
            Stream.of(more))
        .toArray(String[]::new);
  }

  @Test
  void an_email_says_in_text_and_in_html_what_is_wrong_and_where_to_read_what_to_do()
      throws Exception {
    letter();
    var replica =
        replica(
            byMail(
                mail.getSmtp().getPort(),
                "MAIL_USERNAME",
                "drivelens",
                "MAIL_PASSWORD",
                PASSWORD,
                "LINKS_TO",
                "https://gallery.example/"));
    raise(replica);

    assertThat(replica.log())
        .singleElement()
        .satisfies(log -> {
          assertThat(log.outcome()).as(String.valueOf(log.error())).isEqualTo(Outcome.SENT);
          assertThat(log.attempts()).isEqualTo(1);
        });
    var got = mail.getReceivedMessages();
    assertThat(got).hasSize(1);
    assertThat(got[0].getSubject()).isEqualTo("Drivelens: 1 message could not be read or handled.");
    assertThat(got[0].getAllRecipients()[0]).hasToString("ops@example.org");
    assertThat(got[0].getContentType()).startsWith("multipart/");
    assertThat(body(got[0]))
        .contains("ALERT: 1 message could not be read or handled.")
        .contains("What to do: https://gallery.example/runbooks/dead-letters")
        .contains("<strong>1 message could not be read or handled.</strong>")
        .contains("<a href=\"https://gallery.example/runbooks/dead-letters\">What to do</a>")
        .doesNotContain("${", "th:text");
  }

  @Test
  void a_webhook_is_signed_over_its_time_and_its_body() throws Exception {
    letter();
    var replica = replica(byWebhook("LINKS_TO", "https://gallery.example"));
    raise(replica);

    assertThat(receiver.received).hasSize(1);
    var got = receiver.received.getFirst();
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(Receiver.SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    var signed =
        got.header("webhook-id") + "." + got.header("webhook-timestamp") + "." + got.body();
    assertThat(got.header("webhook-signature"))
        .isEqualTo(
            "v1,"
                + Base64.getEncoder()
                    .encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8))));
    assertThat(got.header("webhook-timestamp"))
        .isEqualTo(Long.toString(clock.instant().getEpochSecond()));
    assertThat(got.header("webhook-id")).isEqualTo(replica.log().getFirst().id().toString());
    var json = got.json();
    assertThat(json.at("/type").asString()).isEqualTo("drivelens.alerts");
    assertThat(json.at("/data/alerts/0/cause").asString()).isEqualTo("DEAD_LETTERS");
    assertThat(json.at("/data/alerts/0/change").asString()).isEqualTo("RAISED");
    assertThat(json.at("/data/alerts/0/count").asInt()).isEqualTo(1);
    assertThat(json.at("/data/alerts/0/runbook").asString())
        .isEqualTo("https://gallery.example/runbooks/dead-letters");
    assertThat(Instant.parse(json.at("/data/alerts/0/at").asString())).isBefore(clock.instant());
  }

  @Test
  void a_receiver_that_fails_is_tried_again_after_1_5_30_and_120_minutes_and_then_given_up()
      throws Exception {
    receiver.status = 500;
    letter();
    var replica = replica(byWebhook());
    raise(replica);
    int attempts = 1;
    for (var minutes : List.of(1, 5, 30, 120)) {
      assertThat(replica.log().getFirst().outcome()).isEqualTo(Outcome.PENDING);
      clock.advance(Duration.ofMinutes(minutes).minusSeconds(1));
      replica.round();
      assertThat(receiver.received).as("before %d minutes", minutes).hasSize(attempts);
      clock.advance(Duration.ofSeconds(1));
      replica.round();
      assertThat(receiver.received).as("after %d minutes", minutes).hasSize(++attempts);
    }
    var given = replica.log().getFirst();
    assertThat(given.outcome()).isEqualTo(Outcome.GIVEN_UP);
    assertThat(given.error()).isEqualTo("The receiver answered 500.");
    assertThat(receiver.received)
        .extracting(r -> r.header("webhook-id"))
        .containsOnly(given.id().toString());
    clock.advance(Duration.ofDays(1));
    replica.round();
    assertThat(receiver.received).hasSize(attempts);
  }

  @Test
  void well_again_does_not_overtake_the_alert() throws Exception {
    receiver.status = 503;
    letter();
    var replica = replica(byWebhook());
    raise(replica);
    for (var minutes : List.of(1, 5)) {
      clock.advance(Duration.ofMinutes(minutes));
      replica.round();
    }
    assertThat(receiver.received).hasSize(3);
    receiver.status = 200;
    receiver.received.clear();
    database.jdbc().sql("delete from dead_letter").update();
    for (var minutes : List.of(0, 6, 2)) {
      clock.advance(Duration.ofMinutes(minutes));
      replica.round();
    }
    assertThat(replica.log()).hasSize(2);
    assertThat(receiver.received).as("the alert itself is not due yet").isEmpty();
    clock.advance(Duration.ofMinutes(22));
    replica.round();

    assertThat(receiver.received)
        .extracting(r -> r.json().at("/data/alerts/0/change").asString())
        .containsExactly("RAISED", "WELL");
  }

  @Test
  void a_mail_server_that_hangs_holds_up_neither_the_webhook_nor_the_looking() throws Exception {
    try (var hanging = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      var all =
          Stream.concat(
                  Stream.of(byMail(hanging.getLocalPort(), "TIMEOUT", "2s")),
                  Stream.of(byWebhook()))
              .toArray(String[]::new);
      letter();
      var replica = replica(all);
      replica.watch.look();
      clock.advance(Duration.ofMinutes(2));
      replica.watch.look();
      replica.alarm.send();
      await().until(() -> receiver.received.size() == 1);
      await().until(() -> replica.log().stream().anyMatch(log -> log.outcome() == Outcome.SENT));
      replica.watch.look();
      var mail = replica.log().stream().filter(log -> log.channel().equals("mail")).toList();
      assertThat(mail).singleElement().extracting(DeliveryView::attempts).isEqualTo(1);
      assertThat(mail.getFirst().error()).as("it is waited for still").isNull();
      await().until(() -> replica.log().stream().anyMatch(log -> log.error() != null));
      assertThat(replica.log())
          .filteredOn(log -> log.channel().equals("mail"))
          .singleElement()
          .extracting(DeliveryView::outcome)
          .isEqualTo(Outcome.PENDING);
    }
  }

  @Test
  void a_receiver_that_never_ends_its_answer_is_left_alone() throws Exception {
    receiver.gate = new CountDownLatch(1);
    letter();
    var replica = replica(byWebhook("TIMEOUT", "200ms"));
    raise(replica);
    assertThat(replica.log().getFirst().error()).startsWith("The receiver did not answer within");
  }

  @Test
  void two_replicas_that_send_at_the_same_time_send_once() throws Exception {
    receiver.gate = new CountDownLatch(1);
    letter();
    var one = replica(byWebhook("TIMEOUT", "5s"));
    var other = replica(byWebhook("TIMEOUT", "5s"));
    one.watch.look();
    clock.advance(Duration.ofMinutes(2));
    one.watch.look();
    one.alarm.send();
    await().until(() -> receiver.received.size() == 1);

    other.round();

    receiver.gate.countDown();
    await().until(() -> one.log().getFirst().outcome() == Outcome.SENT);
    other.round();
    assertThat(receiver.received).hasSize(1);
  }

  @Test
  void what_a_replica_that_died_was_sending_is_sent_by_another() throws Exception {
    letter();
    var one = replica(byWebhook());
    one.watch.look();
    clock.advance(Duration.ofMinutes(2));
    one.watch.look();
    var claimed = one.deliveries.claim("webhook-1", clock.instant(), false, Duration.ofMinutes(1));
    assertThat(claimed).isPresent();
    var other = replica(byWebhook());
    other.round();
    assertThat(receiver.received).isEmpty();
    clock.advance(Duration.ofMinutes(1));
    other.round();
    assertThat(receiver.received).hasSize(1);
  }

  @Test
  void quiet_hours_hold_back_attempts_too_but_not_a_test() throws Exception {
    receiver.status = 500;
    letter();
    raise(replica(byWebhook()));
    assertThat(receiver.received).hasSize(1);
    receiver.status = 200;
    var now = clock.instant().atZone(java.time.ZoneOffset.UTC).toLocalTime();
    var minute = now.truncatedTo(java.time.temporal.ChronoUnit.MINUTES);
    var quiet = replica(byWebhook("QUIET", minute + "-" + minute.plusHours(2)));
    clock.advance(Duration.ofMinutes(5));
    quiet.round();
    assertThat(receiver.received).hasSize(1);

    var test = quiet.controller.test();
    await().until(() -> receiver.received.size() == 2);
    assertThat(receiver.received.getLast().json().at("/type").asString())
        .isEqualTo("drivelens.test");
    await().until(() -> quiet.log().getFirst().outcome() == Outcome.SENT);
    assertThat(test.deliveries()).containsExactly(quiet.log().getFirst().id());

    clock.advance(Duration.ofHours(2));
    quiet.round();
    assertThat(receiver.received.getLast().json().at("/type").asString())
        .isEqualTo("drivelens.alerts");
  }

  @Test
  void a_test_says_at_once_that_it_failed_and_is_not_tried_again() throws Exception {
    receiver.status = 404;
    var replica = replica(byWebhook());
    replica.controller.test();
    await().until(() -> replica.log().getFirst().outcome() == Outcome.GIVEN_UP);
    assertThat(replica.log().getFirst().error()).isEqualTo("The receiver answered 404.");
    assertThatThrownBy(() -> replica().controller.test()).isInstanceOf(ApiProblem.class);
  }

  @Test
  void no_secret_is_in_the_log_of_deliveries_or_of_the_service(CapturedOutput output)
      throws Exception {
    mail.setUser("drivelens", "another password");
    var all =
        Stream.concat(
                Stream.of(
                    byMail(
                        mail.getSmtp().getPort(),
                        "MAIL_USERNAME",
                        "drivelens",
                        "MAIL_PASSWORD",
                        PASSWORD)),
                Stream.of(byWebhook()))
            .toArray(String[]::new);
    receiver.close();
    letter();
    var replica = replica(all);
    raise(replica);

    var log = replica.controller.deliveries(null, 10);
    assertThat(log.items())
        .extracting(DeliveryView::error)
        .containsExactlyInAnyOrder(
            "The mail server refuses the user name or the password.",
            "The receiver takes no connections, or its name is not known.");
    assertThat(log.toString() + output)
        .contains("webhook-1", "127.0.0.1:", "ops@example.org", "nothing sent to mail")
        .doesNotContain(PASSWORD, Receiver.SECRET, "the-secret-of-the-path");
  }

  /** Looks until it is told, and sends. */
  private void raise(Replica replica) throws InterruptedException {
    replica.watch.look();
    clock.advance(Duration.ofMinutes(2));
    replica.round();
  }

  /** Both parts, decoded. */
  private static String body(MimeMessage message) throws Exception {
    var parts = new StringBuilder();
    collect(message, parts);
    assertThat(GreenMailUtil.getHeaders(message)).contains("Auto-Submitted: auto-generated");
    return parts.toString();
  }

  private static void collect(jakarta.mail.Part part, StringBuilder parts) throws Exception {
    if (part.getContent() instanceof jakarta.mail.Multipart several) {
      for (int i = 0; i < several.getCount(); i++) {
        collect(several.getBodyPart(i), parts);
      }
    } else {
      parts.append(part.getContent()).append('\n');
    }
  }

  private void letter() {
    database
        .jdbc()
        .sql(
            "insert into dead_letter (queue, reason, detail, message_id, payload, payload_bytes, died_at)"
                + " values ('q', 'FAILED', 'd', :id, 'p', 1, clock_timestamp())")
        .param("id", UUID.randomUUID().toString())
        .update();
  }
}
