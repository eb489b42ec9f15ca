package org.drivelens.emulator.picture;

import com.drew.imaging.FileType;
import com.drew.imaging.FileTypeDetector;
import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;
import com.drew.metadata.Directory;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifDirectoryBase;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifSubIFDDirectory;
import com.drew.metadata.exif.GpsDirectory;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a picture's bytes the way Drive does: whatever cannot be read is simply absent. */
public final class Exif {

  private static final String[] WIDTHS = {"Image Width", "Width"};
  private static final String[] HEIGHTS = {"Image Height", "Height"};

  private Exif() {}

  /** The MIME type that the bytes themselves show, or null. */
  public static @Nullable String mimeType(byte[] bytes) {
    try (var in = new BufferedInputStream(new ByteArrayInputStream(bytes))) {
      FileType type = FileTypeDetector.detectFileType(in);
      return type.getMimeType();
    } catch (IOException e) {
      return null;
    }
  }

  /** The MIME type that the file itself shows, or null. */
  public static @Nullable String mimeType(Path file) throws IOException {
    try (var in = new BufferedInputStream(Files.newInputStream(file))) {
      return FileTypeDetector.detectFileType(in).getMimeType();
    }
  }

  /** As of bytes, without reading more of the file than is needed. */
  public static @Nullable ImageMetadata read(Path file) {
    return read(() -> ImageMetadataReader.readMetadata(file.toFile()));
  }

  /** Null when not even the size can be told: Drive then has no imageMediaMetadata at all. */
  public static @Nullable ImageMetadata read(byte[] bytes) {
    return read(
        () -> ImageMetadataReader.readMetadata(new ByteArrayInputStream(bytes), bytes.length));
  }

  private interface Reading {
    Metadata read() throws ImageProcessingException, IOException;
  }

  private static @Nullable ImageMetadata read(Reading reading) {
    Metadata metadata;
    try {
      metadata = reading.read();
    } catch (ImageProcessingException | IOException | RuntimeException e) {
      return null;
    }
    Integer width = size(metadata, WIDTHS);
    Integer height = size(metadata, HEIGHTS);
    if (width == null || height == null) {
      return null;
    }
    Directory main = metadata.getFirstDirectoryOfType(ExifIFD0Directory.class);
    Directory sub = metadata.getFirstDirectoryOfType(ExifSubIFDDirectory.class);
    int orientation = integer(main, ExifDirectoryBase.TAG_ORIENTATION, 1);
    return new ImageMetadata(
        width,
        height,
        quarterTurns(orientation),
        firstOf(
            text(sub, ExifDirectoryBase.TAG_DATETIME_ORIGINAL),
            text(main, ExifDirectoryBase.TAG_DATETIME)),
        text(main, ExifDirectoryBase.TAG_MAKE),
        text(main, ExifDirectoryBase.TAG_MODEL),
        more(metadata, sub));
  }

  /** EXIF's orientation, 1 to 8; 1 when absent. */
  static int orientation(byte[] bytes) {
    return orientation(() -> ImageMetadataReader.readMetadata(new ByteArrayInputStream(bytes)));
  }

  static int orientation(Path file) {
    return orientation(() -> ImageMetadataReader.readMetadata(file.toFile()));
  }

  private static int orientation(Reading reading) {
    try {
      var metadata = reading.read();
      var main = metadata.getFirstDirectoryOfType(ExifIFD0Directory.class);
      return integer(main, ExifDirectoryBase.TAG_ORIENTATION, 1);
    } catch (ImageProcessingException | IOException | RuntimeException e) {
      return 1;
    }
  }

  /** Mirrored orientations turn as their unmirrored counterparts. */
  private static int quarterTurns(int orientation) {
    return switch (orientation) {
      case 3, 4 -> 2;
      case 6, 7 -> 1;
      case 5, 8 -> 3;
      default -> 0;
    };
  }

