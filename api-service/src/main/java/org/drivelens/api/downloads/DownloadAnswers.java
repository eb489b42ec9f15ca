package org.drivelens.api.downloads;

import static org.drivelens.api.rows.Columns.instant;
import static org.drivelens.api.rows.Columns.moment;

import io.swagger.v3.oas.annotations.media.Schema;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.drivelens.api.content.FileNames;
import org.jspecify.annotations.Nullable;

/** What is told about downloads. */
final class DownloadAnswers {

  private DownloadAnswers() {}

  @Schema(name = "DownloadLink")
  record Created(
      UUID id,
      @Schema(
              description = "The secret of the link; told this once and never again.",
              example = "q83vASNFZ4mrze8BI0VniavN7wEjRWeJq83vASNFZ4k")
          String token,
      @Schema(
              description =
                  "Relative to the address of the API. Whoever has it can download until it"
                      + " expires.",
              example = "/download/q83vASNFZ4mrze8BI0VniavN7wEjRWeJq83vASNFZ4k")
          String url,
      Instant expiresAt,
      @Schema(description = "Each photo counts once, however often it was named.")
          int photoCount) {}

  /** How a link stands. */
  enum State {
    OPEN,
    EXPIRED,
    REVOKED
  }

  @Schema(name = "DownloadSelection", description = "A download link, without its secret.")
  record Listed(
      UUID id,
      @Schema(description = "EXPIRED: its time is over, or the event follows another folder since.")
          State state,
      int photoCount,
      @Schema(description = "Of the photos together, in bytes, as they were when it was made.")
          long totalSize,
      Instant createdAt,
      Instant expiresAt,
      @Nullable Instant revokedAt) {

    static Listed of(ResultSet row, int number) throws SQLException {
      var revoked = instant(row, "revoked_at");
      return new Listed(
          row.getObject("id", UUID.class),
          revoked != null ? State.REVOKED : row.getBoolean("expired") ? State.EXPIRED : State.OPEN,
          row.getInt("photo_count"),
          row.getLong("bytes"),
          moment(row, "created_at"),
          moment(row, "expires_at"),
          revoked);
    }
  }

  @Schema(name = "Download", description = "What a download link gives.")
  record Contents(
      String eventName,
      Instant expiresAt,
      @Schema(description = "All items as one ZIP; with `?folders=true` in their folders.")
          String zipUrl,
      List<Item> items) {

    static Contents of(Selection selection, Token token, List<Selection.Item> items) {
      var path = token.path();
      return new Contents(
          selection.eventName(),
          selection.expiresAt(),
          path + "/zip",
          items.stream().map(item -> Item.of(item, path)).toList());
    }
  }

  @Schema(name = "DownloadItem", description = "A photo as it was when the link was made.")
  record Item(
      @Schema(example = "1") int number,
      @Schema(example = "IMG_0042.jpg", description = "Fit to be a file name.") String name,
      @Schema(example = "[\"Ceremony\", \"Church\"]") List<String> folderPath,
      @Schema(example = "image/jpeg") String mimeType,
      @Schema(description = "In bytes.") @Nullable Long fileSize,
      @Schema(description = "The photo itself, as an attachment.") String url) {

    static Item of(Selection.Item item, String path) {
      return new Item(
          item.number(),
          FileNames.safe(item.name()),
          item.folderPath(),
          item.mimeType(),
          item.size(),
          path + "/items/" + item.number());
    }
  }
}
