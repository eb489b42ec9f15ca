package org.drivelens.worker.sync;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.drivelens.worker.photos.EventKey;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The walk of an event as it is stored: its frontier and what is listed. A crash therefore resumes,
 * and what a complete walk did not show can be told.
 */
final class Walks {

  /** A folder with known trouble is listed by itself: it would take a whole group down with it. */
  private static final String ENTER =
      """
      insert into walk_folder (event_id, folder_id, alone)
      select :event, f.id, exists (select from sync_issue i where i.event_id = :event and i.folder_epoch = :epoch and i.item_id = f.id)
        from unnest(:ids::text[]) as f(id)
      on conflict (event_id, folder_id)
      """;

  private final JdbcClient jdbc;

  Walks(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Begins a walk of the whole folder.
   *
   * @param news the folder itself, or one above it, is newer than we knew
   */
  void begin(Claim claim, EventState state, boolean news) {
    var fresh = news || !freshTops(claim).isEmpty();
    drop(claim);
    jdbc.sql(
            """
            insert into walk (event_id, kind, feed_epoch, position, full_generation, since, by_clock)
            select s.event_id, 'FULL', :epoch, :position, s.requested_generation,
                   case when s.feed_epoch = :epoch then coalesce(s.position, :position) end,
                   case when s.full_generation > s.walked_generation then s.full_by_clock else r.trigger = 'SCHEDULED' end
                     and not s.walk_wanted and s.feed_epoch is not distinct from :epoch and not :fresh
              from event_sync s join sync_run r on r.id = :run
             where s.event_id = :event
            """)
        .param("event", claim.event())
        .param("epoch", state.epoch())
        .param("position", state.head())
        .param("run", claim.runId())
        .param("fresh", fresh)
        .update();
    enter(claim.key(), List.of(claim.root()));
  }

  /**
   * Folders to be listed with all below them; a walk of them begins if none is open.
   *
   * @param again for the second time, and the last
   */
  void list(Claim claim, Collection<String> tops, boolean again) {
    jdbc.sql(
            """
            insert into walk (event_id, kind, feed_epoch, position, full_generation)
            values (:event, 'SUBTREE', 0, 0, 0) on conflict do nothing
            """)
        .param("event", claim.event())
        .update();
    enter(claim.key(), tops);
    mark(claim, tops, again);
  }

  private void mark(Claim claim, Collection<String> tops, boolean again) {
    jdbc.sql(
            "update walk_folder set top = true, again = :again where event_id = :event and"
                + " folder_id in (select unnest(:ids::text[]))")
        .param("event", claim.event())
        .param("again", again)
        .param("ids", tops.toArray(String[]::new))
        .update();
  }

  /** Whether the walk that is open lists parts of the tree only. */
  boolean isOfParts(Claim claim) {
    return jdbc.sql("select exists (select from walk where event_id = :event and kind = 'SUBTREE')")
        .param("event", claim.event())
        .query(Boolean.class)
        .single();
  }

  void drop(Claim claim) {
    jdbc.sql("delete from walk where event_id = :event").param("event", claim.event()).update();
  }

  /**
   * A page showed these folders before the feed did, so their entries will say nothing new: they
   * are listed once more later all the same, like what is listed on the feed's word.
   */
  void listLater(Claim claim, Collection<String> folders) {
    if (!folders.isEmpty()) {
      mark(claim, folders, false);
    }
  }

  /** Puts folders into the frontier, to be listed from the start. */
  void enter(EventKey key, Collection<String> folders) {
    put(key, folders, ENTER + " do update set listed_at = null, listing = null");
  }

  /** Puts folders into the frontier unless the walk knows them already. */
  void meet(EventKey key, Collection<String> folders) {
    put(key, folders, ENTER + " do nothing");
  }

  private void put(EventKey key, Collection<String> folders, String sql) {
    if (!folders.isEmpty()) {
      jdbc.sql(sql)
          .param("event", key.event())
          .param("epoch", key.folderEpoch())
          .param("ids", folders.toArray(String[]::new))
          .update();
    }
  }

  /** Forgets folders: they left the tree, or what was listed of them counts no more. */
  void forget(UUID event, Collection<String> folders) {
    if (!folders.isEmpty()) {
      jdbc.sql(
              "delete from walk_folder where event_id = :event and folder_id in (select unnest(:ids::text[]))")
          .param("event", event)
          .param("ids", folders.toArray(String[]::new))
          .update();
    }
  }

  /** Folders as the walk knows them: those listed, or those still in the frontier. */
  Set<String> folders(Claim claim, boolean listed) {
    return new HashSet<>(
        jdbc.sql(
                "select folder_id from walk_folder where event_id = :event and (listed_at is not"
                    + " null) = :listed")
            .param("event", claim.event())
            .param("listed", listed)
            .query(String.class)
            .list());
  }

  /**
   * The folder cannot be listed. What we hold in it is asked for by the end of a full walk, item by
   * item: of what left while nobody told us, only that tells. A walk of parts takes it for seen.
   */
  void unreadable(Claim claim, String folder) {
    jdbc.sql(
            """
            with marked as (update walk_folder set listed_at = clock_timestamp() where event_id = :event and folder_id = :folder)
            insert into walk_page (event_id, folder_id, page, file_ids)
            select :event, :folder, -1, array_agg(p.drive_file_id)
              from photo p join walk w on w.event_id = p.event_id and w.kind = 'SUBTREE'
             where p.event_id = :event and p.folder_epoch = :epoch and p.parent_id = :folder and p.removed_at is null
            having count(*) > 0
            on conflict (event_id, folder_id, page) do update set file_ids = excluded.file_ids
            """)
        .param("event", claim.event())
        .param("epoch", claim.folderEpoch())
        .param("folder", folder)
        .update();
  }

  /** The walk has taken in the feed up to a position; {@code all} when that was its head. */
  void applied(Claim claim, long position, boolean all) {
    jdbc.sql("update walk set position = :position, applied = :all where event_id = :event")
        .param("all", all)
        .param("event", claim.event())
        .param("position", position)
        .update();
  }

  /** The folders that were to be listed with all below them. */
  Set<String> tops(Claim claim) {
    return tops(claim, "top");
  }

  /** Those among them that are listed on the feed's word, and not for the second time. */
  Set<String> freshTops(Claim claim) {
    return tops(claim, "top and not again");
  }

  private Set<String> tops(Claim claim, String which) {
    return new HashSet<>(
        jdbc.sql("select folder_id from walk_folder where event_id = :event and " + which)
            .param("event", claim.event())
            .query(String.class)
            .list());
  }
}
