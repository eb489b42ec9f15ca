package org.drivelens.api.content;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.drivelens.api.photos.PhotoVersion;
import org.drivelens.drive.Media;
import org.drivelens.drive.Thumbnail;
import org.jspecify.annotations.Nullable;

/**
 * A thumbnail that lies in memory.
 *
 * @param bytes never changed, for many send them
 * @param current false if Drive holds another content than the database knows: nobody may keep it
 */
@SuppressWarnings("ArrayRecordComponent") // Pictures are not compared.
record Picture(byte[] bytes, @Nullable String type, boolean current) {

  /** Google's JPEGs of 1,920 pixels stay below; what is larger would take too much memory. */
  static final int LARGEST = 2 << 20;

  /** Of a key, a future and a node of the cache. */
  private static final int BESIDE = 512;

  /**
   * Reads what Drive sends to its end.
   *
   * @param version of the content that is wanted
   * @return null if it is too large
   * @throws IOException if Drive breaks off
   */
  static @Nullable Picture read(Thumbnail thumbnail, String version) throws IOException {
    var media = thumbnail.media();
    var length = media.length();
    if (length != null && length > LARGEST) {
      return null;
    }
    var bytes = media.content().readNBytes(LARGEST + 1);
    if (bytes.length > LARGEST) {
      return null;
    }
    if (length != null && length != bytes.length) {
      throw new IOException("Google Drive sent %d bytes of %d".formatted(bytes.length, length));
    }
    return new Picture(bytes, media.contentType(), isOf(thumbnail, version));
  }

  static boolean isOf(Thumbnail thumbnail, String version) {
    var now = thumbnail.version();
    return now != null && PhotoVersion.of(thumbnail.md5(), now).equals(version);
  }

  /** As if it came from Drive now. */
  Media media() {
    return new Media(new ByteArrayInputStream(bytes), 200, type, (long) bytes.length, null);
  }

  /** In memory, in bytes. */
  int weight() {
    return bytes.length + BESIDE;
  }
}
