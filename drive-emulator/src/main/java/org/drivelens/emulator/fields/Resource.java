package org.drivelens.emulator.fields;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The names that a resource of Drive v3 may have, from the discovery document. */
public final class Resource {

  private static final Map<String, Resource> ALL = read();

  public static final Resource FILE_LIST = named("FileList");
  public static final Resource FILE = named("File");
  public static final Resource DRIVE_LIST = named("DriveList");
  public static final Resource DRIVE = named("Drive");
  public static final Resource CHANGE_LIST = named("ChangeList");
  public static final Resource START_PAGE_TOKEN = named("StartPageToken");
  public static final Resource ABOUT = named("About");
  public static final Resource CAPABILITIES = named("Capabilities");

  private final Map<String, String> types = new LinkedHashMap<>();

  private Resource() {}

  public Set<String> names() {
    return types.keySet();
  }

  boolean has(String field) {
    // A map of free names, as properties are.
    return types.containsKey(field) || types.containsKey("*");
  }

  /** Null for a plain value, which has nothing inside. */
  @Nullable Resource of(String field) {
    String type = types.getOrDefault(field, "");
    return type.isEmpty() ? null : named(type);
  }

  private static Resource named(String name) {
    return Objects.requireNonNull(ALL.get(name), name);
  }

  /** Lines of {@code Resource: field field:Type …}. */
  private static Map<String, Resource> read() {
    var all = new HashMap<String, Resource>();
    try (InputStream in = Resource.class.getResourceAsStream("drive-v3-resources.txt")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      for (String line : text.lines().filter(line -> line.contains(":")).toList()) {
        var resource = new Resource();
        String[] words = line.strip().split("\\s+", -1);
        for (int i = 1; i < words.length; i++) {
          String[] field = words[i].split(":", -1);
          resource.types.put(field[0], field.length > 1 ? field[1] : "");
        }
        all.put(words[0].substring(0, words[0].length() - 1), resource);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }
}
