package org.drivelens.emulator.picture;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import org.jspecify.annotations.Nullable;

/** Small upright JPEGs; never enlarged, proportions kept. */
public final class Thumbnail {

  private static final byte[] NONE = {};

  /** How much larger than wanted a picture is read: enough for smooth edges, little to hold. */
  private static final double SPARE_PIXELS = 1.5;

  private Thumbnail() {}

  /** Of a picture's bytes; empty if they cannot be drawn. */
  public static byte[] of(byte[] bytes, int maxWidth, int maxHeight) {
    return of(new ByteArrayInputStream(bytes), Exif.orientation(bytes), maxWidth, maxHeight);
  }

  /** Of a picture in a file; empty if it cannot be drawn. */
  public static byte[] of(Path file, int maxWidth, int maxHeight) {
    return of(file.toFile(), Exif.orientation(file), maxWidth, maxHeight);
  }

  /** The source is what ImageIO takes. */
  private static byte[] of(Object source, int orientation, int maxWidth, int maxHeight) {
    try {
      BufferedImage image = read(source, maxWidth, maxHeight);
      if (image == null) {
        return NONE;
      }
      boolean swapped = orientation >= 5;
      int width = swapped ? image.getHeight() : image.getWidth();
      int height = swapped ? image.getWidth() : image.getHeight();
      double scale = scale(width, height, maxWidth, maxHeight);
      var canvas = canvas(width, height, scale);
      var graphics = canvas.createGraphics();
      graphics.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
      graphics.scale((double) canvas.getWidth() / width, (double) canvas.getHeight() / height);
      graphics.transform(upright(orientation, image.getWidth(), image.getHeight()));
      graphics.drawImage(image, 0, 0, null);
      graphics.dispose();
      return jpeg(canvas);
    } catch (IOException | RuntimeException e) {
      // Broken bytes: Drive has no thumbnail of them either.
      return NONE;
    }
  }

  /** Of a made-up picture, in a colour of its own. */
  public static byte[] madeUp(int width, int height, long seed, int maxWidth, int maxHeight) {
    var canvas = canvas(width, height, scale(width, height, maxWidth, maxHeight));
    var graphics = canvas.createGraphics();
    float hue = (((seed * 0x9E3779B9L) >>> 8) & 0xFFFF) / 65536f;
    graphics.setPaint(
        new GradientPaint(
            0,
            0,
            Color.getHSBColor(hue, 0.55f, 0.9f),
            canvas.getWidth(),
            canvas.getHeight(),
            Color.getHSBColor(hue + 0.15f, 0.7f, 0.5f)));
    graphics.fillRect(0, 0, canvas.getWidth(), canvas.getHeight());
    graphics.dispose();
    try {
      return jpeg(canvas);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Skips pixels while reading, so that a large original costs little. */
  private static @Nullable BufferedImage read(Object source, int maxWidth, int maxHeight)
      throws IOException {
    try (var in = ImageIO.createImageInputStream(source)) {
      var readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        return null;
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in, true, true);
        int width = reader.getWidth(0);
        int height = reader.getHeight(0);
        double scale =
            Math.max(
                scale(width, height, maxWidth, maxHeight),
                scale(height, width, maxWidth, maxHeight));
        int step = (int) (1 / (SPARE_PIXELS * scale));
        ImageReadParam param = reader.getDefaultReadParam();
        if (step > 1) {
          param.setSourceSubsampling(step, step, 0, 0);
        }
        return reader.read(0, param);
      } finally {
        reader.dispose();
      }
    }
  }

  private static double scale(int width, int height, int maxWidth, int maxHeight) {
    return Math.min(1, Math.min((double) maxWidth / width, (double) maxHeight / height));
  }

  private static BufferedImage canvas(int width, int height, double scale) {
    return new BufferedImage(
        (int) Math.max(1, Math.round(width * scale)),
        (int) Math.max(1, Math.round(height * scale)),
        BufferedImage.TYPE_INT_RGB);
  }

  /** EXIF's eight orientations; matrices map stored to upright pixels. */
  private static AffineTransform upright(int orientation, int width, int height) {
    return switch (orientation) {
      case 2 -> new AffineTransform(-1, 0, 0, 1, width, 0);
      case 3 -> new AffineTransform(-1, 0, 0, -1, width, height);
      case 4 -> new AffineTransform(1, 0, 0, -1, 0, height);
      case 5 -> new AffineTransform(0, 1, 1, 0, 0, 0);
      case 6 -> new AffineTransform(0, 1, -1, 0, height, 0);
      case 7 -> new AffineTransform(0, -1, -1, 0, height, width);
      case 8 -> new AffineTransform(0, -1, 1, 0, 0, width);
      default -> new AffineTransform();
    };
  }

  private static byte[] jpeg(BufferedImage image) throws IOException {
    var out = new ByteArrayOutputStream();
    ImageIO.write(image, "jpeg", out);
    return out.toByteArray();
  }
}
