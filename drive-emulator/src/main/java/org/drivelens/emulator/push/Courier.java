package org.drivelens.emulator.push;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Set;

/** Carries one message to the address of its channel. */
final class Courier implements AutoCloseable {

  private static final String AGENT =
      "APIs-Google; (+https://developers.google.com/webmasters/APIs-Google.html)";
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);
  private static final Set<Integer> WORTH_ANOTHER_TRY = Set.of(500, 502, 503, 504, -1);
  private static final int MOST_TRIES = 6;

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  /** drive-api 6: tried again after these answers and no others, each time twice as late. */
  static boolean isWorthAnotherTry(Delivery delivery) {
    return WORTH_ANOTHER_TRY.contains(delivery.status()) && delivery.tries() < MOST_TRIES;
  }

  Delivery send(Channel channel, Delivery delivery) throws InterruptedException {
    var request =
        HttpRequest.newBuilder(channel.address())
            .timeout(Duration.ofSeconds(10))
            .POST(HttpRequest.BodyPublishers.noBody())
            .header("User-Agent", AGENT)
            .header("Content-Type", "application/json; utf-8")
            .header("X-Goog-Channel-ID", channel.id())
            .header("X-Goog-Channel-Expiration", HTTP_DATE.format(channel.expiration()))
            .header("X-Goog-Message-Number", Long.toString(delivery.number()))
            .header("X-Goog-Resource-ID", channel.resourceId())
            .header("X-Goog-Resource-State", delivery.state())
            .header("X-Goog-Resource-URI", channel.resourceUri());
    if (channel.token() != null) {
      request.header("X-Goog-Channel-Token", channel.token());
    }
    if (!delivery.changed().isEmpty()) {
      request.header("X-Goog-Changed", delivery.changed());
    }
    try {
      var answer = http.send(request.build(), HttpResponse.BodyHandlers.discarding());
      return delivery.tried(answer.statusCode());
    } catch (IOException e) {
      return delivery.tried(-1);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
