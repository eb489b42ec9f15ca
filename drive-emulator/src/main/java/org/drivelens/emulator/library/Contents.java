package org.drivelens.emulator.library;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.drivelens.emulator.picture.MadeUp;
import org.drivelens.emulator.wire.GoogleError;
import org.jspecify.annotations.Nullable;

/** The bytes of files, by their MD5: in a directory if there is one, else in memory. */
final class Contents {

  private final @Nullable Path directory;
  private final Map<String, byte[]> memory = new ConcurrentHashMap<>();
  private volatile OutsideFiles.Finder outside = content -> null;

  Contents(@Nullable Path directory) {
    this.directory = directory;
  }

  Content keep(byte[] bytes) {
    String md5 = md5(bytes);
    if (directory == null) {
      memory.put(md5, bytes.clone());
    } else {
      write(directory, md5, bytes);
    }
    return new Content.Kept(md5, bytes.length);
  }

  byte[] read(Content content) {
    return switch (content) {
      case Content.Drawn drawn -> MadeUp.bytes(drawn.width(), drawn.height(), drawn.seed());
      case Content.Kept kept -> read(kept.md5());
      case Content.Outside file -> read(find(file));
    };
  }

  void findOutside(OutsideFiles.Finder finder) {
    outside = finder;
  }

  /** The file that holds these bytes and nothing else; null if there is none. */
  @Nullable Path file(Content content) {
    return switch (content) {
      case Content.Drawn drawn -> null;
      case Content.Kept kept -> directory == null ? null : directory.resolve(kept.md5());
      case Content.Outside file -> find(file);
    };
  }

  /** What is being written right now has no content that could be told: try again. */
  private Path find(Content.Outside content) {
    Path file = outside.find(content);
    if (file == null) {
      throw new GoogleError(503, "backendError", "The file cannot be read at the moment");
    }
    return file;
  }

  private byte[] read(String md5) {
    if (directory == null) {
      byte[] bytes = memory.get(md5);
      if (bytes == null) {
        throw new IllegalStateException("No content " + md5);
      }
      return bytes;
    }
    return read(directory.resolve(md5));
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whole or not at all: the journal names the content only after this. */
  private static void write(Path directory, String md5, byte[] bytes) {
    try {
      Files.createDirectories(directory);
      Path file = directory.resolve(md5);
      if (Files.exists(file)) {
        return;
      }
      Path part = Files.createTempFile(directory, md5, ".part");
      Files.write(part, bytes);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String md5(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
