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
    return paths;
  }

  private static List<String> names(ResultSet row) throws SQLException {
    return Arrays.stream((String[]) row.getArray("names").getArray()).toList();
  }
}
