package org.drivelens.emulator.push;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.drivelens.emulator.wire.Json;
import tools.jackson.core.JacksonException;

/**
 * The open channels, all of them written anew at each change: they are few, and their library has
 * locked the directory.
 */
final class ChannelFile {

  private final Path path;

  ChannelFile(Path path) {
    this.path = path;
  }

  /**
   * A channel, and how far it is.
   *
   * @param number of its latest message, so that later ones are higher
   * @param told of a change log, the end that its receiver was told of
   */
  record Kept(Channel channel, long number, long told) {}

  List<Kept> read() {
    try {
      return List.of(Json.MAPPER.readValue(Files.readAllBytes(path), Kept[].class));
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (JacksonException e) {
      throw new IllegalStateException(path + " cannot be read", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whole or not at all, also when the process is killed meanwhile. */
  void write(List<Kept> channels) {
    Path fresh = path.resolveSibling(path.getFileName() + ".new");
    try {
      Files.write(fresh, Json.MAPPER.writeValueAsBytes(channels));
      Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
