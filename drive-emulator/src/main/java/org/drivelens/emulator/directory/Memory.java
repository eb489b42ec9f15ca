package org.drivelens.emulator.directory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.drivelens.emulator.wire.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Which file each item was, across restarts: what the library does not know. Losing some of it is
 * harmless: files are then recognised by place and content, which means reading them once more.
 *
 * @param directory that is served
 * @param folderId of the folder that stands for it
 */
record Memory(String directory, String folderId, Map<String, Trace> traces) {

  private static final String FOLDER = "directories";

  /** Key and time of a file; the time with all its digits. */
  record Trace(String key, String modified) {

    static Trace of(Mirrored item) {
      return new Trace(item.key(), item.modified().toInstant().toString());
    }

    FileTime time() {
      return FileTime.from(Instant.parse(modified));
    }
  }

  /** Of the directory at this path, or of the one that was moved to it; null if it is new. */
  static @Nullable Memory recall(@Nullable Path data, Found root) throws IOException {
    if (data == null || !Files.isDirectory(data.resolve(FOLDER))) {
      return null;
    }
    Memory moved = null;
    try (var files = Files.newDirectoryStream(data.resolve(FOLDER), "*.json")) {
      for (Path file : files) {
        Memory memory = read(file);
        if (memory != null && memory.directory.equals(root.path().toString())) {
          return memory;
        }
        if (memory != null && memory.wasMovedTo(root)) {
          moved = memory;
        }
      }
    }
    return moved;
  }

  private boolean wasMovedTo(Found root) {
    Trace trace = traces.get(folderId);
    return trace != null && trace.key.equals(root.key()) && Files.notExists(Path.of(directory));
  }

  private static @Nullable Memory read(Path file) throws IOException {
    try {
      return Json.MAPPER.readValue(Files.readAllBytes(file), Memory.class);
    } catch (JacksonException e) {
      return null;
    }
  }

  static Memory of(Path directory, String folderId, MirroredItems items) {
    var traces = new HashMap<String, Trace>();
    items.all().forEach(item -> traces.put(item.id(), Trace.of(item)));
    return new Memory(directory.toString(), folderId, traces);
  }

  void keep(@Nullable Path data) {
    if (data == null) {
      return;
    }
    try {
      Path folder = Files.createDirectories(data.resolve(FOLDER));
      Path part = Files.createTempFile(folder, folderId, ".part");
      Files.write(part, Json.MAPPER.writeValueAsBytes(this));
      Files.move(part, folder.resolve(folderId + ".json"), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
