package org.drivelens.emulator.library;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import org.drivelens.emulator.wire.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * One deed per line, only ever appended. Written before it is done, so a process that is killed
 * loses nothing it has answered; a last line torn by that is cut off at the next start.
 */
final class Journal implements AutoCloseable {

  private final @Nullable FileChannel out;

  private Journal(@Nullable FileChannel out) {
    this.out = out;
  }

  /** Remembers nothing. */
  static Journal none() {
    return new Journal(null);
  }

  static Journal open(Path file, Consumer<Deed> replay) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      var channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      if (channel.tryLock() == null) {
        channel.close();
        throw new IllegalStateException(file + " is in use by another emulator");
      }
      long whole = replay(file, replay);
      channel.truncate(whole);
      channel.position(whole);
      return new Journal(channel);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the length of the whole lines. */
  private static long replay(Path file, Consumer<Deed> replay) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int start = 0;
    int line = 1;
    for (int at = 0; at < bytes.length; at++) {
      if (bytes[at] == '\n') {
        Deed deed;
        try {
          deed = Json.MAPPER.readValue(bytes, start, at - start, Deed.class);
        } catch (JacksonException e) {
          throw new IllegalStateException(file + " line " + line + " cannot be read", e);
        }
        replay.accept(deed);
        start = at + 1;
        line++;
      }
    }
    return start;
  }

  void append(Deed deed) {
    if (out == null) {
      return;
    }
    var line =
        ByteBuffer.wrap(
            (Json.MAPPER.writeValueAsString(deed) + "\n").getBytes(StandardCharsets.UTF_8));
    try {
      write(line, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A line that does not fit on the disk is taken back, or the next one would be torn too. */
  private static void write(ByteBuffer line, FileChannel to) throws IOException {
    long start = to.position();
    try {
      while (line.hasRemaining()) {
        to.write(line);
      }
    } catch (IOException e) {
      to.truncate(start);
      throw e;
    }
  }

  @Override
  public void close() {
    try {
      if (out != null) {
        out.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
