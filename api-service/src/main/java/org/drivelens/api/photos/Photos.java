package org.drivelens.api.photos;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.drivelens.api.paging.Cursors;
import org.drivelens.api.paging.Page;
import org.drivelens.event.EventId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads galleries page by page. A page begins behind a row, so none is shown twice or left out. */
@Component
class Photos {

  private final JdbcClient jdbc;
  private final Cursors cursors;
  private final Galleries galleries;
  private final FolderPaths folderPaths;

  Photos(JdbcClient jdbc, Cursors cursors, Galleries galleries, FolderPaths folderPaths) {
    this.jdbc = jdbc;
    this.cursors = cursors;
    this.galleries = galleries;
    this.folderPaths = folderPaths;
  }

  /** Where a page begins: in this part of the order, behind this row of it. */
  private record Start(int part, @Nullable String key, @Nullable UUID id) {

    static final Start AT_THE_TOP = new Start(0, null, null);

    static Start of(List<String> position) {
      return new Start(
          Integer.parseInt(position.get(0)), position.get(1), UUID.fromString(position.get(2)));
    }
  }

  private record Row(PhotoView photo, String parentId, int part, @Nullable String key) {

    List<String> position() {
      return List.of(
          String.valueOf(part), Objects.requireNonNullElse(key, ""), photo.id().toString());
    }
  }

  Page<PhotoView> page(
      EventId event, PhotoFilter filter, PhotoSort sort, @Nullable String cursor, int limit) {
    var list =
        List.of(
            "photos",
            event.toString(),
            sort.parameter(),
            "q=" + Objects.requireNonNullElse(filter.q(), ""),
            "mimeType=" + Objects.requireNonNullElse(filter.mimeType(), ""));
    var start = cursor == null ? Start.AT_THE_TOP : Start.of(cursors.decode(list, cursor));
    var epoch = galleries.epoch(event);
    var rows = new ArrayList<Row>();
    for (int part = start.part(); part < sort.parts().size() && rows.size() <= limit; part++) {
      var behind = part == start.part() ? start : Start.AT_THE_TOP;
      rows.addAll(
          rows(new Query(event, epoch, filter, sort, part), behind, limit + 1 - rows.size()));
    }
    var page = Page.of(rows, limit, last -> cursors.encode(list, last.position()));
    return new Page<>(withFolders(event, epoch, page.items()), page.nextCursor());
  }

  /** One stretch of one list. */
  record Query(EventId event, int epoch, PhotoFilter filter, PhotoSort sort, int number) {

    PhotoSort.Part part() {
      return sort.parts().get(number);
    }

    /** The limit stands in the text: the planner must know how few rows are wanted. */
    String sql(boolean behind, int limit) {
      return """
      select p.id, p.drive_file_id, p.target_file_id, p.parent_id, p.version, p.name, p.mime_type, p.file_size, p.width,
             p.height, p.rotation, p.taken_at, p.camera, p.md5, p.created_at, p.updated_at,
             %s as sort_key
        from photo p
       where p.event_id = :event and p.folder_epoch = :epoch and p.removed_at is null
         and %s%s%s
       order by %s limit %d
      """
          .formatted(
              sort.key(),
              part().holds(),
              behind ? " and " + part().after() : "",
              filter.sql(),
              part().order(),
              limit);
    }

    private Row row(ResultSet row) throws SQLException {
      return new Row(
          PhotoView.of(row, event, List.of()),
          row.getString("parent_id"),
          number,
          row.getString("sort_key"));
    }
  }

  private List<Row> rows(Query query, Start start, int limit) {
    return jdbc.sql(query.sql(start.id() != null, limit))
        .param("event", query.event().value())
        .param("epoch", query.epoch())
        .param("key", start.key())
        .param("id", start.id())
        .params(query.filter().parameters())
        .query((row, _) -> query.row(row))
        .list();
  }

  private List<PhotoView> withFolders(EventId event, int epoch, List<Row> rows) {
    var folders = rows.stream().map(Row::parentId).collect(Collectors.toSet());
    var paths = folderPaths.of(event, epoch, folders);
    Function<Row, PhotoView> placed =
        row -> row.photo().in(paths.getOrDefault(row.parentId(), List.of()));
    return rows.stream().map(placed).toList();
  }
}
