package org.drivelens.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.awaitility.Awaitility;

/** The few calls of RabbitMQ's management API that the tests need. */
final class BrokerManagement {

  private static final Duration BOOT = Duration.ofMinutes(2);
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();

  private final BrokerServer server;

  BrokerManagement(BrokerServer server) {
    this.server = server;
  }

  /** Waits until the server has booted: then its API answers, and its AMQP port is open. */
  void awaitAnswer(BooleanSupplier alive, Supplier<String> hint) {
    Awaitility.await("RabbitMQ on port " + server.port() + ", " + hint.get())
        .atMost(BOOT)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(50))
        .failFast("the process ended, " + hint.get(), () -> !alive.getAsBoolean())
        .ignoreExceptionsMatching(UncheckedIOException.class::isInstance)
        .until(() -> get("overview").statusCode() == 200);
  }

  /** Creates a virtual host; its creator may do everything in it. */
  void createVirtualHost(String name) {
    put("vhosts/" + name, HttpRequest.BodyPublishers.noBody());
  }

  /** Sets a policy for all queues of a virtual host, as an operator would; the body is JSON. */
  void setPolicy(String virtualHost, String name, String policy) {
    put(
        "policies/" + virtualHost + "/" + name,
        HttpRequest.BodyPublishers.ofString(policy, StandardCharsets.UTF_8));
  }

  private void put(String path, HttpRequest.BodyPublisher body) {
    var answer = send(request(path).header("Content-Type", "application/json").PUT(body).build());
    if (answer.statusCode() >= 300) {
      throw new IllegalStateException("RabbitMQ answered " + answer.body());
    }
  }

  HttpResponse<String> get(String path) {
    return send(request(path).GET().build());
  }

  private HttpRequest.Builder request(String path) {
    var login = BrokerServer.USER + ":" + BrokerServer.USER;
    return HttpRequest.newBuilder(
            URI.create(
                "http://%s:%d/api/%s".formatted(server.host(), server.managementPort(), path)))
        .timeout(Duration.ofSeconds(5))
        .header(
            "Authorization",
            "Basic "
                + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.US_ASCII)));
  }

  private static HttpResponse<String> send(HttpRequest request) {
    try {
      return HTTP.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
