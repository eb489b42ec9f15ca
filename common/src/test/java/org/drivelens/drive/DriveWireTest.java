package org.drivelens.drive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.zip.GZIPOutputStream;
import org.drivelens.drive.DriveProblem.Busy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** What goes over the wire, where the emulator does not look: headers, encodings, redirects. */
class DriveWireTest {

  private static final String FILE =
      "{\"id\":\"1A\",\"name\":\"a\",\"mimeType\":\"image/png\",\"version\":\"1\"}";

  /** Short and made once: longer keys take seconds to make, and nobody checks this one. */
  private static final byte[] KEY = key();

  private record Seen(String path, Headers headers) {}

  private final ConcurrentLinkedQueue<Seen> seen = new ConcurrentLinkedQueue<>();
  private HttpServer server;
  private URI root;
  private GoogleDrive drive;

  @BeforeEach
  void start(@TempDir Path directory) throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
    root = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    server.createContext(
        "/token", exchange -> answer(exchange, "{\"access_token\":\"t\",\"expires_in\":3599}"));
    var pem =
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(KEY)
            + "\n-----END PRIVATE KEY-----\n";
    var account =
        Map.of(
            "type", "service_account",
            "client_id", "1",
            "client_email", "robot@wire.iam.gserviceaccount.com",
            "private_key_id", "1",
            "private_key", pem,
            "token_uri", root + "token");
    var file = directory.resolve("key.json");
    Files.write(file, JsonMapper.shared().writeValueAsBytes(account));
    drive = Drives.connect(root, file, Drives.HASTY);
  }

  @AfterEach
  void stop() {
    drive.close();
    server.stop(0);
  }

  @Test
  void resource_keys_go_into_their_header() {
    serve(exchange -> answer(exchange, FILE));
    drive.get("1A", "0-key");
    assertThat(seen.poll().headers().getFirst("X-Goog-Drive-Resource-Keys")).isEqualTo("1A/0-key");
    drive.get("1A", null);
    assertThat(seen.poll().headers()).doesNotContainKey("X-goog-drive-resource-keys");
  }

  @Test
  void the_keys_of_several_folders_go_into_one_header() {
    serve(exchange -> answer(exchange, "{\"files\":[" + FILE + "]}"));
    drive.list(
        List.of(new FolderRef("1A", "0-a"), new FolderRef("1B"), new FolderRef("1C", "0-c")), null);
    assertThat(seen.poll().headers().get("X-Goog-Drive-Resource-Keys"))
        .containsExactly("1A/0-a,1C/0-c");
  }

  @Test
  void json_may_come_as_gzip_and_bytes_must_not() throws IOException {
    serve(exchange -> {
      exchange.getResponseHeaders().set("Content-Encoding", "gzip");
      send(exchange, 200, gzip(FILE));
    });
    assertThat(drive.get("1A", null).name()).isEqualTo("a");
    assertThat(seen.poll().headers().getFirst("Accept-Encoding")).isEqualTo("gzip");
    drive.media("1A", null, null).close();
    assertThat(seen.poll())
        .satisfies(media -> assertThat(media.path()).isEqualTo("/download/drive/v3/files/1A"))
        .satisfies(
            media -> assertThat(media.headers().getFirst("Accept-Encoding")).isEqualTo("identity"));
  }

  @Test
  void gzip_that_is_cut_short_is_no_answer() {
    serve(exchange -> {
      exchange.getResponseHeaders().set("Content-Encoding", "gzip");
      var all = gzip(FILE);
      send(exchange, 200, java.util.Arrays.copyOf(all, all.length / 2));
    });
    assertThatThrownBy(() -> drive.get("1A", null)).isInstanceOf(Busy.class);
  }

  @Test
  void gzip_that_swells_without_end_is_cut_and_no_answer() {
    // Kilobytes on the wire; JSON still, were it read to its end.
    serve(exchange -> {
      exchange.getResponseHeaders().set("Content-Encoding", "gzip");
      send(exchange, 200, gzip(" ".repeat(33 << 20) + FILE));
    });
    assertThatThrownBy(() -> drive.get("1A", null)).isInstanceOf(Busy.class);
  }

  @Test
  void an_empty_answer_is_no_answer() {
    serve(exchange -> send(exchange, 200, new byte[0]));
    assertThatThrownBy(() -> drive.list(List.of(new FolderRef("1A")), null))
        .isInstanceOf(Busy.class)
        .hasMessage("Google Drive's answer could not be read.");
  }

  @Test
  void a_redirect_takes_our_bearer_nowhere() throws IOException {
    serve(exchange -> {
      exchange.getResponseHeaders().set("Location", root + "stolen");
      send(exchange, 302, new byte[0]);
    });
    assertThatThrownBy(() -> drive.media("1A", null, null)).isInstanceOf(Busy.class);
    assertThat(seen).extracting(Seen::path).containsOnly("/download/drive/v3/files/1A");
  }

  @Test
  void a_thumbnail_is_fetched_with_our_bearer_from_our_root_only() throws IOException {
    serve(exchange ->
        answer(
            exchange,
            exchange.getRequestURI().getPath().startsWith("/drive/")
                ? "{\"thumbnailLink\":\"" + root + "d/x=s220\"}"
                : "picture"));
    try (var picture = drive.thumbnail("1A", null, 640).orElseThrow()) {
      assertThat(picture.media().content().readAllBytes()).asString(UTF_8).isEqualTo("picture");
    }
    seen.poll();
    assertThat(seen.poll())
        .satisfies(asked -> assertThat(asked.path()).isEqualTo("/d/x=s640"))
        .satisfies(
            asked -> assertThat(asked.headers().getFirst("Authorization")).isEqualTo("Bearer t"));
  }

  @Test
  void a_thumbnail_elsewhere_is_never_asked_for() {
    serve(exchange ->
        answer(exchange, "{\"thumbnailLink\":\"http://localhost:" + root.getPort() + "/x\"}"));
    assertThat(drive.thumbnail("1A", null, 640)).isEmpty();
    assertThat(seen).hasSize(1);
  }

  private static byte[] key() {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(1024);
      return generator.generateKeyPair().getPrivate().getEncoded();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private void serve(Answer answer) {
    server.createContext(
        "/",
        exchange -> {
          seen.add(new Seen(exchange.getRequestURI().getPath(), exchange.getRequestHeaders()));
          answer.to(exchange);
        });
  }

  private static void answer(HttpExchange exchange, String json) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json; charset=UTF-8");
    send(exchange, 200, json.getBytes(UTF_8));
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static byte[] gzip(String text) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }

  private interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }
}