  private static Map<String, Object> more(Metadata metadata, @Nullable Directory sub) {
    var more = new HashMap<String, Object>();
    if (sub != null) {
      number(more, "exposureTime", sub, ExifDirectoryBase.TAG_EXPOSURE_TIME);
      number(more, "aperture", sub, ExifDirectoryBase.TAG_FNUMBER);
      number(more, "focalLength", sub, ExifDirectoryBase.TAG_FOCAL_LENGTH);
      number(more, "exposureBias", sub, ExifDirectoryBase.TAG_EXPOSURE_BIAS);
      number(more, "maxApertureValue", sub, ExifDirectoryBase.TAG_MAX_APERTURE);
      described(more, "meteringMode", sub, ExifDirectoryBase.TAG_METERING_MODE);
      described(more, "exposureMode", sub, ExifDirectoryBase.TAG_EXPOSURE_MODE);
      described(more, "whiteBalance", sub, ExifDirectoryBase.TAG_WHITE_BALANCE_MODE);
      described(more, "colorSpace", sub, ExifDirectoryBase.TAG_COLOR_SPACE);
      described(more, "sensor", sub, ExifDirectoryBase.TAG_SENSING_METHOD);
      described(more, "lens", sub, ExifDirectoryBase.TAG_LENS_MODEL);
      isoAndFlash(more, sub);
    }
    location(more, metadata);
    return more;
  }

  private static void isoAndFlash(Map<String, Object> to, Directory sub) {
    int iso = integer(sub, ExifDirectoryBase.TAG_ISO_EQUIVALENT, 0);
    if (iso > 0) {
      to.put("isoSpeed", iso);
    }
    if (sub.containsTag(ExifDirectoryBase.TAG_FLASH)) {
      to.put("flashUsed", (integer(sub, ExifDirectoryBase.TAG_FLASH, 0) & 1) == 1);
    }
  }

  private static void location(Map<String, Object> to, Metadata metadata) {
    var gps = metadata.getFirstDirectoryOfType(GpsDirectory.class);
    var place = gps == null ? null : gps.getGeoLocation();
    if (gps != null && place != null && !place.isZero()) {
      var location = new LinkedHashMap<String, Object>();
      location.put("latitude", place.getLatitude());
      location.put("longitude", place.getLongitude());
      number(location, "altitude", gps, GpsDirectory.TAG_ALTITUDE);
      to.put("location", Map.copyOf(location));
    }
  }

  private static @Nullable Integer size(Metadata metadata, String[] names) {
    for (Directory directory : metadata.getDirectories()) {
      // EXIF repeats sizes that editors forget to update; the container's own header is the truth.
      if (directory instanceof ExifDirectoryBase) {
        continue;
      }
      for (var tag : directory.getTags()) {
        for (String name : names) {
          Integer value = tag.getTagName().equals(name) ? whole(directory, tag.getTagType()) : null;
          if (value != null && value > 0) {
            return value;
          }
        }
      }
    }
    return null;
  }

  private static @Nullable Integer whole(Directory directory, int tag) {
    return directory.getInteger(tag);
  }

  private static int integer(@Nullable Directory directory, int tag, int otherwise) {
    Integer value = directory == null ? null : directory.getInteger(tag);
    return value == null ? otherwise : value;
  }

  private static @Nullable String text(@Nullable Directory directory, int tag) {
    String value = directory == null ? null : directory.getString(tag);
    if (value == null) {
      return null;
    }
    // Cameras pad with NUL and spaces.
    String trimmed = value.replace("\0", "").strip();
    return trimmed.isEmpty() ? null : trimmed;
  }

  private static void number(Map<String, Object> to, String name, Directory from, int tag) {
    Double value = from.getDoubleObject(tag);
    if (value != null && Double.isFinite(value)) {
      to.put(name, value.floatValue());
    }
  }

  private static void described(Map<String, Object> to, String name, Directory from, int tag) {
    String value = from.containsTag(tag) ? from.getDescription(tag) : null;
    if (value != null && !value.isBlank()) {
      to.put(name, value.replace("\0", "").strip());
    }
  }

  private static @Nullable String firstOf(@Nullable String one, @Nullable String other) {
    return one != null ? one : other;
  }
}
