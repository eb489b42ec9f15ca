package org.drivelens.api.alerts;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Somebody's HTTP server that gets webhooks. */
final class Receiver implements AutoCloseable {

  static final String SECRET = "a secret of both sides";

  final List<Received> received = new CopyOnWriteArrayList<>();
  volatile int status = 204;

  /** Answers wait for it. */
  volatile CountDownLatch gate = new CountDownLatch(0);

  private final HttpServer server;

  record Received(Map<String, List<String>> headers, String body) {

    String header(String name) {
      return Objects.requireNonNull(headers.get(name), name).getFirst();
    }

    JsonNode json() {
      return JsonMapper.shared().readTree(body);
    }
  }

  Receiver() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/",
        exchange -> {
          var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          received.add(new Received(exchange.getRequestHeaders(), body));
          try {
            gate.await();
          } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
          }
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
  }

  /** Holds a secret, as addresses of chats do. */
  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/hooks/the-secret-of-the-path";
  }

  @Override
  public void close() {
    gate.countDown();
    server.stop(0);
  }
}
