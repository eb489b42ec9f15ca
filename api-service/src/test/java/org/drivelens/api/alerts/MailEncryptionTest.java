package org.drivelens.api.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.drivelens.api.alerts.Channel.Undelivered;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** To a mail server that encrypts, and to those that do not or are somebody else. */
@Timeout(60)
class MailEncryptionTest {

  private static final String PASSWORD = "changeit";

  @TempDir static Path keys;
  private static Path certificate;
  private static SSLSocketFactory tls;
  private static GreenMail mail;

  /** A server named localhost; nobody vouches for it. */
  @BeforeAll
  static void start() throws Exception {
    var file = keys.resolve("keys.p12");
    var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    var make =
        new ProcessBuilder(
                ("-genkeypair -alias mail -keyalg EC -dname CN=localhost -ext san=dns:localhost"
                        + " -storetype PKCS12 -storepass %s -keystore %s")
                    .formatted(PASSWORD, file)
                    .split(" "))
            .inheritIO();
    make.command().addFirst(keytool);
    assertThat(make.start().waitFor()).isZero();
    var store = KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
    certificate = Files.writeString(keys.resolve("mail.pem"), pem(store));
    tls = tls(store);
    System.setProperty("greenmail.tls.keystore.file", file.toString());
    mail = new GreenMail(new ServerSetup[] {setup("smtp"), setup("smtps")});
    mail.start();
    mail.setUser("drivelens", PASSWORD);
  }

  @AfterAll
  static void stop() {
    mail.stop();
    System.clearProperty("greenmail.tls.keystore.file");
  }

  @AfterEach
  void empty() throws Exception {
    mail.purgeEmailFromAllMailboxes();
  }

  @Test
  void a_mail_goes_by_tls_to_a_server_that_the_given_authority_vouches_for() {
    send("localhost", mail.getSmtps().getPort(), "TLS", certificate.toString());
    assertThat(mail.getReceivedMessages()).hasSize(1);
  }

  @Test
  void a_mail_goes_by_starttls_and_so_does_the_password() throws Exception {
    try (var front = new StartTls(tls, mail.getSmtp().getPort())) {
      send("localhost", front.port(), "STARTTLS", certificate.toString());
      assertThat(mail.getReceivedMessages()).hasSize(1);
    }
  }

  @Test
  void a_server_that_nobody_vouches_for_or_that_has_another_name_gets_nothing() throws Exception {
    var port = mail.getSmtps().getPort();
    assertThatThrownBy(() -> send("localhost", port, "TLS", "")).isInstanceOf(Undelivered.class);
    assertThatThrownBy(() -> send("127.0.0.1", port, "TLS", certificate.toString()))
        .isInstanceOf(Undelivered.class);
    try (var front = new StartTls(tls, mail.getSmtp().getPort())) {
      assertThatThrownBy(() -> send("127.0.0.1", front.port(), "STARTTLS", certificate.toString()))
          .isInstanceOf(Undelivered.class);
    }
    assertThat(mail.getReceivedMessages()).isEmpty();
  }

  @Test
  void a_server_that_does_not_encrypt_gets_nothing_unless_that_is_allowed() {
    var port = mail.getSmtp().getPort();
    assertThatThrownBy(() -> send("localhost", port, "STARTTLS", ""))
        .isInstanceOf(Undelivered.class)
        .hasMessageContaining("STARTTLS");
    assertThat(mail.getReceivedMessages()).isEmpty();
    send("localhost", port, "NONE", "");
    assertThat(mail.getReceivedMessages()).hasSize(1);
  }

  @Test
  void a_server_that_is_silent_or_away_is_told_in_a_sentence() throws Exception {
    int port;
    try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = silent.getLocalPort();
      assertThatThrownBy(
              () -> send("localhost", silent.getLocalPort(), "NONE", "", Duration.ofMillis(200)))
          .hasMessage("The mail server did not answer in time.");
    }
    assertThatThrownBy(() -> send("localhost", port, "NONE", ""))
        .hasMessage("The mail server takes no connections, or its name is not known.");
  }

  @Test
  void a_file_without_certificates_is_refused_at_the_start() {
    var nothing = keys.resolve("nothing.pem").toString();
    assertThatThrownBy(() -> send("localhost", 25, "TLS", nothing))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("DRIVELENS_ALERTS_MAIL_CA");
    assertThatThrownBy(() -> send("localhost", 25, "TLS", keys.resolve("keys.p12").toString()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("DRIVELENS_ALERTS_MAIL_CA");
  }

  private static void send(String host, int port, String security, String ca) {
    send(host, port, security, ca, Duration.ofSeconds(10));
  }

  private static void send(String host, int port, String security, String ca, Duration patience) {
    var settings =
        Replica.settings(
            "MAIL_TO",
            "ops@example.org",
            "MAIL_FROM",
            "drivelens@example.org",
            "MAIL_HOST",
            host,
            "MAIL_PORT",
            Integer.toString(port),
            "MAIL_USERNAME",
            "drivelens",
            "MAIL_PASSWORD",
            PASSWORD,
            "MAIL_SECURITY",
            security,
            "MAIL_CA",
            ca);
    new Mailing(settings.mail(), new MailText("", ZoneOffset.UTC), patience)
        .send("1", Message.test(Instant.EPOCH));
  }

  private static ServerSetup setup(String protocol) {
    return new ServerSetup(0, "127.0.0.1", protocol);
  }

  private static String pem(KeyStore store) throws Exception {
    var bytes = store.getCertificate("mail").getEncoded();
    return "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n"
        .formatted(
            Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(bytes));
  }

  private static SSLSocketFactory tls(KeyStore store) throws Exception {
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD.toCharArray());
    var context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context.getSocketFactory();
  }
}
