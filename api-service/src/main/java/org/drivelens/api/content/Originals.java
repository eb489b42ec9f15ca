package org.drivelens.api.content;

import java.util.UUID;
import org.drivelens.api.problems.ApiProblem;
import org.drivelens.event.EventId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds the file behind a photo that is shown now. */
@Component
class Originals {

  private final JdbcClient jdbc;

  Originals(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Original get(EventId event, UUID photo) {
    return jdbc.sql(
            """
            select coalesce(p.target_file_id, p.drive_file_id) as drive_file_id, p.resource_key, p.name, p.mime_type, p.file_size, p.md5, p.version
              from photo p
              join event_sync s on s.event_id = p.event_id and s.folder_epoch = p.folder_epoch
              join event e on e.id = p.event_id
             where p.event_id = :event and p.id = :photo and p.removed_at is null and e.deleted_at is null
            """)
        .param("event", event.value())
        .param("photo", photo)
        .query(Original::of)
        .optional()
        .orElseThrow(() -> ApiProblem.notFound("There is no such photo."));
  }
}
