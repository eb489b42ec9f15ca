package org.drivelens.worker.sync;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.drivelens.drive.DriveFile;
import org.drivelens.worker.photos.EventKey;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What shortcuts lead to and all above that, as the last walk saw it, with the shortcuts that lead
 * to folders or nowhere. What happens there shows in no entry of ours, and where a folder with
 * several ways to it belongs only a walk of the whole folder tells: so any of these that is newer
 * asks for one.
 */
final class ShortcutWays {

  /** The version of what we could not see. */
  private static final long UNSEEN = 0;

  private final JdbcClient jdbc;

  ShortcutWays(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * A shortcut.
   *
   * @param up what it leads to and all above that, as far as we can see them
   */
  record Way(DriveFile shortcut, List<DriveFile> up) {

    /** Whether what it leads to lies in this folder by itself. */
    boolean passes(String folder) {
      return up.stream().anyMatch(f -> f.id().equals(folder));
    }

    /** A shortcut to an image is a photo of its own: its entries tell of it. */
    boolean isPhoto() {
      return !up.isEmpty() && up.getFirst().isImage();
    }
  }

  /** What came of noting ways. */
  enum Noted {
    /** All of it was known, or nothing was to be noted. */
    KNOWN,
    /** A shortcut to a folder, or to nothing we may see, is new. */
    NEW,
    /** Something is newer than before: what another shortcut showed may not hold any more. */
    NEWER
  }

  private record Row(String id, long version, @Nullable String parent) {

    Row and(Row other) {
      return new Row(id, Math.max(version, other.version), parent == null ? other.parent : parent);
    }
  }

  /** A walk of the whole folder finds them anew. */
  void forget(EventKey key) {
    jdbc.sql("delete from event_shortcut where event_id = :event")
        .param("event", key.event())
        .update();
  }

  Noted note(EventKey key, Collection<Way> ways) {
    if (ways.isEmpty()) {
      return Noted.KNOWN;
    }
    var rows = rows(ways).values();
    return jdbc
        .sql(
            """
            insert into event_shortcut as s (event_id, folder_epoch, item_id, version, parent_id)
            select :event, :epoch, n.* from unnest(:ids::text[], :versions::bigint[], :parents::text[]) as n
            on conflict (event_id, folder_epoch, item_id) do update
               set version = excluded.version, parent_id = coalesce(excluded.parent_id, s.parent_id)
             where s.version < excluded.version
            returning old.version is not null as newer, new.parent_id is not null as shortcut
            """)
        .param("event", key.event())
        .param("epoch", key.folderEpoch())
        .param("ids", rows.stream().map(Row::id).toArray(String[]::new))
        .param("versions", rows.stream().map(Row::version).toArray(Long[]::new))
        .param("parents", rows.stream().map(Row::parent).toArray(String[]::new))
        .query((row, n) ->
            row.getBoolean("newer")
                ? Noted.NEWER
                : row.getBoolean("shortcut") ? Noted.NEW : Noted.KNOWN)
        .list()
        .stream()
        .max(Noted::compareTo)
        .orElse(Noted.KNOWN);
  }

  private static Map<String, Row> rows(Collection<Way> ways) {
    var rows = new HashMap<String, Row>();
    for (var way : ways) {
      var shortcut = way.shortcut();
      if (!way.isPhoto()) {
        add(rows, new Row(shortcut.id(), shortcut.version(), shortcut.parentId()));
      }
      if (way.up().isEmpty() && shortcut.shortcut() != null) {
        add(rows, new Row(shortcut.shortcut().targetId(), UNSEEN, null));
      }
      way.up().forEach(f -> add(rows, new Row(f.id(), f.version(), null)));
    }
    return rows;
  }

  private static void add(Map<String, Row> rows, Row row) {
    rows.merge(row.id(), row, Row::and);
  }

  /** Whether a shortcut lies in one of these folders: what it leads to may have another way. */
  boolean areIn(EventKey key, Collection<String> folders) {
    return !folders.isEmpty()
        && jdbc.sql(
                """
                select exists (select from event_shortcut
                                where event_id = :event and folder_epoch = :epoch and parent_id in (select unnest(:folders::text[])))
                """)
            .param("event", key.event())
            .param("epoch", key.folderEpoch())
            .param("folders", folders.toArray(String[]::new))
            .query(Boolean.class)
            .single();
  }
}
