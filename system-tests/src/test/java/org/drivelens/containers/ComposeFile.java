package org.drivelens.containers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;

/** docker-compose.yml, its anchors resolved. */
final class ComposeFile {

  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+)(:-[^}]*)?}");

  private final String text = read("docker-compose.yml");
  private final Map<String, Object> content = new Yaml().load(text);

  static String read(String path) {
    try {
      return Files.readString(ROOT.resolve(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Map<String, Object> content() {
    return content;
  }

  Map<String, Map<String, Object>> services() {
    return maps(content.get("services"));
  }

  Map<String, Object> service(String name) {
    return map(services().get(name));
  }

  /** Those whose images are built here. */
  Map<String, Map<String, Object>> ours() {
    var ours = new LinkedHashMap<>(services());
    ours.values().removeIf(service -> !service.containsKey("build"));
    return ours;
  }

  /** What the file asks from its reader. */
  Set<String> variables() {
    return VARIABLE.matcher(text).results().map(m -> m.group(1)).collect(Collectors.toSet());
  }

  /** As compose fills it in when nobody sets anything. */
  static String withDefaults(String value) {
    return VARIABLE
        .matcher(value)
        .replaceAll(m -> {
          String otherwise = m.group(2);
          return Matcher.quoteReplacement(otherwise == null ? "" : otherwise.substring(2));
        });
  }

  static Map<String, String> environment(Map<String, Object> service) {
    var environment = new LinkedHashMap<String, String>();
    map(service.getOrDefault("environment", Map.of()))
        .forEach((name, value) -> environment.put(name, String.valueOf(value)));
    return environment;
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> map(@Nullable Object value) {
    return (Map<String, Object>) there(value);
  }

  @SuppressWarnings("unchecked")
  static List<Object> list(@Nullable Object value) {
    return (List<Object>) there(value);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Map<String, Object>> maps(@Nullable Object value) {
    return (Map<String, Map<String, Object>>) there(value);
  }

  private static Object there(@Nullable Object value) {
    return Objects.requireNonNull(value, "missing in docker-compose.yml");
  }
}
