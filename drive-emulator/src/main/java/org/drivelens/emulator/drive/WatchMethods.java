package org.drivelens.emulator.drive;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.drivelens.emulator.push.Channel;
import org.drivelens.emulator.push.Channels;
import org.drivelens.emulator.wire.GoogleError;
import org.drivelens.emulator.wire.Json;
import org.drivelens.emulator.wire.Reply;
import org.drivelens.emulator.wire.Request;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** {@code changes.watch}, {@code files.watch} and {@code channels.stop} (drive-api 6). */
final class WatchMethods {

  private static final Duration USUAL = Duration.ofHours(1);
  private static final Duration LONGEST_OF_FILES = Duration.ofDays(1);
  private static final Duration LONGEST_OF_CHANGES = Duration.ofDays(7);
  private static final Set<String> HERE = Set.of("127.0.0.1", "localhost", "[::1]");

  private final Channels channels;
  private final Clock clock;

  WatchMethods(Channels channels, Clock clock) {
    this.channels = channels;
    this.clock = clock;
  }

  /** The page token and the drive have been checked. */
  Reply watchChanges(Request request, Corpora corpora) {
    String uri =
        "https://www.googleapis.com/drive/v3/changes?alt=json&pageToken="
            + request.parameter("pageToken");
    return open(request, uri, null, corpora.driveId());
  }

  /** The file has been checked. */
  Reply watchFile(Request request, String fileId) {
    String uri = "https://www.googleapis.com/drive/v3/files/" + fileId + "?alt=json";
    return open(request, uri, fileId, null);
  }

  private Reply open(
      Request request, String uri, @Nullable String fileId, @Nullable String driveId) {
    JsonNode body = body(request);
    String id = required(body, "id", 64);
    String type = required(body, "type", 64);
    if (!type.equals("web_hook") && !type.equals("webhook")) {
      throw new GoogleError(400, "invalid", "Invalid value for: type: " + type).at("type", "other");
    }
    var channel =
        new Channel(
            id,
            resourceId(fileId == null ? "changes " + driveId : fileId),
            uri,
            address(required(body, "address", 2048)),
            token(body),
            expiration(body, fileId == null ? LONGEST_OF_CHANGES : LONGEST_OF_FILES),
            fileId,
            driveId);
    if (!channels.open(channel)) {
      throw new GoogleError(400, "channelIdNotUnique", "Channel id " + id + " not unique");
    }
    return Reply.json(json(channel));
  }

  private static Map<String, Object> json(Channel channel) {
    var json = new LinkedHashMap<String, Object>();
    json.put("kind", "api#channel");
    json.put("id", channel.id());
    json.put("resourceId", channel.resourceId());
    json.put("resourceUri", channel.resourceUri());
    if (channel.token() != null) {
      json.put("token", channel.token());
    }
    // drive-api 6: a string on the wire.
    json.put("expiration", Long.toString(channel.expiration().toEpochMilli()));
    return json;
  }

  Reply stop(Request request) {
    JsonNode body = body(request);
    String id = required(body, "id", 64);
    if (!channels.stop(id, required(body, "resourceId", 1024))) {
      throw new GoogleError(
          404, "notFound", "Channel '" + id + "' not found for project '123456789012'");
    }
    return Reply.text(204, "text/html", "");
  }

  private URI address(String text) {
    URI address;
    try {
      address = URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new GoogleError(400, "invalid", "Invalid value for: address: " + text);
    }
    String host = address.getHost() == null ? "" : address.getHost();
    boolean excused =
        channels.isHttpAllowedHere() && "http".equals(address.getScheme()) && HERE.contains(host);
    if (host.isEmpty() || (!"https".equals(address.getScheme()) && !excused)) {
      throw new GoogleError(
          400, "push.webhookUrlNotHttps", "WebHook callback must be HTTPS: " + text);
    }
    return address;
  }

  /** drive-api 6: an hour if nobody asks for more, and never longer than the limit. */
  private Instant expiration(JsonNode body, Duration longest) {
    Instant now = clock.instant();
    long asked = body.path("expiration").asLong(now.plus(USUAL).toEpochMilli());
    if (asked <= now.toEpochMilli()) {
      throw new GoogleError(400, "invalid", "Invalid value for: expiration: in the past");
    }
    return Instant.ofEpochMilli(Math.min(asked, now.plus(longest).toEpochMilli()));
  }

  private static @Nullable String token(JsonNode body) {
    String token = body.path("token").asString("");
    if (token.length() > 256) {
      throw new GoogleError(400, "invalid", "Invalid value for: token: longer than 256");
    }
    return token.isEmpty() ? null : token;
  }

  private static String required(JsonNode body, String field, int longest) {
    String value = body.path(field).asString("");
    if (value.isEmpty()) {
      throw new GoogleError(400, "required", "Required").at("entity." + field, "other");
    }
    if (value.length() > longest) {
      throw new GoogleError(400, "invalid", "Invalid value for: " + field + ": too long");
    }
    return value;
  }

  private static JsonNode body(Request request) {
    try {
      String text = new String(request.body(), StandardCharsets.UTF_8);
      JsonNode body = Json.MAPPER.readTree(text.isBlank() ? "{}" : text);
      if (body.isObject()) {
        return body;
      }
    } catch (JacksonException e) {
      // Said below.
    }
    throw new GoogleError(400, "parseError", "Parse Error");
  }

  /** The same for every channel that watches the same. */
  private static String resourceId(String what) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(
            Checksums.hex("MD5", what.getBytes(StandardCharsets.UTF_8))
                .substring(0, 20)
                .getBytes(StandardCharsets.US_ASCII));
  }
}
