package org.drivelens.api.alerts;

import jakarta.mail.MessagingException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import javax.net.ssl.SSLSocketFactory;
import org.drivelens.api.alerts.AlertProperties.Mail;
import org.drivelens.api.alerts.AlertProperties.Security;
import org.drivelens.settings.BadSetting;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.mail.MailAuthenticationException;
import org.springframework.mail.MailException;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.mail.javamail.MimeMessageHelper;

/** Sends messages as e-mails, each as text and as HTML. */
final class Mailing implements Channel {

  private static final int LONGEST_REASON = 300;

  private final Mail settings;
  private final MailText texts;
  private final JavaMailSenderImpl server;

  Mailing(Mail settings, MailText texts, Duration timeout) {
    this.settings = settings;
    this.texts = texts;
    server = server(settings, timeout);
  }

  private static JavaMailSenderImpl server(Mail settings, Duration timeout) {
    var server = new JavaMailSenderImpl();
    server.setHost(settings.host());
    server.setPort(settings.port());
    server.setDefaultEncoding(StandardCharsets.UTF_8.name());
    if (!settings.username().isBlank()) {
      server.setUsername(settings.username());
      server.setPassword(settings.password());
    }
    server.setJavaMailProperties(properties(settings, timeout));
    return server;
  }

  private static Properties properties(Mail settings, Duration timeout) {
    var properties = new Properties();
    var millis = Long.toString(timeout.toMillis());
    properties.setProperty("mail.smtp.connectiontimeout", millis);
    properties.setProperty("mail.smtp.timeout", millis);
    properties.setProperty("mail.smtp.writetimeout", millis);
    properties.setProperty("mail.smtp.auth", Boolean.toString(!settings.username().isBlank()));
    switch (settings.security()) {
      case STARTTLS -> properties.setProperty("mail.smtp.starttls.required", "true");
      case TLS -> properties.setProperty("mail.smtp.ssl.enable", "true");
      case NONE -> {}
    }
    properties.setProperty(
        "mail.smtp.starttls.enable", Boolean.toString(settings.security() == Security.STARTTLS));
    properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
    if (!settings.ca().isBlank()) {
      properties.put("mail.smtp.ssl.socketFactory", trusting(settings.ca()));
    }
    return properties;
  }

  private static SSLSocketFactory trusting(String file) {
    try {
      var certificates = PemSslStoreDetails.forCertificates(Path.of(file).toUri().toString());
      return SslBundle.of(new PemSslStoreBundle(null, certificates))
          .createSslContext()
          .getSocketFactory();
    } catch (IllegalStateException | IllegalArgumentException | UncheckedIOException _) {
      throw new BadSetting(
          "DRIVELENS_ALERTS_MAIL_CA is '%s'; it must be a file of certificates in PEM."
              .formatted(file));
    }
  }

  @Override
  public String name() {
    return "mail";
  }

  @Override
  public String target() {
    return String.join(", ", settings.to());
  }

  @Override
  public void send(String id, Message message) {
    try {
      var mail = server.createMimeMessage();
      var parts = new MimeMessageHelper(mail, true, StandardCharsets.UTF_8.name());
      parts.setFrom(settings.from());
      parts.setTo(settings.to().toArray(String[]::new));
      parts.setSubject(message.title());
      parts.setText(texts.plain(message), texts.html(message));
      // So that nobody's "out of office" answers it.
      mail.setHeader("Auto-Submitted", "auto-generated");
      mail.setHeader("X-Drivelens-Delivery", id);
      server.send(mail);
    } catch (MailAuthenticationException _) {
      throw new Undelivered("The mail server refuses the user name or the password.");
    } catch (MailSendException e) {
      throw new Undelivered(
          reason(e.getMessageExceptions().length > 0 ? e.getMessageExceptions()[0] : e));
    } catch (MailException | MessagingException e) {
      throw new Undelivered(reason(e));
    }
  }

  /** The innermost cause says most: what the server answered, or why it did not. */
  private String reason(Exception e) {
    var innermost = NestedExceptionUtils.getMostSpecificCause(e);
    if (innermost instanceof SocketTimeoutException) {
      return "The mail server did not answer in time.";
    }
    if (innermost instanceof ConnectException || innermost instanceof UnknownHostException) {
      return "The mail server takes no connections, or its name is not known.";
    }
    var text = String.valueOf(innermost.getMessage()).replaceAll("\\p{Cntrl}+", " ").strip();
    if (!settings.password().isEmpty()) {
      text = text.replace(settings.password(), "…");
    }
    return "The mail was not taken (%s): %s."
        .formatted(
            innermost.getClass().getSimpleName(),
            text.substring(0, Math.min(text.length(), LONGEST_REASON)).replaceAll("[. ]+$", ""));
  }
}
