package org.drivelens.emulator.wire;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Bytes of a file as the body of an answer; read while they are sent, so that two dozen large
 * originals at once need no memory.
 *
 * @param first counted from 0
 */
public record FilePart(Path file, long first, long length) {

  /** A file that cannot be read is found out before the answer begins. */
  public FilePart {
    if (!Files.isReadable(file)) {
      throw new UncheckedIOException(new IOException(file + " cannot be read"));
    }
  }

  byte[] bytes() {
    try (var in = Files.newInputStream(file)) {
      in.skipNBytes(first);
      return in.readNBytes((int) length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The beginning of the part; a file that has become too short ends the connection. */
  void writeTo(OutputStream out, long count) throws IOException {
    byte[] buffer = new byte[64 * 1024];
    try (var in = Files.newInputStream(file)) {
      in.skipNBytes(first);
      for (long left = count; left > 0; ) {
        int read = in.read(buffer, 0, (int) Math.min(left, buffer.length));
        if (read < 0) {
          throw new EOFException(file + " became shorter");
        }
        out.write(buffer, 0, read);
        left -= read;
      }
    }
  }
}
