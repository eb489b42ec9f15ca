package org.drivelens.emulator.picture;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A made-up JPEG: real bytes of the stated size in pixels, drawn when somebody asks, whose length
 * and MD5 are true. Its camera data exists only as Drive's metadata, not in the bytes.
 *
 * @param seed makes the bytes unique; equal seeds and sizes give equal bytes
 * @param takenAt {@code YYYY:MM:DD HH:MM:SS} or anything else, to be delivered as it is
 * @param withMetadata false: Drive knows nothing about the picture (yet)
 */
public record SyntheticImage(
    long seed,
    int width,
    int height,
    int rotation,
    @Nullable String takenAt,
    @Nullable String cameraMake,
    @Nullable String cameraModel,
    boolean withMetadata) {

  private static final int[][] SIZES = {
    {640, 480}, {480, 640}, {800, 600}, {1024, 768}, {1280, 960}
  };
  private static final String[][] CAMERAS = {
    {"Canon", "EOS R6"}, {"NIKON", "Z 6_2"}, {"SONY", "ILCE-7M4"}, {"FUJIFILM", "X-T5"}
  };
  private static final LocalDateTime FIRST = LocalDateTime.of(2026, 6, 1, 10, 0);
  private static final DateTimeFormatter EXIF = DateTimeFormatter.ofPattern("yyyy:MM:dd HH:mm:ss");

  /** The same seed always gives the same picture. */
  public static SyntheticImage of(long seed) {
    var random = new SplittableRandom(seed);
    int[] size = SIZES[random.nextInt(SIZES.length)];
    String[] camera = CAMERAS[random.nextInt(CAMERAS.length)];
    String taken = FIRST.plusSeconds(random.nextInt(30 * 24 * 3600)).format(EXIF);
    return new SyntheticImage(seed, size[0], size[1], 0, taken, camera[0], camera[1], true);
  }

  public SyntheticImage sized(int width, int height) {
    return new SyntheticImage(
        seed, width, height, rotation, takenAt, cameraMake, cameraModel, withMetadata);
  }

  public SyntheticImage rotated(int quarterTurns) {
    return new SyntheticImage(
        seed, width, height, quarterTurns, takenAt, cameraMake, cameraModel, withMetadata);
  }

  public SyntheticImage taken(@Nullable String takenAt) {
    return new SyntheticImage(
        seed, width, height, rotation, takenAt, cameraMake, cameraModel, withMetadata);
  }

  public SyntheticImage by(@Nullable String cameraMake, @Nullable String cameraModel) {
    return new SyntheticImage(
        seed, width, height, rotation, takenAt, cameraMake, cameraModel, withMetadata);
  }

  public SyntheticImage withoutMetadata() {
    return new SyntheticImage(
        seed, width, height, rotation, takenAt, cameraMake, cameraModel, false);
  }

  /** What Drive says about it, null if nothing. */
  public @Nullable ImageMetadata metadata() {
    return withMetadata
        ? new ImageMetadata(width, height, rotation, takenAt, cameraMake, cameraModel, Map.of())
        : null;
  }
}
