package org.drivelens.emulator.control;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.drivelens.emulator.wire.Front;
import org.drivelens.emulator.wire.Json;
import org.drivelens.emulator.wire.Request;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What a control call says, whether in its URL, as a form ({@code curl -d a=b}) or as Json.MAPPER.
 */
final class Input {

  private final Map<String, String> values;

  private Input(Map<String, String> values) {
    this.values = values;
  }

  /** Of a call whose body is a file, only the URL counts. */
  static Input ofUrl(Request request) {
    return new Input(request.parameters());
  }

  static Input of(Request request) {
    var values = new LinkedHashMap<>(request.parameters());
    String body = new String(request.body(), StandardCharsets.UTF_8).strip();
    if (body.startsWith("{")) {
      try {
        for (Map.Entry<String, JsonNode> field : Json.MAPPER.readTree(body).properties()) {
          if (!field.getValue().isNull()) {
            values.putIfAbsent(field.getKey(), field.getValue().asString());
          }
        }
      } catch (JacksonException e) {
        throw new IllegalArgumentException("The body is not a flat JSON object", e);
      }
    } else {
      Front.parse(body, values);
    }
    return new Input(values);
  }

  @Nullable String get(String name) {
    return values.get(name);
  }

  String get(String name, String otherwise) {
    return values.getOrDefault(name, otherwise);
  }

  String required(String name) {
    String value = values.get(name);
    if (value == null || value.isEmpty()) {
      throw new IllegalArgumentException("Missing: " + name);
    }
    return value;
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  boolean flag(String name) {
    return Boolean.parseBoolean(values.get(name));
  }

  int number(String name, int otherwise) {
    String value = values.get(name);
    if (value == null) {
      return otherwise;
    }
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " must be a whole number, not " + value, e);
    }
  }
}
