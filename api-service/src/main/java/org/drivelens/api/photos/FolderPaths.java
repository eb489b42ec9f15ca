package org.drivelens.api.photos;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.drivelens.event.EventId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The names of the folders that lead to a folder, computed when read: a rename touches no photo.
 */
@Component
public class FolderPaths {

  /** Drive allows 100 levels; more would be a ring, seen in the middle of moves. */
  private static final int DEEPEST = 110;

  private final JdbcClient jdbc;

  FolderPaths(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * @param folders Drive ids
   * @return by folder the names from below the event's own folder down to it
   */
  public Map<String, List<String>> of(EventId event, int epoch, Collection<String> folders) {
    var paths = new HashMap<String, List<String>>();
    jdbc.sql(
            """
            with recursive up as (
              select f.folder_id as leaf, f.parent_id, f.name, 0 as level
                from event_folder f
               where f.event_id = :event and f.folder_epoch = :epoch and f.folder_id = any (:folders)
              union all
              select up.leaf, f.parent_id, f.name, up.level + 1
                from up join event_folder f
                  on f.event_id = :event and f.folder_epoch = :epoch and f.folder_id = up.parent_id
               where up.level < :deepest
            )
            select leaf, array_agg(name order by level desc) as names
              from up where parent_id is not null group by leaf
            """)
        .param("event", event.value())
        .param("epoch", epoch)
        .param("folders", folders.toArray(String[]::new))
        .param("deepest", DEEPEST)
        .query((ResultSet row) -> {
          paths.put(row.getString("leaf"), names(row));
        });
    if (paths.size() < folders.size()) {
      addHidden(event, epoch, folders, paths);
    }
    return paths;
  }

  /**
   * Paths as one text each, "/" for the event's own folder; folders that are not in the tree are
   * left out.
   */
  Map<String, String> shown(EventId event, Collection<String> folders) {
    var known = new HashMap<String, Integer>();
    jdbc.sql(
            """
            select f.folder_id, f.folder_epoch from event_folder f join event_sync s using (event_id, folder_epoch)
             where f.event_id = :event and f.folder_id = any (:folders)
            """)
        .param("event", event.value())
        .param("folders", folders.toArray(String[]::new))
        .query((ResultSet row) -> {
          known.put(row.getString("folder_id"), row.getInt("folder_epoch"));
        });
    var shown = new HashMap<String, String>();
    known.values().stream()
        .findFirst()
        .map(epoch -> of(event, epoch, known.keySet()))
        .ifPresent(paths ->
            known
                .keySet()
                .forEach(id ->
                    shown.put(id, "/" + String.join("/", paths.getOrDefault(id, List.of())))));
    return shown;
  }

  /** Photos that are kept although they seem to be gone: their folder may have left the tree. */
  private void addHidden(
      EventId event, int epoch, Collection<String> folders, Map<String, List<String>> paths) {
    jdbc.sql(
            """
            select distinct on (p.parent_id) p.parent_id as leaf, h.folder_path as names
              from held_removal h join photo p using (event_id, folder_epoch, drive_file_id)
             where h.event_id = :event and h.folder_epoch = :epoch and p.parent_id = any (:folders)
            """)
        .param("event", event.value())
        .param("epoch", epoch)
        .param("folders", folders.toArray(String[]::new))
        .query((ResultSet row) -> {
          paths.putIfAbsent(row.getString("leaf"), names(row));
        });
  }

  private static List<String> names(ResultSet row) throws SQLException {
    return Arrays.stream((String[]) row.getArray("names").getArray()).toList();
  }
}
