package org.drivelens.worker.photos;

import static org.drivelens.worker.photos.Columns.longs;
import static org.drivelens.worker.photos.Columns.texts;

import java.sql.Types;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.drivelens.drive.DriveFile;
import org.drivelens.drive.ImageMetadata;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The photos of the galleries: the only place that writes them. Statements work on a page at a
 * time. Where nothing changed they do not even lock the row, which an upsert does whatever its
 * condition says.
 *
 * <p>An older {@code version} of a file never overwrites a newer one; an equal one may, because
 * Google adds image metadata late without raising it. A removed photo stays as a tombstone, so that
 * it keeps its id when it returns. Once the folder was walked, each change leaves a row in the
 * photo's history.
 */
public final class PhotoCatalog {

  private static final String HELD =
      "select drive_file_id, parent_id, version, resource_key from photo where event_id = :event"
          + " and folder_epoch = :epoch and removed_at is null";

  private final JdbcClient jdbc;
  private final HeldRemovals held;

  private final TransactionOperations nested;

  /**
   * @param nested work in it may fail without the transaction around it
   */
  public PhotoCatalog(JdbcClient jdbc, TransactionOperations nested) {
    this.jdbc = jdbc;
    this.nested = nested;
    this.held = new HeldRemovals(jdbc);
  }

  /**
   * Adds or replaces photos; to be called in the transaction of a lease.
   *
   * @param files images with a parent, each at most once
   */
  public Tally put(EventKey key, Collection<DriveFile> files) {
    if (files.isEmpty()) {
      return Tally.NOTHING;
    }
    // What is seen again is not in doubt any more.
    held.release(key, files.stream().map(DriveFile::id).toList());
    return grow(key, statement(PhotoStatements.PUT, key, files).query(Tally.class).single());
  }

  /**
   * As {@link #put}, for a folder of which no full walk has ended: there nearly all is new, and
   * nothing is told in the history.
   */
  public Tally putFirst(EventKey key, Collection<DriveFile> files) {
    if (files.isEmpty()) {
      return Tally.NOTHING;
    }
    try {
      nested.executeWithoutResult(t -> statement(PhotoStatements.ADD, key, files).update());
    } catch (DuplicateKeyException someAreThere) {
      return put(key, files);
    }
    return grow(key, Tally.added(files.size()));
  }

  private JdbcClient.StatementSpec statement(
      String sql, EventKey key, Collection<DriveFile> files) {
    return jdbc.sql(sql)
        .param("event", key.event())
        .param("epoch", key.folderEpoch())
        .param("ids", texts(files, DriveFile::id))
        .param("parents", texts(files, DriveFile::parentId))
        .param("versions", longs(files, DriveFile::version))
        .param("names", texts(files, DriveFile::name))
        .param("mimes", texts(files, DriveFile::mimeType))
        .param("sizes", longs(files, DriveFile::size))
        .param("widths", numbers(files, ImageMetadata::width))
        .param("heights", numbers(files, ImageMetadata::height))
        .param("rotations", numbers(files, ImageMetadata::rotation))
        .param(
            "takens", texts(files, f -> image(f, ImageMetadata::takenAt, LocalDateTime::toString)))
        .param("cameras", texts(files, f -> image(f, ImageMetadata::camera, c -> c)))
        .param("md5s", texts(files, DriveFile::md5))
        .param("keys", texts(files, DriveFile::resourceKey))
        .param("targets", texts(files, DriveFile::targetId));
  }

  /** Turns photos into tombstones; to be called in the transaction of a lease. */
  Tally bury(EventKey key, Collection<Tombstone> tombstones) {
    if (tombstones.isEmpty()) {
      return Tally.NOTHING;
    }
    var removed =
        jdbc.sql(PhotoStatements.BURY)
            .param("event", key.event())
            .param("epoch", key.folderEpoch())
            .param("ids", texts(tombstones, Tombstone::fileId))
            .param("versions", longs(tombstones, Tombstone::version))
            .param("reasons", texts(tombstones, Tombstone::reason))
            .query(Integer.class)
            .single();
    held.release(key, tombstones.stream().map(Tombstone::fileId).toList());
    return grow(key, Tally.removed(removed));
  }

