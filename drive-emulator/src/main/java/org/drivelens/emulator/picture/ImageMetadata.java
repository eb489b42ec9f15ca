package org.drivelens.emulator.picture;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Drive's imageMediaMetadata (drive-api 3). Width and height are those of the stored pixels; {@code
 * rotation} counts the clockwise quarter turns that bring them upright; {@code time} is the EXIF
 * text {@code YYYY:MM:DD HH:MM:SS} without a zone, as the camera wrote it, valid or not.
 */
public record ImageMetadata(
    @Nullable Integer width,
    @Nullable Integer height,
    @Nullable Integer rotation,
    @Nullable String time,
    @Nullable String cameraMake,
    @Nullable String cameraModel,
    Map<String, Object> more) {

  /** {@code more} holds the rest by Drive's names: exposureTime, isoSpeed, location and so on. */
  public ImageMetadata {
    more = Map.copyOf(more);
  }

  /** The same picture without its EXIF: what a scanner or a messenger leaves. */
  public static ImageMetadata ofSize(int width, int height) {
    return new ImageMetadata(width, height, 0, null, null, null, Map.of());
  }

  /** By Drive's names, absent values left out. */
  public Map<String, Object> toFields() {
    var fields = new LinkedHashMap<String, Object>();
    put(fields, "width", width);
    put(fields, "height", height);
    put(fields, "rotation", rotation);
    put(fields, "time", time);
    put(fields, "cameraMake", cameraMake);
    put(fields, "cameraModel", cameraModel);
    fields.putAll(more);
    return fields;
  }

  private static void put(Map<String, Object> fields, String name, @Nullable Object value) {
    if (value != null) {
      fields.put(name, value);
    }
  }
}
