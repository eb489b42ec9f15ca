package org.drivelens.worker.sync;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The walk of an event as it is stored: its frontier, what is listed, and what each page showed. A
 * crash therefore resumes, and what a complete walk did not show can be told.
 */
final class Walks {

  private final JdbcClient jdbc;
  private final Sightings sightings;

  Walks(JdbcClient jdbc, Sightings sightings) {
    this.jdbc = jdbc;
    this.sightings = sightings;
  }

  /** A folder of the frontier, with the place in its listing. */
  record Frontier(
      String folderId, @Nullable String resourceKey, @Nullable String pageToken, int pages) {}

  void begin(Claim claim, EventState state) {
    drop(claim);
    jdbc.sql(
            """
            insert into walk (event_id, kind, feed_epoch, position, full_generation)
            select event_id, 'FULL', :epoch, :position, full_generation from event_sync where event_id = :event
            """)
        .param("event", claim.event())
        .param("epoch", state.epoch())
        .param("position", state.head())
        .update();
    enter(claim.event(), List.of(claim.root()));
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
    enter(claim.event(), tops);
    jdbc.sql(
            "update walk_folder set top = true, again = :again where event_id = :event and"
                + " folder_id = any (:ids)")
        .param("event", claim.event())
        .param("again", again)
        .param("ids", tops.toArray(String[]::new))
        .update();
  }

  void drop(Claim claim) {
    jdbc.sql("delete from walk where event_id = :event").param("event", claim.event()).update();
  }

  /** Puts folders into the frontier, to be listed from the start. */
  void enter(UUID event, Collection<String> folders) {
    if (!folders.isEmpty()) {
      jdbc.sql(
              """
              insert into walk_folder (event_id, folder_id) select :event, f.id from unnest(:ids::text[]) as f(id)
              on conflict (event_id, folder_id) do update set listed_at = null, page_token = null, pages = 0
              """)
          .param("event", event)
          .param("ids", folders.toArray(String[]::new))
          .update();
    }
  }

  /** Puts folders into the frontier unless the walk knows them already. */
  void meet(UUID event, Collection<String> folders) {
    if (!folders.isEmpty()) {
      jdbc.sql(
              """
              insert into walk_folder (event_id, folder_id) select :event, f.id from unnest(:ids::text[]) as f(id)
              on conflict do nothing
              """)
          .param("event", event)
          .param("ids", folders.toArray(String[]::new))
          .update();
    }
  }

  /** Forgets folders: they left the tree, or what was listed of them counts no more. */
  void forget(UUID event, Collection<String> folders) {
    if (!folders.isEmpty()) {
      jdbc.sql("delete from walk_folder where event_id = :event and folder_id = any (:ids)")
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

  /** Breadth first: the folder that was met first. */
  Optional<Frontier> next(Claim claim) {
    return jdbc.sql(
            """
            select d.folder_id, f.resource_key, d.page_token, d.pages
              from walk_folder d
              left join event_folder f on f.event_id = d.event_id and f.folder_epoch = :epoch and f.folder_id = d.folder_id
             where d.event_id = :event and d.listed_at is null order by d.seq limit 1
            """)
        .param("event", claim.event())
        .param("epoch", claim.folderEpoch())
        .query(Frontier.class)
        .optional();
  }

  /** Stores what one page showed and where the listing goes on; without a token it is complete. */
  void store(Claim claim, Frontier folder, List<String> fileIds, @Nullable String nextPageToken) {
    if (folder.pages() == 0) {
      sightings.unsee(claim, folder.folderId());
    }
    sightings.see(claim.event(), folder.folderId(), folder.pages(), fileIds);
    jdbc.sql(
            """
            update walk_folder
               set page_token = :next, pages = pages + 1, listed_at = case when :next::text is null then clock_timestamp() end
             where event_id = :event and folder_id = :folder
            """)
        .param("event", claim.event())
        .param("folder", folder.folderId())
        .param("next", nextPageToken)
        .update();
    jdbc.sql(
            "update walk set last_page_at = clock_timestamp(), applied = false where event_id ="
                + " :event")
        .param("event", claim.event())
        .update();
  }

  /** The folder cannot be listed: what we hold in it counts as seen. */
  void unreadable(Claim claim, String folder) {
    jdbc.sql(
            """
            with held as (select coalesce(array_agg(drive_file_id), '{}') as ids from photo
                           where event_id = :event and folder_epoch = :epoch and parent_id = :folder and removed_at is null),
            marked as (update walk_folder set listed_at = clock_timestamp() where event_id = :event and folder_id = :folder)
            insert into walk_page (event_id, folder_id, page, file_ids) select :event, :folder, -1, ids from held
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
