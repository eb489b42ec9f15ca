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
import org.jspecify.annotations.Nullable;

/** The bytes of files, by their MD5: in a directory if there is one, else in memory. */
final class Contents {

  private final @Nullable Path directory;
  private final Map<String, byte[]> memory = new ConcurrentHashMap<>();

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
    };
  }

  private byte[] read(String md5) {
    if (directory == null) {
      byte[] bytes = memory.get(md5);
      if (bytes == null) {
        throw new IllegalStateException("No content " + md5);
      }
      return bytes;
    }
    try {
      return Files.readAllBytes(directory.resolve(md5));
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
