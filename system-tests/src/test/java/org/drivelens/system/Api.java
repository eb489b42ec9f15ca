package org.drivelens.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The REST API as a client developer calls it. */
public final class Api {

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final URI root;
  private final String token;

  Api(URI root, String token) {
    this.root = root;
    this.token = token;
  }

  /** Something that the API needs is away: clients ask again. */
  public static final class Unavailable extends AssertionError {
    private static final long serialVersionUID = 1;

    Unavailable(String problem) {
      super(problem);
    }
  }

  /** What is known of an event's sync. */
  public record SyncState(
      String syncStatus,
      @Nullable String lastSyncedAt,
      @Nullable String syncErrorMessage,
      @Nullable String errorCode,
      int photoCount,
      int unreadableFolders) {}

  /** Creates an event with a Drive folder; returns its id. */
  public String createEvent(String name, String folderId) {
    var event =
        send(
            "POST",
            "/events",
            Map.of(
                "name",
                name,
                "googleDriveUrl",
                "https://drive.google.com/drive/folders/" + folderId),
            201);
    return event.get("id").asString();
  }

  /** Where the API listens. */
  public URI root() {
    return root;
  }

  /** The path of a page that logs a browser in, once. */
  public String loginLink() {
    return send("POST", "/admin/login-links", Map.of(), 201).get("url").asString();
  }

  /** Deletes an event; it is gone from every answer at once. */
  public void deleteEvent(String event) {
    fetch("DELETE", "/events/" + event, null, 204);
  }

  /** Asks for a sync; the answer must be a 202. */
  public void sync(String event) {
    send("POST", "/events/" + event + "/sync", Map.of(), 202);
  }

  /** Asks for a sync that lists the whole folder anew. */
  public void syncFully(String event) {
    send("POST", "/events/" + event + "/sync", Map.of("fullSync", true), 202);
  }

  /** Asks for a sync of many events, as an operator does. */
  public void syncAll(List<String> events, boolean fully) {
    send("POST", "/events/sync/bulk", Map.of("eventIds", events, "fullSync", fully), 202);
  }

  /** Fetches an original, as a viewer does; returns its length. */
  public int content(String event, String photo) {
    return fetch("GET", "/events/" + event + "/photos/" + photo + "/content", null, 200).length;
  }

  public SyncState state(String event) {
    return JSON.treeToValue(
        send("GET", "/events/" + event + "/sync-status", null, 200), SyncState.class);
  }

  /** All photos of an event, page after page. */
  public List<JsonNode> photos(String event) {
    var photos = new ArrayList<JsonNode>();
    var path = "/events/" + event + "/photos?limit=500";
    var page = send("GET", path, null, 200);
    page.get("items").forEach(photos::add);
    while (!page.get("nextCursor").isNull()) {
      var cursor = URLEncoder.encode(page.get("nextCursor").asString(), UTF_8);
      page = send("GET", path + "&cursor=" + cursor, null, 200);
      page.get("items").forEach(photos::add);
    }
    return photos;
  }

  private JsonNode send(String method, String path, @Nullable Object body, int expected) {
    return JSON.readTree(fetch(method, path, body, expected));
  }

  private byte[] fetch(String method, String path, @Nullable Object body, int expected) {
    var request =
        HttpRequest.newBuilder(root.resolve(path))
            .timeout(Duration.ofSeconds(30))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .method(method, bodyOf(body))
            .build();
    try {
      var answer = HTTP.send(request, BodyHandlers.ofByteArray());
      if (answer.statusCode() == 503 && expected != 503) {
        throw new Unavailable(new String(answer.body(), UTF_8));
      }
      if (answer.statusCode() != expected) {
        throw new AssertionError(
            "%s %s answered %d: %s"
                .formatted(method, path, answer.statusCode(), new String(answer.body(), UTF_8)));
      }
      return answer.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static BodyPublisher bodyOf(@Nullable Object body) {
    return body == null
        ? BodyPublishers.noBody()
        : BodyPublishers.ofString(JSON.writeValueAsString(body));
  }
}
