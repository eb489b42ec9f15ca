package org.drivelens.api.alerts;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Posts messages as JSON, signed as Standard Webhooks wants it (docs/alerts.md). */
final class Webhook implements Channel {

  private static final String HMAC = "HmacSHA256";

  private final String name;
  private final URI url;
  private final SecretKeySpec key;
  private final WebhookBody bodies;
  private final Duration timeout;
  private final Clock clock;
  private final HttpClient http;

  Webhook(String name, URI url, byte[] key, WebhookBody bodies, Duration timeout, Clock clock) {
    this.name = name;
    this.url = url;
    this.key = new SecretKeySpec(key, HMAC);
    this.bodies = bodies;
    this.timeout = timeout;
    this.clock = clock;
    // The address is the operator's, and so is not followed elsewhere.
    http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(timeout)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String target() {
    return url.getPort() == -1 ? url.getHost() : url.getHost() + ":" + url.getPort();
  }

  @Override
  public void send(String id, Message message) {
    var body = bodies.of(message);
    var time = Long.toString(clock.instant().getEpochSecond());
    var request =
        HttpRequest.newBuilder(url)
            .timeout(timeout)
            .header("Content-Type", "application/json")
            .header("User-Agent", "Drivelens")
            .header("webhook-id", id)
            .header("webhook-timestamp", time)
            .header("webhook-signature", "v1," + signature(id + "." + time + "." + body))
            .POST(BodyPublishers.ofString(body))
            .build();
    var status = status(request);
    if (status < 200 || status > 299) {
      throw new Undelivered("The receiver answered %d.".formatted(status));
    }
  }

  private int status(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.discarding()).statusCode();
    } catch (HttpTimeoutException _) {
      throw new Undelivered(
          "The receiver did not answer within %s."
              .formatted(timeout.toString().substring(2).toLowerCase(Locale.ROOT)));
    } catch (ConnectException _) {
      throw new Undelivered("The receiver takes no connections, or its name is not known.");
    } catch (IOException e) {
      throw new Undelivered("The connection failed (%s).".formatted(e.getClass().getSimpleName()));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new Undelivered("It was interrupted.");
    }
  }

  private String signature(String signed) {
    try {
      var mac = Mac.getInstance(HMAC);
      mac.init(key);
      return Base64.getEncoder()
          .encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + HMAC, e);
    }
  }
}
