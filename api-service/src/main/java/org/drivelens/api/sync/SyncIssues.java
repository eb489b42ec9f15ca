package org.drivelens.api.sync;

import static org.drivelens.api.rows.Columns.moment;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.drivelens.api.paging.Cursors;
import org.drivelens.api.paging.Page;
import org.drivelens.api.photos.FolderPaths;
import org.drivelens.api.problems.ApiProblem;
import org.drivelens.event.EventId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads what of an event's folder cannot be shown, or could not, and why. */
@Component
class SyncIssues {

  private final JdbcClient jdbc;
  private final Cursors cursors;
  private final SyncViews views;
  private final SyncRuns runs;
  private final FolderPaths folderPaths;

  SyncIssues(
      JdbcClient jdbc, Cursors cursors, SyncViews views, SyncRuns runs, FolderPaths folderPaths) {
    this.jdbc = jdbc;
    this.cursors = cursors;
    this.views = views;
    this.runs = runs;
    this.folderPaths = folderPaths;
  }

  /**
   * What is amiss now. Folders first, each kind in the order of Drive's ids: a place that no change
   * moves.
   */
  Page<SyncIssue> page(EventId event, @Nullable String cursor, int limit) {
    views.require(event);
    var now =
        """
        select i.* from sync_issue i join event_sync s using (event_id, folder_epoch)
         where i.event_id = :event and s.cleared_epoch = s.folder_epoch
        """;
    return page(now, event, null, cursor, limit);
  }

  /**
   * What was amiss when a run ended, or is now if it goes on; in the same order.
   *
   * @throws ApiProblem if there is no such event, or it has no such run
   */
  Page<SyncIssue> ofRun(EventId event, UUID run, @Nullable String cursor, int limit) {
    runs.one(event, run);
    var then =
        """
        select i.* from sync_run r
          join (select event_id, folder_epoch, item_id, kind, name, reason, message, since, null as ended_at from sync_issue
                union all
                select event_id, folder_epoch, item_id, kind, name, reason, message, since, ended_at from past_issue) as i
            using (event_id, folder_epoch)
         where r.event_id = :event and r.id = :run and i.since <= coalesce(r.finished_at, 'infinity')
           and coalesce(i.ended_at, 'infinity') > coalesce(r.finished_at, clock_timestamp())
        """;
    return page(then, event, run, cursor, limit);
  }

  private Page<SyncIssue> page(
      String issues, EventId event, @Nullable UUID run, @Nullable String cursor, int limit) {
    var list = List.of("issues", event.toString(), String.valueOf(run));
    var after = cursor == null ? List.of("", "") : cursors.decode(list, cursor);
    var rows =
        jdbc.sql(
                """
                select i.* from (%s) as i
                 where (case i.kind when 'FOLDER' then '0' else '1' end, i.item_id) > (:kind, :item)
                 order by case i.kind when 'FOLDER' then '0' else '1' end, i.item_id limit :rows
                """
                    .formatted(issues))
            .param("event", event.value())
            .param("run", run)
            .param("kind", after.get(0))
            .param("item", after.get(1))
            .param("rows", limit + 1)
            .query(SyncIssues::issue)
            .list();
    var page =
        Page.of(
            rows, limit, last -> cursors.encode(list, List.of(place(last), last.driveItemId())));
    return new Page<>(placed(event, page.items()), page.nextCursor());
  }

  private List<SyncIssue> placed(EventId event, List<SyncIssue> issues) {
    var epoch = views.epoch(event);
    var folders = issues.stream().map(SyncIssue::driveItemId).toList();
    var paths = folderPaths.of(event, epoch, folders);
    return issues.stream()
        .map(i ->
            new SyncIssue(
                i.kind(),
                i.driveItemId(),
                i.name(),
                i.kind() == SyncIssue.Kind.FOLDER ? paths.get(i.driveItemId()) : null,
                i.reason(),
                i.message(),
                i.since()))
        .toList();
  }

  private static String place(SyncIssue issue) {
    return issue.kind() == SyncIssue.Kind.FOLDER ? "0" : "1";
  }

  private static SyncIssue issue(ResultSet row, int number) throws SQLException {
    return new SyncIssue(
        SyncIssue.Kind.valueOf(row.getString("kind")),
        row.getString("item_id"),
        row.getString("name"),
        null,
        row.getString("reason"),
        row.getString("message"),
        moment(row, "since"));
  }
}
