package org.drivelens.worker.sync;

import static org.drivelens.worker.photos.Columns.texts;

import java.sql.Types;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.drivelens.drive.DriveFile;
import org.drivelens.worker.photos.EventKey;
import org.drivelens.worker.photos.HeldPhoto;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the pages of a walk showed, and so what they did not show. */
final class Sightings {

  /**
   * The walk's tables are too new for statistics, and a plan that takes them for empty would
   * compare each photo with each sighting: of a full join ({@code offset 0} keeps it one)
   * PostgreSQL cannot make nested loops. What is left is looked up one by one for the same reason.
   */
  private static final String UNSEEN =
      """
      with unseen as (
        select drive_file_id from (
          select p.drive_file_id, s.folder_id
            from (select drive_file_id, parent_id from photo
                   where event_id = :event and folder_epoch = :epoch and removed_at is null
                     and (:folders::text[] is null or parent_id in (select unnest(:folders::text[])))
                     and drive_file_id > :after) as p
            full join (select unnest(s.file_ids) as drive_file_id, s.folder_id from walk_page s
                         join walk_folder d on d.event_id = s.event_id and d.folder_id = s.folder_id and d.listed_at is not null
                        where s.event_id = :event) as s
              on s.drive_file_id = p.drive_file_id and s.folder_id = p.parent_id offset 0) as held_or_shown
         where folder_id is null),
      next as (
        select drive_file_id from unseen
         where drive_file_id not in (select h.drive_file_id from held_removal h
                                      where h.event_id = :event and h.folder_epoch = :epoch
                                        and h.asked_at >= (select w.started_at from walk w where w.event_id = :event))
         order by drive_file_id limit :most)
      select p.drive_file_id, p.parent_id, p.version, p.resource_key
        from next cross join lateral (select * from photo where event_id = :event and folder_epoch = :epoch
                                         and drive_file_id = next.drive_file_id offset 0) as p
       order by p.drive_file_id
      """;

  private final JdbcClient jdbc;

  Sightings(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Files known to be there, each in its folder, without a listing of their own. */
  void seen(UUID event, Collection<DriveFile> files) {
    var placed = files.stream().filter(f -> f.parentId() != null).toList();
    seen(event, texts(placed, DriveFile::parentId), texts(placed, DriveFile::id));
  }

  /** Photos that stay although they do not answer: they are not to be asked for again. */
  void hidden(UUID event, Collection<HeldPhoto> photos) {
    seen(event, texts(photos, HeldPhoto::parentId), texts(photos, HeldPhoto::driveFileId));
  }

  private void seen(UUID event, String[] folders, String[] ids) {
    jdbc.sql(
            """
            insert into walk_page (event_id, folder_id, page, file_ids)
            select :event, s.folder, coalesce((select least(min(p.page), -1) from walk_page p
                                                where p.event_id = :event and p.folder_id = s.folder), -1) - 1, array_agg(s.id)
              from unnest(:folders::text[], :ids::text[]) as s(folder, id) group by s.folder
            """)
        .param("event", event)
        .param("folders", folders)
        .param("ids", ids)
        .update();
  }

  /**
   * The photos that the walk did not show in the folder where we hold them, or whose folder it did
   * not list. Absence is doubt, not proof. Some of them, in the order of their file ids. Those that
   * were asked for in vain since the walk began are left out, or its end would never be reached.
   *
   * @param folders only those that lie in these; null for all
   * @param after only those that come after this id
   */
  List<HeldPhoto> unseen(
      EventKey key, @Nullable Collection<String> folders, String after, int atMost) {
    return jdbc.sql(UNSEEN)
        .param("event", key.event())
        .param("epoch", key.folderEpoch())
        .param("folders", folders == null ? null : folders.toArray(String[]::new), Types.ARRAY)
        .param("after", after)
        .param("most", atMost)
        .query(HeldPhoto.ROW)
        .list();
  }
}
