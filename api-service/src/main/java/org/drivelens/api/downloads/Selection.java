package org.drivelens.api.downloads;

import static org.drivelens.api.rows.Columns.moment;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.drivelens.api.content.FileNames;
import org.drivelens.api.content.Original;
import org.drivelens.api.photos.PhotoVersion;
import org.jspecify.annotations.Nullable;

/**
 * What a link that is open gives.
 *
 * @param missing as {@link Missing} writes it; null before the first download
 */
record Selection(
    UUID id, String eventName, Instant createdAt, Instant expiresAt, @Nullable String missing) {

  static Selection of(ResultSet row, int number) throws SQLException {
    return new Selection(
        row.getObject("id", UUID.class),
        row.getString("event_name"),
        moment(row, "created_at"),
        moment(row, "expires_at"),
        row.getString("missing"));
  }

  /** What the ZIP is called. */
  String fileName() {
    return FileNames.safe(FileNames.safe(eventName, "photos") + ".zip", "photos");
  }

  /**
   * One photo of it, as it was when the link was made.
   *
   * @param number from 1, in the order in which the photos were chosen
   * @param folderPath names of the folders from below the event's folder
   * @param size in bytes
   * @param crc null until the content was streamed to its end once
   * @param refused why Drive did not give the bytes lately
   * @param shown whether it is still in the gallery
   */
  record Item(
      int number,
      String fileId,
      @Nullable String resourceKey,
      String name,
      List<String> folderPath,
      String mimeType,
      @Nullable Long size,
      @Nullable String md5,
      @Nullable LocalDateTime takenAt,
      @Nullable Long crc,
      @Nullable String refused,
      boolean shown) {

    static Item of(ResultSet row, List<String> folderPath) throws SQLException {
      return new Item(
          row.getInt("number"),
          row.getString("drive_file_id"),
          row.getString("resource_key"),
          row.getString("name"),
          folderPath,
          row.getString("mime_type"),
          row.getObject("file_size", Long.class),
          row.getString("md5"),
          row.getObject("taken_at", LocalDateTime.class),
          row.getObject("crc", Long.class),
          row.getString("refused_now"),
          row.getBoolean("shown"));
    }

    Original original() {
      return new Original(fileId, resourceKey, name, mimeType, size, PhotoVersion.of(md5, number));
    }

    /** The time that its entry in a ZIP shows, which has no zone there either. */
    LocalDateTime time(Instant otherwise) {
      return takenAt != null ? takenAt : LocalDateTime.ofInstant(otherwise, ZoneOffset.UTC);
    }
  }
}
