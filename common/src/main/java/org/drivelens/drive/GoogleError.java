package org.drivelens.drive;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the body of an error answer says (drive-api 7); says nothing when it is not Drive's. */
record GoogleError(List<String> reasons, List<String> locations, String status, boolean isDrives) {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Set<String> OF_CHANNELS =
      Set.of("channelIdNotUnique", "subscriptionRateLimitExceeded");

  static GoogleError in(byte[] body) {
    try {
      var error = JSON.readTree(body).path("error");
      var reasons = new ArrayList<String>();
      var locations = new ArrayList<String>();
      for (var each : error.path("errors")) {
        add(each.path("reason"), reasons);
        add(each.path("location"), locations);
      }
      var status = error.path("status").asString("");
      return new GoogleError(reasons, locations, status, error.isObject());
    } catch (JacksonException e) {
      return new GoogleError(List.of(), List.of(), "", false);
    }
  }

  /** The code of an OAuth error body, null when it is none. */
  static @Nullable String oauth(@Nullable String body) {
    try {
      var error = JSON.readTree(body == null ? "" : body).path("error");
      return error.isString() ? error.stringValue() : null;
    } catch (JacksonException e) {
      return null;
    }
  }

  private static void add(JsonNode text, List<String> to) {
    if (text.isString()) {
      to.add(text.stringValue());
    }
  }

  boolean has(String reason) {
    return reasons.contains(reason);
  }

  boolean hasAny(Set<String> some) {
    return oneOf(some) != null;
  }

  @Nullable String oneOf(Set<String> some) {
    return reasons.stream().filter(some::contains).findFirst().orElse(null);
  }

  /** Whether it is about opening a push channel, and not about what would be watched. */
  boolean isOfChannels() {
    return reasons.stream()
        .anyMatch(reason -> reason.startsWith("push.") || OF_CHANNELS.contains(reason));
  }

  boolean isAbout(String location) {
    return locations.contains(location);
  }

  boolean status(String name) {
    return status.equals(name);
  }

  @Nullable String reason() {
    return reasons.isEmpty() ? null : reasons.getFirst();
  }
}
