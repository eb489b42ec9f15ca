package org.drivelens.api.content;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Set;
import org.drivelens.api.photos.PhotoVersion;
import org.jspecify.annotations.Nullable;

/**
 * What the database knows of the file behind a photo.
 *
 * @param fileId Drive's id of it
 * @param size in bytes
 * @param version names its content, in URLs and ETags
 */
public record Original(
    String fileId,
    @Nullable String resourceKey,
    String name,
    String mimeType,
    @Nullable Long size,
    String version) {

  /** Pictures in which a browser runs nothing. SVG is not one of them. */
  private static final Set<String> RASTER =
      Set.of(
          "image/jpeg",
          "image/png",
          "image/gif",
          "image/webp",
          "image/avif",
          "image/bmp",
          "image/heic",
          "image/heif",
          "image/tiff");

  static Original of(ResultSet row, int number) throws SQLException {
    return new Original(
        row.getString("drive_file_id"),
        row.getString("resource_key"),
        row.getString("name"),
        row.getString("mime_type"),
        row.getObject("file_size", Long.class),
        PhotoVersion.of(row.getString("md5"), row.getLong("version")));
  }

  boolean isRaster() {
    return isRaster(mimeType);
  }

  static boolean isRaster(@Nullable String type) {
    return type != null && RASTER.contains(type.toLowerCase(Locale.ROOT).split(";", 2)[0].strip());
  }
}
