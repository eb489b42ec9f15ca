package org.drivelens.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A caller of the API under test, with the operator's token unless told otherwise. */
public final class Api {

  public static final String TOKEN = "a-token-of-the-tests";

  private static final JsonMapper JSON = JsonMapper.shared();

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final String root;

  public Api(int port) {
    root = "http://127.0.0.1:" + port;
  }

  /** An answer of the API. */
  @SuppressWarnings("ArrayRecordComponent") // Answers are not compared.
  public record Answer(int status, HttpHeaders headers, byte[] bytes) {

    public JsonNode json() {
      return JSON.readTree(bytes);
    }

    public String text() {
      return new String(bytes, StandardCharsets.UTF_8);
    }

    public String header(String name) {
      return headers.firstValue(name).orElse("");
    }

    /** The value at a path such as {@code /items/0/id}, as a text. */
    public String at(String path) {
      return json().at(path).asString();
    }
  }

  public Answer get(String path, String... headers) {
    return send(request(path, headers).GET());
  }

  public Answer post(String path, @Nullable String json) {
    return json == null
        ? send(request(path).POST(BodyPublishers.noBody()))
        : body("POST", path, "application/json", BodyPublishers.ofString(json));
  }

  public Answer patch(String path, String json) {
    return body("PATCH", path, "application/merge-patch+json", BodyPublishers.ofString(json));
  }

  public Answer delete(String path) {
    return send(request(path).DELETE());
  }

  public Answer body(String method, String path, String contentType, BodyPublisher body) {
    return send(request(path, "Content-Type", contentType).method(method, body));
  }

  public HttpRequest.Builder request(String path, String... headers) {
    var request = anonymous(path).setHeader("Authorization", "Bearer " + TOKEN);
    for (int i = 0; i < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    return request;
  }

  public HttpRequest.Builder anonymous(String path) {
    return HttpRequest.newBuilder(URI.create(root + path)).timeout(Duration.ofSeconds(30));
  }

  /** Of an answer that may have no end; the rest of it is not waited for. */
  public int status(HttpRequest.Builder request) {
    try {
      var answer = http.send(request.build(), BodyHandlers.ofInputStream());
      answer.body().close();
      return answer.statusCode();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  public Answer send(HttpRequest.Builder request) {
    try {
      var answer = http.send(request.build(), BodyHandlers.ofByteArray());
      return new Answer(answer.statusCode(), answer.headers(), answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
