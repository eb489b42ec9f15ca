package org.drivelens.drive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpTransport;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the pool does with connections, seen from the other end. */
class TransportTest {

  private static final Duration LIMIT = Duration.ofMillis(400);

  private final Set<InetSocketAddress> peers = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch over = new CountDownLatch(1);
  private HttpServer server;
  private HttpTransport transport;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.start();
    var defaults = DriveProperties.of(null, null);
    transport =
        Transport.of(
            new DriveProperties(null, null, LIMIT, LIMIT, 2, defaults.retry(), Duration.ZERO));
  }

  @AfterEach
  void stop() throws IOException {
    over.countDown();
    transport.shutdown();
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void a_connection_is_used_again() throws IOException {
    serve(exchange -> answer(exchange, "hello"));
    for (var i = 0; i < 5; i++) {
      assertThat(get().execute().parseAsString()).isEqualTo("hello");
    }
    assertThat(peers).hasSize(1);
  }

  @Test
  void an_original_that_is_closed_early_is_not_read_to_its_end() throws IOException {
    serve(exchange -> {
      exchange.sendResponseHeaders(200, 1L << 40);
      var chunk = new byte[1 << 16];
      while (true) {
        exchange.getResponseBody().write(chunk);
      }
    });
    for (var i = 0; i < 5; i++) {
      var content = get().execute().getContent();
      assertThat(content.readNBytes(1000)).hasSize(1000);
      content.close();
    }
    assertThat(peers).as("a cut connection is not used again").hasSize(5);
  }

  @Test
  void a_silent_host_is_given_up_even_where_the_library_would_wait_longer() throws IOException {
    serve(exchange -> over.await());
    // As the library does at the token endpoint.
    var request = get().setReadTimeout(20_000).setConnectTimeout(20_000);
    var start = System.nanoTime();
    assertThatThrownBy(request::execute).isInstanceOf(IOException.class);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void a_wait_for_a_free_connection_ends_too() throws IOException {
    serve(exchange -> answer(exchange, "x".repeat(1 << 20)));
    var first = get().execute().getContent();
    var second = get().execute().getContent();
    assertThatThrownBy(() -> get().execute()).isInstanceOf(IOException.class);
    first.close();
    second.close();
    assertThat(get().execute().parseAsString()).hasSize(1 << 20);
  }

  @Test
  void a_redirect_is_not_followed() throws IOException {
    serve(exchange -> {
      exchange.getResponseHeaders().set("Location", "http://127.0.0.1:1/elsewhere");
      exchange.sendResponseHeaders(302, -1);
    });
    var request = get().setThrowExceptionOnExecuteError(false).setFollowRedirects(false);
    assertThat(request.execute().getStatusCode()).isEqualTo(302);
  }

  private void serve(Answer answer) {
    server.createContext(
        "/",
        exchange -> {
          peers.add(exchange.getRemoteAddress());
          try (exchange) {
            answer.to(exchange);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  private HttpRequest get() throws IOException {
    var url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    return transport.createRequestFactory().buildGetRequest(new GenericUrl(url));
  }

  private static void answer(HttpExchange exchange, String text) throws IOException {
    exchange.sendResponseHeaders(200, text.length());
    exchange.getResponseBody().write(text.getBytes(UTF_8));
  }

  private interface Answer {
    void to(HttpExchange exchange) throws IOException, InterruptedException;
  }
}
