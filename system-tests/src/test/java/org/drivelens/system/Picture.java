package org.drivelens.system;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.drivelens.emulator.library.TrueImage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** All that a gallery says about one image, to be compared with what is true of it. */
record Picture(
    String driveFileId,
    String name,
    String mimeType,
    @Nullable Long fileSize,
    @Nullable Integer width,
    @Nullable Integer height,
    @Nullable Integer rotation,
    @Nullable LocalDateTime takenAt,
    @Nullable String camera,
    List<String> folderPath,
    @Nullable String md5) {

  private static final DateTimeFormatter EXIF =
      DateTimeFormatter.ofPattern("uuuu:MM:dd HH:mm:ss", Locale.ROOT);

  /** As the API shows it. */
  static Picture shown(JsonNode photo) {
    return new Picture(
        photo.get("driveFileId").asString(),
        photo.get("name").asString(),
        photo.get("mimeType").asString(),
        isNull(photo, "fileSize") ? null : photo.get("fileSize").asLong(),
        number(photo, "width"),
        number(photo, "height"),
        number(photo, "rotation"),
        isNull(photo, "takenAt") ? null : LocalDateTime.parse(photo.get("takenAt").asString()),
        isNull(photo, "camera") ? null : photo.get("camera").asString(),
        StreamSupport.stream(photo.get("folderPath").spliterator(), false)
            .map(JsonNode::asString)
            .toList(),
        isNull(photo, "md5") ? null : photo.get("md5").asString());
  }

  /** As it lies in Drive. */
  static Picture lying(TrueImage image) {
    var camera =
        Stream.of(image.cameraMake(), image.cameraModel())
            .flatMap(Stream::ofNullable)
            .collect(Collectors.joining(" "));
    return new Picture(
        image.id(),
        image.name(),
        image.mimeType(),
        image.size(),
        image.width(),
        image.height(),
        image.rotation(),
        image.takenAt() == null ? null : LocalDateTime.parse(image.takenAt(), EXIF),
        camera.isEmpty() ? null : camera,
        image.folderPath(),
        image.md5());
  }

  private static boolean isNull(JsonNode photo, String field) {
    return photo.get(field) == null || photo.get(field).isNull();
  }

  private static @Nullable Integer number(JsonNode photo, String field) {
    return isNull(photo, field) ? null : photo.get(field).asInt();
  }
}