  /** The photos among these files, by file id. */
  public Map<String, HeldPhoto> held(EventKey key, Collection<String> fileIds) {
    return select(key, "drive_file_id in (select unnest(:ids::text[]))", "ids", fileIds).stream()
        .collect(Collectors.toMap(HeldPhoto::driveFileId, Function.identity()));
  }

  /** How many photos lie in these folders. */
  public long count(EventKey key, Collection<String> folderIds) {
    return jdbc.sql(
            "select count(*) from photo where event_id = :event and folder_epoch = :epoch and"
                + " removed_at is null and parent_id in (select unnest(:ids::text[]))")
        .param("event", key.event())
        .param("epoch", key.folderEpoch())
        .param("ids", folderIds.toArray(String[]::new))
        .query(Long.class)
        .single();
  }

  /**
   * Some of the photos that lie in these folders, in the order of their file ids.
   *
   * @param after only those that come after this id
   */
  public List<HeldPhoto> in(EventKey key, Collection<String> folderIds, String after, int atMost) {
    return jdbc.sql(
            HELD
                + " and parent_id in (select unnest(:ids::text[])) and drive_file_id > :after order by drive_file_id"
                + " limit :most")
        .param("event", key.event())
        .param("epoch", key.folderEpoch())
        .param("ids", folderIds.toArray(String[]::new))
        .param("after", after)
        .param("most", atMost)
        .query(HeldPhoto.ROW)
        .list();
  }

  /** Photos whose image metadata Google did not have yet, and that are to be asked for again. */
  public List<HeldPhoto> metadataDue(EventKey key, int limit) {
    return select(key, "metadata_due_at <= clock_timestamp() limit :limit", "limit", limit);
  }

  /** Notes that these were asked for again, with or without success. */
  public void metadataAsked(EventKey key, Collection<String> fileIds) {
    jdbc.sql(
            """
            update photo set metadata_asked = metadata_asked + 1,
                   metadata_due_at = case when width is null then clock_timestamp() + make_interval(secs => case metadata_asked when 0 then 600 when 1 then 3600 end) end
             where event_id = :event and folder_epoch = :epoch and drive_file_id in (select unnest(:ids::text[]))
            """)
        .param("event", key.event())
        .param("epoch", key.folderEpoch())
        .param("ids", fileIds.toArray(String[]::new))
        .update();
  }

  private List<HeldPhoto> select(EventKey key, String condition, String name, Object value) {
    var array = value instanceof Collection<?> ids ? ids.toArray(String[]::new) : value;
    return jdbc.sql(HELD + " and " + condition)
        .param("event", key.event())
        .param("epoch", key.folderEpoch())
        .param(name, array)
        .query(HeldPhoto.ROW)
        .list();
  }

  /** The count stands beside the event, kept in the same transaction. */
  private Tally grow(EventKey key, Tally tally) {
    if (tally.growth() != 0) {
      jdbc.sql("update event_sync set photo_count = photo_count + :n where event_id = :event")
          .param("n", tally.growth(), Types.INTEGER)
          .param("event", key.event())
          .update();
    }
    return tally;
  }

  private static <V> @Nullable String image(
      DriveFile file, Function<ImageMetadata, @Nullable V> part, Function<V, String> text) {
    var value = file.image() == null ? null : part.apply(file.image());
    return value == null ? null : text.apply(value);
  }

  private static Integer[] numbers(
      Collection<DriveFile> files, Function<ImageMetadata, @Nullable Integer> part) {
    return files.stream()
        .map(f -> f.image() == null ? null : part.apply(f.image()))
        .toArray(Integer[]::new);
  }
}
