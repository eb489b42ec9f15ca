package org.drivelens.api.photos;

import static org.drivelens.api.rows.Columns.moment;

import com.fasterxml.jackson.annotation.JsonFormat;
import io.swagger.v3.oas.annotations.media.Schema;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.UUID;
import org.drivelens.event.EventId;
import org.jspecify.annotations.Nullable;

/** A photo of a gallery, as Google Drive described it at the last sync. */
@Schema(name = "Photo")
record PhotoView(
    UUID id,
    @Schema(example = "1AbCdEfGhIjKlMnOpQrStUvWxYz012345") String driveFileId,
    @Schema(
            description =
                "Of a shortcut: the file whose content and metadata it shows. Null for all others.")
        @Nullable String targetFileId,
    @Schema(example = "IMG_0042.jpg") String name,
    @Schema(example = "image/jpeg") String mimeType,
    @Schema(description = "In bytes.") @Nullable Long fileSize,
    @Schema(description = "As Drive says it: before `rotation`.") @Nullable Integer width,
    @Nullable Integer height,
    @Schema(description = "Quarter turns clockwise that bring it upright.")
        @Nullable Integer rotation,
    @Schema(
            type = "string",
            description = "Local time of the camera, without zone; null when it is unknown.",
            example = "2026-05-14T16:20:05")
        @JsonFormat(pattern = "uuuu-MM-dd'T'HH:mm:ss")
        @Nullable LocalDateTime takenAt,
    @Schema(example = "Canon EOS R6") @Nullable String camera,
    @Schema(
            description = "Names of the folders below the event's folder that lead to it.",
            example = "[\"Ceremony\", \"Church\"]")
        List<String> folderPath,
    @Schema(description = "Of the content; null when Drive has none.") @Nullable String md5,
    @Schema(
            description =
                "Relative to the address of the API, as `contentUrl`. `w` may be 240, 480, 960 or"
                    + " 1920. The URL changes with the content, so what it answers may be kept for"
                    + " ever.",
            example =
                "/events/0198a1b2-0000-7000-8000-000000000000/photos/0198a1b2-0000-7000-8000-000000000001/thumbnail?w=480&v=9e107d9d372bb6826bd81d3542a419d6")
        String thumbnailUrl,
    String contentUrl,
    Instant createdAt,
    Instant updatedAt) {

  static PhotoView of(ResultSet row, EventId event, List<String> folderPath) throws SQLException {
    var id = row.getObject("id", UUID.class);
    var md5 = row.getString("md5");
    var path = "/events/" + event + "/photos/" + id;
    var version = "v=" + PhotoVersion.of(md5, row.getLong("version"));
    return new PhotoView(
        id,
        row.getString("drive_file_id"),
        row.getString("target_file_id"),
        row.getString("name"),
        row.getString("mime_type"),
        row.getObject("file_size", Long.class),
        row.getObject("width", Integer.class),
        row.getObject("height", Integer.class),
        row.getObject("rotation", Integer.class),
        row.getObject("taken_at", LocalDateTime.class),
        row.getString("camera"),
        folderPath,
        md5,
        path + "/thumbnail?w=480&" + version,
        path + "/content?" + version,
        moment(row, "created_at"),
        moment(row, "updated_at"));
  }

  /** The same photo in this folder. */
  PhotoView in(List<String> path) {
    return new PhotoView(
        id,
        driveFileId,
        targetFileId,
        name,
        mimeType,
        fileSize,
        width,
        height,
        rotation,
        takenAt,
        camera,
        path,
        md5,
        thumbnailUrl,
        contentUrl,
        createdAt,
        updatedAt);
  }
}
