package org.drivelens.api.paging;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.drivelens.api.problems.ApiProblem;
import org.drivelens.api.problems.ProblemType;

/**
 * Opaque cursors: the position of a row in the order of its list, signed together with the list it
 * belongs to (event, filter, order). A cursor of another list, or a forged one, is refused.
 */
public final class Cursors {

  private static final String ALGORITHM = "HmacSHA256";
  private static final int SIGNATURE_BYTES = 12;

  private final SecretKeySpec key;

  /**
   * @param secret the same for all replicas; another one makes old cursors invalid
   */
  public Cursors(String secret) {
    key = new SecretKeySpec(("cursor " + secret).getBytes(StandardCharsets.UTF_8), ALGORITHM);
  }

  /**
   * @param list what the cursor is bound to: which list, and everything that selects and orders it
   * @param position the values by which the list is ordered, of the last row shown
   */
  public String encode(List<String> list, List<String> position) {
    var payload = join(position);
    var signature = signature(list, payload);
    var cursor = ByteBuffer.allocate(SIGNATURE_BYTES + payload.length).put(signature).put(payload);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(cursor.array());
  }

  /**
   * @throws ApiProblem if it is not a cursor of this list
   */
  public List<String> decode(List<String> list, String cursor) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(cursor);
    } catch (IllegalArgumentException _) {
      throw unfit();
    }
    if (bytes.length < SIGNATURE_BYTES) {
      throw unfit();
    }
    var payload = Arrays.copyOfRange(bytes, SIGNATURE_BYTES, bytes.length);
    var signature = Arrays.copyOf(bytes, SIGNATURE_BYTES);
    if (!MessageDigest.isEqual(signature, signature(list, payload))) {
      throw unfit();
    }
    return split(payload);
  }

  private static ApiProblem unfit() {
    return ApiProblem.of(
        ProblemType.INVALID_CURSOR, "cursor", "is not a cursor of this list, filter and order");
  }

  private byte[] signature(List<String> list, byte[] payload) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update(join(list));
      return Arrays.copyOf(mac.doFinal(payload), SIGNATURE_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Each part behind its length, so that no two lists of parts look alike. */
  private static byte[] join(List<String> parts) {
    var encoded = parts.stream().map(p -> p.getBytes(StandardCharsets.UTF_8)).toList();
    var size = encoded.stream().mapToInt(p -> Integer.BYTES + p.length).sum();
    var joined = ByteBuffer.allocate(Integer.BYTES + size).putInt(parts.size());
    encoded.forEach(p -> joined.putInt(p.length).put(p));
    return joined.array();
  }

  private static List<String> split(byte[] joined) {
    var bytes = ByteBuffer.wrap(joined);
    var parts = new String[bytes.getInt()];
    for (int i = 0; i < parts.length; i++) {
      var part = new byte[bytes.getInt()];
      bytes.get(part);
      parts[i] = new String(part, StandardCharsets.UTF_8);
    }
    return List.of(parts);
  }
}
