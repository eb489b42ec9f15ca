package org.drivelens.api.alerts;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.drivelens.settings.BadSetting;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When alerts are raised and told, and to whom: {@code DRIVELENS_ALERTS_…}.
 *
 * @param every how often causes are counted
 * @param backlogAfter a request, or the change log, that waits longer has an alert
 * @param digest what comes within this time goes into one message
 * @param wellAfter a cause that was not seen for so long is over
 * @param againAfter a cause that has grown is told again after this at the earliest
 * @param retryAfter pauses before further attempts to send a message
 * @param timeout to connect to a mail server or receiver, and for each of its answers
 * @param quiet hours in which nothing is sent, such as 22:00-07:00; empty for none
 * @param zone of the quiet hours
 * @param linksTo the address under which readers of messages reach this service; empty for no links
 */
@ConfigurationProperties("drivelens.alerts")
record AlertProperties(
    @DefaultValue("30s") Duration every,
    @DefaultValue("15m") Duration backlogAfter,
    @DefaultValue("1m") Duration digest,
    @DefaultValue("5m") Duration wellAfter,
    @DefaultValue("6h") Duration againAfter,
    @DefaultValue({"1m", "5m", "30m", "120m"}) List<Duration> retryAfter,
    @DefaultValue("10s") Duration timeout,
    @DefaultValue("") String quiet,
    @DefaultValue("UTC") ZoneId zone,
    @DefaultValue("") String linksTo,
    @DefaultValue Mail mail,
    @DefaultValue Webhook webhook) {

  AlertProperties {
    require(every.toMillis() >= 1000, "DRIVELENS_ALERTS_EVERY must be a second or more.");
    require(timeout.toMillis() >= 100, "DRIVELENS_ALERTS_TIMEOUT must be 100 ms or more.");
    linksTo = linksTo.strip().replaceAll("/+$", "");
    require(
        linksTo.isEmpty() || isHttp(linksTo),
        "DRIVELENS_ALERTS_LINKS_TO must be an http or https address.");
  }

  QuietHours quietHours() {
    return QuietHours.of(quiet, zone);
  }

  /** How the connection to the mail server is kept secret. */
  enum Security {
    /** Begun in the clear, and refused unless the server then encrypts. */
    STARTTLS,
    TLS,
    /** Not at all: for a server on the same machine. */
    NONE
  }

  /**
   * @param to who gets the mails; empty for no mails
   * @param ca file of the certificates that are trusted then instead of the usual ones; empty for
   *     those
   */
  record Mail(
      @DefaultValue List<String> to,
      @DefaultValue("") String from,
      @DefaultValue("") String host,
      @DefaultValue("587") int port,
      @DefaultValue("") String username,
      @DefaultValue("") String password,
      @DefaultValue("STARTTLS") Security security,
      @DefaultValue("") String ca) {

    Mail {
      to = to.stream().map(String::strip).filter(address -> !address.isEmpty()).toList();
      password = password.strip();
      require(
          to.isEmpty() || !(host.isBlank() || from.isBlank()),
          "DRIVELENS_ALERTS_MAIL_TO is set: then DRIVELENS_ALERTS_MAIL_HOST and"
              + " DRIVELENS_ALERTS_MAIL_FROM must be set as well.");
    }

    @Override
    public String toString() {
      return "Mail[to=" + to + ", host=" + host + "]";
    }
  }

  /**
   * @param urls who gets the messages; empty for none. They may hold secrets, and are never shown
   * @param secret which signs them
   */
  record Webhook(@DefaultValue List<String> urls, @DefaultValue("") String secret) {

    private static final String ENCODED = "whsec_";

    Webhook {
      urls = urls.stream().map(String::strip).filter(url -> !url.isEmpty()).distinct().toList();
      secret = secret.strip();
      require(
          urls.stream().allMatch(AlertProperties::isHttp),
          "Each of DRIVELENS_ALERTS_WEBHOOK_URLS must be an http or https address.");
      require(
          urls.isEmpty() || secret.length() >= 16,
          "DRIVELENS_ALERTS_WEBHOOK_URLS is set: then DRIVELENS_ALERTS_WEBHOOK_SECRET must be a secret of"
              + " 16 characters or more, which the receiver knows as well.");
      require(
          !secret.startsWith(ENCODED) || secret.matches(ENCODED + "[A-Za-z0-9+/]+={0,2}"),
          "DRIVELENS_ALERTS_WEBHOOK_SECRET begins with whsec_, but does not go on in Base64.");
    }

    /** As in Standard Webhooks: with its prefix it is Base64, else the bytes of the text. */
    byte[] key() {
      return secret.startsWith(ENCODED)
          ? Base64.getDecoder().decode(secret.substring(ENCODED.length()))
          : secret.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
      return "Webhook[" + urls.size() + " urls]";
    }
  }

  private static boolean isHttp(String text) {
    try {
      var uri = URI.create(text);
      var scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
      return uri.getHost() != null && (scheme.equals("https") || scheme.equals("http"));
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  private static void require(boolean fine, String otherwise) {
    if (!fine) {
      throw new BadSetting(otherwise);
    }
  }
}
