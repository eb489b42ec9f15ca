package org.drivelens.drive;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What Drive read from an image; absent for a while after an upload.
 *
 * @param width pixels, as Drive says them, before the rotation
 * @param rotation clockwise quarter turns
 * @param takenAt the camera's clock, without a zone; null when it is no date
 * @param camera make and model as one name
 */
public record ImageMetadata(
    @Nullable Integer width,
    @Nullable Integer height,
    @Nullable Integer rotation,
    @Nullable LocalDateTime takenAt,
    @Nullable String camera) {

  private static final DateTimeFormatter EXIF =
      DateTimeFormatter.ofPattern("uuuu:MM:dd HH:mm:ss", Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  /** EXIF writes "0000:00:00 00:00:00" and worse when the camera's clock was never set. */
  static @Nullable LocalDateTime takenAt(@Nullable String exif) {
    if (exif == null) {
      return null;
    }
    try {
      var taken = LocalDateTime.parse(exif.strip(), EXIF);
      return taken.getYear() >= 1 && taken.getYear() <= 9999 ? taken : null;
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** Many makers repeat their name in the model: "Canon" and "Canon EOS 5D". */
  static @Nullable String camera(@Nullable String make, @Nullable String model) {
    var maker = make == null ? "" : make.strip();
    var type = model == null ? "" : model.strip();
    var repeated =
        type.equalsIgnoreCase(maker)
            || type.regionMatches(true, 0, maker + " ", 0, maker.length() + 1);
    var camera = repeated ? type : (maker + " " + type).strip();
    return camera.isEmpty() ? null : camera;
  }
}
