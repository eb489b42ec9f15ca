package org.drivelens.api.folders;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.drivelens.event.EventId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds the events that follow the same folder, one above it, or one inside it. */
@Component
public class Overlaps {

  private static final int NAMED = 20;

  private final JdbcClient jdbc;

  Overlaps(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * From the database alone: an event that was never synced shows only its own folder.
   *
   * @param but the event that asks
   */
  public List<Warning> of(String folderId, EventId but) {
    return of(folderId, List.of(), but.value());
  }

  /**
   * @param above the folders that lead to it, as far as they are known
   */
  public List<Warning> of(String folderId, List<String> above) {
    return of(folderId, above, null);
  }

  private List<Warning> of(String folderId, List<String> above, @Nullable UUID but) {
    return jdbc.sql(
            """
            select e.id, e.name, bool_or(s.folder_id = :folder) as same, bool_or(r.inside) as inside
              from (select event_id, folder_epoch, true as inside from event_folder where folder_id = any (:path)
                    union all
                    select event_id, folder_epoch, false from event_ancestor where folder_id = :folder) r
              join event_sync s on s.event_id = r.event_id and s.folder_epoch = r.folder_epoch
              join event e on e.id = r.event_id and e.deleted_at is null
             where e.id is distinct from cast(:but as uuid)
             group by e.id, e.name order by e.id limit :named
            """)
        .param("folder", folderId)
        .param("path", Stream.concat(Stream.of(folderId), above.stream()).toArray(String[]::new))
        .param("but", but)
        .param("named", NAMED)
        .query(Overlaps::warning)
        .list();
  }

  private static Warning warning(ResultSet row, int number) throws SQLException {
    var event = row.getObject("id", UUID.class);
    var name = "The event \"" + row.getString("name") + "\" ";
    if (row.getBoolean("same")) {
      return new Warning(
          Warning.Code.SAME_FOLDER,
          name + "follows this folder too: both show the same photos.",
          event);
    }
    return row.getBoolean("inside")
        ? new Warning(
            Warning.Code.INSIDE_ANOTHER_EVENT,
            name + "follows a folder above this one: it shows these photos too.",
            event)
        : new Warning(
            Warning.Code.CONTAINS_ANOTHER_EVENT,
            name + "follows a folder inside this one: its photos are shown here too.",
            event);
  }
}
