package org.drivelens.api;

import java.time.LocalDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Writes into the database what a worker would have written. */
public final class Gallery {

  private final JdbcClient jdbc;
  private final UUID event;
  private final int epoch;

  private Gallery(JdbcClient jdbc, UUID event, int epoch) {
    this.jdbc = jdbc;
    this.event = event;
    this.epoch = epoch;
  }

  /** The gallery of an event that the API has created with a folder. */
  public static Gallery of(JdbcClient jdbc, String event) {
    var id = UUID.fromString(event);
    var epoch =
        jdbc.sql(
                "update event_sync set cleared_epoch = folder_epoch where event_id = :id returning folder_epoch")
            .param("id", id)
            .query(Integer.class)
            .single();
    return new Gallery(jdbc, id, epoch);
  }

  public Gallery folder(String id, @Nullable String parent, String name) {
    jdbc.sql(
            """
            insert into event_folder (event_id, folder_epoch, folder_id, parent_id, name)
            values (:event, :epoch, :id, :parent, :name)
            on conflict (event_id, folder_epoch, folder_id) do update set parent_id = :parent, name = :name
            """)
        .param("event", event)
        .param("epoch", epoch)
        .param("id", id)
        .param("parent", parent)
        .param("name", name)
        .update();
    return this;
  }

  /** A photo in a folder; its id is returned. */
  public UUID photo(String fileId, String parent, String name, @Nullable LocalDateTime takenAt) {
    return file(fileId, parent, name, "image/jpeg", takenAt, null, null);
  }

  public UUID file(
      String fileId,
      String parent,
      String name,
      String mimeType,
      @Nullable LocalDateTime takenAt,
      @Nullable Long size,
      @Nullable String md5) {
    return jdbc.sql(
            """
            insert into photo (event_id, folder_epoch, drive_file_id, parent_id, version, name, mime_type,
                               file_size, width, height, rotation, taken_at, camera, md5)
            values (:event, :epoch, :file, :parent, 7, :name, :type, :size, 640, 480, 0, :taken, 'Camera', :md5)
            returning id
            """)
        .param("event", event)
        .param("epoch", epoch)
        .param("file", fileId)
        .param("parent", parent)
        .param("name", name)
        .param("type", mimeType)
        .param("size", size)
        .param("taken", takenAt)
        .param("md5", md5)
        .query(UUID.class)
        .single();
  }
}
