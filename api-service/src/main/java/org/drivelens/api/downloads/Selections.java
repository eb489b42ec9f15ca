package org.drivelens.api.downloads;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.drivelens.api.paging.Cursors;
import org.drivelens.api.paging.Page;
import org.drivelens.api.problems.ApiProblem;
import org.drivelens.api.problems.ProblemType;
import org.drivelens.api.rows.Columns;
import org.drivelens.event.EventId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Download selections and their items in the database, whose clock decides what has expired. */
@Component
class Selections {

  private static final JsonMapper JSON = JsonMapper.shared();

  private final JdbcClient jdbc;
  private final Cursors cursors;

  Selections(JdbcClient jdbc, Cursors cursors) {
    this.jdbc = jdbc;
    this.cursors = cursors;
  }

  UUID insert(EventId event, int epoch, Token token, int photos, Duration openFor) {
    return jdbc.sql(
            """
            insert into download_selection (event_id, folder_epoch, token_hash, photo_count, expires_at)
            values (:event, :epoch, :hash, :photos, clock_timestamp() + make_interval(hours => :hours))
            returning id
            """)
        .param("event", event.value())
        .param("epoch", epoch)
        .param("hash", token.hash())
        .param("photos", photos)
        .param("hours", Math.toIntExact(openFor.toHours()))
        .query(UUID.class)
        .single();
  }

  /**
   * What is told of a link that was made.
   *
   * @throws ApiProblem if it is over and was dropped, when a request is sent again a day later
   */
  DownloadAnswers.Created created(UUID selection, Token token) {
    return jdbc.sql("select expires_at, photo_count from download_selection where id = :id")
        .param("id", selection)
        .query((row, _) ->
            new DownloadAnswers.Created(
                selection,
                token.text(),
                token.path(),
                Columns.moment(row, "expires_at"),
                row.getInt("photo_count")))
        .optional()
        .orElseThrow(
            () -> ApiProblem.of(ProblemType.DOWNLOAD_OVER, "The link that was made is over."));
  }

  /**
   * Copies what is known of these photos of the event now; those it has not are left out.
   *
   * @param paths JSON: the names of folders by Drive's id of the last of them
   * @return which it has
   */
  List<UUID> insertItems(UUID selection, EventId event, int epoch, UUID[] photos, String paths) {
    return jdbc.sql(
            """
            insert into download_item (selection_id, number, photo_id, drive_file_id, resource_key, name,
                                       folder_path, mime_type, file_size, md5, taken_at)
            select :selection, chosen.number, p.id, coalesce(p.target_file_id, p.drive_file_id), p.resource_key, p.name,
                   coalesce(cast(:paths as jsonb) -> p.parent_id, '[]'), p.mime_type, p.file_size, p.md5, p.taken_at
              from unnest(:photos) with ordinality as chosen (id, number)
              join photo p on p.event_id = :event and p.id = chosen.id
                          and p.folder_epoch = :epoch and p.removed_at is null
            returning photo_id
            """)
        .param("selection", selection)
        .param("event", event.value())
        .param("epoch", epoch)
        .param("photos", photos)
        .param("paths", paths)
        .query((row, _) -> row.getObject(1, UUID.class))
        .list();
  }

  /** The folders that hold these photos, by Drive's id. */
  List<String> folders(EventId event, int epoch, UUID[] photos) {
    return jdbc.sql(
            """
            select distinct parent_id from photo
             where event_id = :event and folder_epoch = :epoch and id = any (:photos)
            """)
        .param("event", event.value())
        .param("epoch", epoch)
        .param("photos", photos)
        .query((row, _) -> row.getString(1))
        .list();
  }

