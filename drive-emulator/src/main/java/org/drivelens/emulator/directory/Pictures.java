package org.drivelens.emulator.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.drivelens.emulator.picture.Exif;
import org.jspecify.annotations.Nullable;

/** Which files are pictures, and what Drive says of their bytes. */
final class Pictures {

  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("jpg", "image/jpeg"),
          Map.entry("jpeg", "image/jpeg"),
          Map.entry("png", "image/png"),
          Map.entry("gif", "image/gif"),
          Map.entry("bmp", "image/bmp"),
          Map.entry("webp", "image/webp"),
          Map.entry("tif", "image/tiff"),
          Map.entry("tiff", "image/tiff"),
          Map.entry("heic", "image/heic"),
          Map.entry("heif", "image/heif"),
          Map.entry("avif", "image/avif"),
          Map.entry("svg", "image/svg+xml"));

  /** What browsers and copying programs call a file that they have not finished. */
  private static final Set<String> UNFINISHED =
      Set.of("part", "partial", "crdownload", "download", "filepart", "tmp", "temp");

  private Pictures() {}

  /**
   * The type that the bytes show, else the one that the name promises: a broken photo is a photo.
   * Null for what is no picture.
   */
  static @Nullable String type(Path file) throws IOException {
    String name = file.getFileName().toString();
    String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    if (UNFINISHED.contains(extension)) {
      return null;
    }
    String shown = Exif.mimeType(file);
    if (shown == null) {
      return TYPES.get(extension);
    }
    return shown.startsWith("image/") ? shown : null;
  }

  /** In hex; in pieces, whatever the size. */
  static String md5(Path file) throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    byte[] buffer = new byte[256 * 1024];
    try (var in = Files.newInputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
