package org.drivelens.api.push;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A channel that a worker has opened, or is opening.
 *
 * @param tokenHash SHA-256 of its secret, in hexadecimal digits
 * @param resourceId Google's name of what is watched; null until Google's answer is stored
 * @param number the largest of its messages so far
 */
record Channel(
    String id, UUID feedId, String tokenHash, @Nullable String resourceId, @Nullable Long number) {

  /**
   * Whether a message that says so comes from whom the channel was opened with. The digests are
   * compared in constant time: the token is all that tells Google from others.
   */
  boolean isOf(@Nullable String token, @Nullable String resource) {
    var same = MessageDigest.isEqual(sha256(token), HexFormat.of().parseHex(tokenHash));
    return same && token != null && (resourceId == null || resourceId.equals(resource));
  }

  private static byte[] sha256(@Nullable String token) {
    try {
      var text = token == null ? "" : token;
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
