package org.drivelens.api.photos;

import static org.drivelens.api.rows.Columns.instant;
import static org.drivelens.api.rows.Columns.moment;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.drivelens.api.paging.Cursors;
import org.drivelens.api.paging.Page;
import org.drivelens.api.photos.PhotoHistory.Change;
import org.drivelens.api.photos.PhotoHistory.Field;
import org.drivelens.api.photos.PhotoHistory.Kind;
import org.drivelens.api.photos.PhotoHistory.Reason;
import org.drivelens.api.problems.ApiProblem;
import org.drivelens.event.EventId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads what happened to single photos, removed ones too. */
@Component
class PhotoHistories {

  private static final String FOLDER = "folder";
  private static final JsonMapper JSON = JsonMapper.shared();

  private final JdbcClient jdbc;
  private final Cursors cursors;
  private final FolderPaths folderPaths;

  PhotoHistories(JdbcClient jdbc, Cursors cursors, FolderPaths folderPaths) {
    this.jdbc = jdbc;
    this.cursors = cursors;
    this.folderPaths = folderPaths;
  }

  private record Row(
      long seq, Change change, @Nullable String folderBefore, @Nullable String folderAfter) {}

  /**
   * @throws ApiProblem if the event has no such photo, and nothing is known of one any more
   */
  PhotoHistory of(EventId event, UUID photo, @Nullable String cursor, int limit) {
    var list = List.of("photo-history", event.toString(), photo.toString());
    var before =
        cursor == null ? Long.MAX_VALUE : Long.parseLong(cursors.decode(list, cursor).getFirst());
    var rows = rows(event, photo, before, limit + 1);
    var head = head(event, photo);
    if (head.isEmpty() && rows.isEmpty()) {
      throw ApiProblem.notFound("The event has no photo " + photo + ", and none is remembered.");
    }
    var page =
        Page.of(rows, limit, last -> cursors.encode(list, List.of(String.valueOf(last.seq()))));
    var items = withFolders(event, page.items());
    return head.map(h ->
            new PhotoHistory(
                photo, h.name(), h.createdAt(), h.removedAt(), items, page.nextCursor()))
        .orElse(new PhotoHistory(photo, null, null, null, items, page.nextCursor()));
  }

  private Optional<PhotoHistory> head(EventId event, UUID photo) {
    return jdbc.sql(
            """
            select p.name, p.created_at, p.removed_at
              from photo p join event_sync s using (event_id, folder_epoch) join event e on e.id = p.event_id
             where p.event_id = :event and p.id = :photo and e.deleted_at is null
            """)
        .param("event", event.value())
        .param("photo", photo)
        .query((row, _) ->
            new PhotoHistory(
                photo,
                row.getString("name"),
                moment(row, "created_at"),
                instant(row, "removed_at"),
                List.of(),
                null))
        .optional();
  }

  private List<Row> rows(EventId event, UUID photo, long before, int limit) {
    return jdbc.sql(
            """
            select h.seq, h.kind, h.reason, h.changes, h.run_id, h.happened_at, r.trigger
              from photo_history h join event_sync s using (event_id, folder_epoch) join event e on e.id = h.event_id
              left join sync_run r on r.id = h.run_id
             where h.event_id = :event and h.photo_id = :photo and h.seq < :before and e.deleted_at is null
             order by h.seq desc limit :limit
            """)
        .param("event", event.value())
        .param("photo", photo)
        .param("before", before)
        .param("limit", limit)
        .query((row, _) -> row(row))
        .list();
  }

  private Row row(ResultSet row) throws SQLException {
    var changes = row.getString("changes");
    var fields = new ArrayList<Field>();
    String folderBefore = null;
    String folderAfter = null;
    if (changes != null) {
      for (Map.Entry<String, JsonNode> change : JSON.readTree(changes).properties()) {
        var was = text(change.getValue().get(0));
        var became = text(change.getValue().get(1));
        if (change.getKey().equals(FOLDER)) {
          folderBefore = was;
          folderAfter = became;
        } else {
          fields.add(new Field(change.getKey(), was, became));
        }
      }
    }
    var kind = Kind.valueOf(row.getString("kind"));
    var reason = row.getString("reason") == null ? null : Reason.valueOf(row.getString("reason"));
    var change =
        new Change(
            moment(row, "happened_at"),
            kind,
            reason,
            PhotoSentences.of(kind, reason),
            fields,
            row.getObject("run_id", UUID.class),
            row.getString("trigger"));
    return new Row(row.getLong("seq"), change, folderBefore, folderAfter);
  }

  private static @Nullable String text(JsonNode value) {
    return value.isNull() ? null : value.asString();
  }

  private List<Change> withFolders(EventId event, List<Row> rows) {
    Set<String> folders = new HashSet<>();
    for (var row : rows) {
      Optional.ofNullable(row.folderBefore()).ifPresent(folders::add);
      Optional.ofNullable(row.folderAfter()).ifPresent(folders::add);
    }
    var tree = folders.isEmpty() ? Map.<String, String>of() : folderPaths.shown(event, folders);
    return rows.stream().map(row -> withFolders(row, tree)).toList();
  }

  private static Change withFolders(Row row, Map<String, String> tree) {
    if (row.folderAfter() == null) {
      return row.change();
    }
    var c = row.change();
    var fields = new ArrayList<>(c.fields());
    fields.add(new Field(FOLDER, tree.get(row.folderBefore()), tree.get(row.folderAfter())));
    return new Change(c.at(), c.kind(), c.reason(), c.message(), fields, c.runId(), c.trigger());
  }
}
