package org.drivelens.emulator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.drivelens.emulator.library.Item;
import org.drivelens.emulator.library.Library;

/** A shared folder that mirrors a directory of photos, for a first look. */
final class SampleLibrary {

  static final String NAME = "Drivelens sample event";

  private static final Map<String, String> OTHER_TYPES =
      Map.of("md", "text/markdown", "txt", "text/plain", "pdf", "application/pdf");

  private SampleLibrary() {}

  /** Fills a library that is empty, or whose filling was cut short. */
  static void fill(Library library, Path photos) throws IOException {
    if (!Files.isDirectory(photos)) {
      throw new IllegalArgumentException(photos + " is not a directory of photos");
    }
    Optional<Item> begun = folder(library);
    if (begun.isEmpty() && library.itemCount() > 0) {
      return;
    }
    if (begun.isPresent()) {
      if (begun.get().version() > 1) {
        return;
      }
      library.delete(begun.get().id());
    }
    String folder = library.createFolder(null, NAME);
    copy(library, photos, folder);
    // Shared last: the robot never sees half of it, and version 1 tells an unfinished one.
    library.share(folder);
  }

  static Optional<Item> folder(Library library) {
    return library.children(null).stream().filter(item -> item.name().equals(NAME)).findFirst();
  }

  private static void copy(Library library, Path directory, String folder) throws IOException {
    List<Path> entries;
    try (var stream = Files.list(directory)) {
      entries = stream.filter(path -> !name(path).startsWith(".")).sorted().toList();
    }
    for (Path entry : entries) {
      if (Files.isDirectory(entry)) {
        copy(library, entry, library.createFolder(folder, name(entry)));
      } else {
        add(library, folder, entry);
      }
    }
  }

  private static void add(Library library, String folder, Path file) throws IOException {
    String name = name(file);
    String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    byte[] bytes = Files.readAllBytes(file);
    String type = OTHER_TYPES.get(extension);
    if (type == null) {
      library.addImage(folder, name, bytes);
    } else {
      library.addFile(folder, name, type, bytes);
    }
  }

  private static String name(Path path) {
    return path.getFileName().toString();
  }
}