  /**
   * What a link gives.
   *
   * @throws ApiProblem 404 if it is no link, 410 if it is over
   */
  Selection open(Token token) {
    record Found(Selection selection, boolean open) {}
    var found =
        jdbc.sql(
                """
                select d.id, e.name as event_name, d.created_at, d.expires_at, d.missing,
                       d.revoked_at is null and d.expires_at > clock_timestamp()
                         and e.deleted_at is null and s.folder_epoch = d.folder_epoch as open
                  from download_selection d
                  join event e on e.id = d.event_id
                  join event_sync s on s.event_id = d.event_id
                 where d.token_hash = :hash
                """)
            .param("hash", token.hash())
            .query((row, n) -> new Found(Selection.of(row, n), row.getBoolean("open")))
            .optional()
            .orElseThrow(() -> ApiProblem.notFound("There is no such download link."));
    if (!found.open()) {
      throw ApiProblem.of(
          ProblemType.DOWNLOAD_OVER, "This download link has expired or was revoked.");
    }
    return found.selection();
  }

  List<Selection.Item> items(UUID selection) {
    return items(selection, null);
  }

  Optional<Selection.Item> item(UUID selection, int number) {
    return items(selection, number).stream().findFirst();
  }

  private List<Selection.Item> items(UUID selection, @Nullable Integer number) {
    return jdbc.sql(
            """
            select i.*, case when i.refused_at > clock_timestamp() - interval '1 hour' then i.refused end as refused_now,
                   exists (select from photo p
                            where p.event_id = d.event_id and p.id = i.photo_id
                              and p.folder_epoch = d.folder_epoch and p.removed_at is null) as shown
              from download_item i join download_selection d on d.id = i.selection_id
             where d.id = :selection%s order by i.number
            """
                .formatted(number == null ? "" : " and i.number = :number"))
        .param("selection", selection)
        .param("number", number)
        .query((row, _) ->
            Selection.Item.of(
                row, JSON.readValue(row.getString("folder_path"), new TypeReference<>() {})))
        .list();
  }

  /** What a download that begins now does without, so that it can be resumed as it began. */
  void keep(UUID selection, Missing missing) {
    jdbc.sql("update download_selection set missing = cast(:missing as jsonb) where id = :id")
        .param("missing", missing.json())
        .param("id", selection)
        .update();
  }

  void keepCrc(UUID selection, int number, long crc) {
    jdbc.sql(
            "update download_item set crc = :crc where selection_id = :id and number = :number"
                + " and crc is distinct from :crc")
        .param("crc", crc)
        .param("id", selection)
        .param("number", number)
        .update();
  }

  void refused(UUID selection, int number, String why) {
    jdbc.sql(
            """
            update download_item set refused = :why, refused_at = clock_timestamp()
             where selection_id = :id and number = :number
            """)
        .param("why", why)
        .param("id", selection)
        .param("number", number)
        .update();
  }

  /** Newest first, until the daily clean-up takes those that are over. */
  Page<DownloadAnswers.Listed> page(EventId event, @Nullable String cursor, int limit) {
    var list = List.of("download-selections", event.toString());
    var after = cursor == null ? null : UUID.fromString(cursors.decode(list, cursor).getFirst());
    var rows =
        jdbc.sql(
                """
                select d.*, coalesce(t.bytes, 0) as bytes,
                       d.expires_at <= clock_timestamp() or s.folder_epoch <> d.folder_epoch as expired
                  from download_selection d
                  join event_sync s on s.event_id = d.event_id
                  left join lateral (
                    select sum(i.file_size) as bytes from download_item i where i.selection_id = d.id) t on true
                 where d.event_id = :event%s order by d.id desc limit :rows
                """
                    .formatted(after == null ? "" : " and d.id < :after"))
            .param("event", event.value())
            .param("after", after)
            .param("rows", limit + 1)
            .query(DownloadAnswers.Listed::of)
            .list();
    return Page.of(rows, limit, last -> cursors.encode(list, List.of(last.id().toString())));
  }

  /** False if the event has no such selection. */
  boolean revoke(EventId event, UUID selection) {
    return jdbc.sql(
                """
                update download_selection set revoked_at = coalesce(revoked_at, clock_timestamp())
                 where event_id = :event and id = :id
                """)
            .param("event", event.value())
            .param("id", selection)
            .update()
        > 0;
  }
}
