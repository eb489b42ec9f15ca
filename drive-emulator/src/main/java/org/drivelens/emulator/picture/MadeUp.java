package org.drivelens.emulator.picture;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.imageio.ImageIO;

/**
 * The bytes of made-up pictures. One JPEG per size in pixels is drawn and kept; a picture is that
 * JPEG with a comment of its own before the end marker, so that a hundred thousand of them have
 * true, different MD5s at the price of hashing a few bytes each.
 */
public final class MadeUp {

  private static final int END_MARKER = 2;
  private static final Map<Long, Template> TEMPLATES = new ConcurrentHashMap<>();

  private static final class Template {
    private final byte[] head;
    private final MessageDigest digest;

    Template(byte[] head, MessageDigest digest) {
      this.head = head;
      this.digest = digest;
    }
  }

  private MadeUp() {}

  /** The whole JPEG. */
  public static byte[] bytes(int width, int height, long seed) {
    byte[] head = template(width, height).head;
    byte[] tail = tail(seed);
    byte[] all = Arrays.copyOf(head, head.length + tail.length);
    System.arraycopy(tail, 0, all, head.length, tail.length);
    return all;
  }

  /** Length of {@link #bytes} without making them. */
  public static long size(int width, int height, long seed) {
    return (long) template(width, height).head.length + tail(seed).length;
  }

  /** MD5 of {@link #bytes} without making them, in hex. */
  public static String md5(int width, int height, long seed) {
    try {
      var digest = (MessageDigest) template(width, height).digest.clone();
      return HexFormat.of().formatHex(digest.digest(tail(seed)));
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("this JDK's MD5 cannot be copied", e);
    }
  }

  private static Template template(int width, int height) {
    return TEMPLATES.computeIfAbsent(((long) width << 32) | height, key -> draw(width, height));
  }

  private static Template draw(int width, int height) {
    var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    var graphics = image.createGraphics();
    graphics.setColor(Color.getHSBColor(width / 1000f + height / 700f, 0.5f, 0.8f));
    graphics.fillRect(0, 0, width, height);
    graphics.dispose();
    try {
      var out = new ByteArrayOutputStream();
      ImageIO.write(image, "jpeg", out);
      byte[] head = Arrays.copyOf(out.toByteArray(), out.size() - END_MARKER);
      var digest = MessageDigest.getInstance("MD5");
      digest.update(head);
      return new Template(head, digest);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A comment segment (FFFE, its length, text) and the end marker. */
  private static byte[] tail(long seed) {
    byte[] text = ("made up, number " + seed).getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(4 + text.length + END_MARKER)
        .putShort((short) 0xFFFE)
        .putShort((short) (2 + text.length))
        .put(text)
        .putShort((short) 0xFFD9)
        .array();
  }
}
