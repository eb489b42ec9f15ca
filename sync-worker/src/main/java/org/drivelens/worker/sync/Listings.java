package org.drivelens.worker.sync;

import static org.drivelens.worker.photos.Columns.longs;
import static org.drivelens.worker.photos.Columns.texts;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.drivelens.drive.FolderRef;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.SimplePropertyRowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The listings in progress of a walk, as they are stored: which folders, how far, and what each
 * folder has shown so far. The place of a listing is stored with the rows it accounts for.
 */
final class Listings {

  /** No id of Drive holds it; if one did, its file would be asked for by itself. */
  private static final String SEPARATOR = "\n";

  private static final RowMapper<Waiting> WAITING = new SimplePropertyRowMapper<>(Waiting.class);

  private final JdbcClient jdbc;

  Listings(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Breadth first: the folders that were met first. */
  List<Waiting> waiting(Claim claim, int atMost) {
    return jdbc.sql(
            """
            select d.folder_id, f.resource_key, f.drive_id, d.alone
              from walk_folder d
              left join event_folder f on f.event_id = d.event_id and f.folder_epoch = :epoch and f.folder_id = d.folder_id
             where d.event_id = :event and d.listed_at is null and d.listing is null order by d.seq limit :most
            """)
        .param("event", claim.event())
        .param("epoch", claim.folderEpoch())
        .param("most", atMost)
        .query(WAITING)
        .list();
  }

  /** Begins a listing of these folders: what was seen in them before counts no more. */
  Listing begin(Claim claim, List<FolderRef> folders) {
    var ids = folders.stream().map(FolderRef::id).toArray(String[]::new);
    var number =
        jdbc.sql(
                "insert into walk_listing (event_id, folders) values (:event, :ids) returning"
                    + " number")
            .param("event", claim.event())
            .param("ids", ids)
            .query(Long.class)
            .single();
    jdbc.sql(
            "update walk_folder set listing = :number where event_id = :event and folder_id = any"
                + " (:ids)")
        .param("event", claim.event())
        .param("number", number)
        .param("ids", ids)
        .update();
    var listing = new Listing(number, folders, null, 0, false);
    forgetPages(claim, listing);
    return listing;
  }

  /** The listings that another claim left open; one whose folders all went elsewhere is dropped. */
  List<Listing> open(Claim claim) {
    jdbc.sql(
            """
            delete from walk_listing l where l.event_id = :event
               and not exists (select from walk_folder d where d.event_id = l.event_id and d.listing = l.number)
            """)
        .param("event", claim.event())
        .update();
    return jdbc.sql(
            """
            select l.number, l.page_token, l.pages, l.incomplete, l.folders,
                   array (select f.resource_key from unnest(l.folders) with ordinality as o(id, n)
                           left join event_folder f on f.event_id = l.event_id and f.folder_epoch = :epoch and f.folder_id = o.id
                           order by o.n) as keys
              from walk_listing l where l.event_id = :event order by l.number
            """)
        .param("event", claim.event())
        .param("epoch", claim.folderEpoch())
        .query((row, n) -> listing(row))
        .list();
  }

  private static Listing listing(ResultSet row) throws SQLException {
    var ids = (String[]) array(row.getArray("folders"));
    var keys = (@Nullable String[]) array(row.getArray("keys"));
    var folders = new ArrayList<FolderRef>();
    for (int i = 0; i < ids.length; i++) {
      folders.add(new FolderRef(ids[i], keys[i]));
    }
    return new Listing(
        row.getLong("number"),
        folders,
        row.getString("page_token"),
        row.getInt("pages"),
        row.getBoolean("incomplete"));
  }

  private static Object array(Array array) throws SQLException {
    return Objects.requireNonNull(array.getArray());
  }

  /** The place is lost: from the start again. */
  Listing restart(Claim claim, Listing listing) {
    forgetPages(claim, listing);
    var again = listing.fromTheStart();
    moveTo(claim, again);
    return again;
  }

  private void forgetPages(Claim claim, Listing listing) {
    jdbc.sql(
            """
            with mine as (update walk_folder set hits = 0, shown = 0 where event_id = :event and listing = :number
                          returning folder_id)
            delete from walk_page p using mine where p.event_id = :event and p.folder_id = mine.folder_id
            """)
        .param("event", claim.event())
        .param("number", listing.number())
        .update();
  }

  /** Stores where a listing goes on. */
  void moveTo(Claim claim, Listing listing) {
    jdbc.sql(
            """
            update walk_listing set page_token = :token, pages = :pages, incomplete = :incomplete
             where event_id = :event and number = :number
            """)
        .param("event", claim.event())
        .param("number", listing.number())
        .param("token", listing.pageToken())
        .param("pages", listing.pages())
        .param("incomplete", listing.incomplete())
        .update();
  }

  /** Stores what pages showed, of the folders that still belong to the listing. */
  void store(Claim claim, Collection<Shown> shown) {
    jdbc.sql(
            """
            update walk_folder d set hits = d.hits + s.hits, shown = d.shown + s.shown
              from (select number, folder, sum(hits) as hits, sum(shown) as shown
                      from unnest(:numbers::bigint[], :folders::text[], :hits::int[], :showns::int[]) as s(number, folder, hits, shown)
                     group by number, folder) as s
             where d.event_id = :event and d.folder_id = s.folder and d.listing = s.number
            """)
        .param("event", claim.event())
        .param("numbers", longs(shown, s -> s.listing().number()))
        .param("folders", texts(shown, Shown::folder))
        .param("hits", longs(shown, Shown::hits))
        .param("showns", longs(shown, Shown::shown))
        .update();
    storePages(claim, shown.stream().filter(s -> !s.images().isEmpty()).toList());
    jdbc.sql(
            "update walk set last_page_at = clock_timestamp(), applied = false where event_id ="
                + " :event")
        .param("event", claim.event())
        .update();
  }

  /**
   * Which files stood on which page of their folder; those of a page are one text, so that it is
   * fast.
   */
  private void storePages(Claim claim, Collection<Shown> pages) {
    jdbc.sql(
            """
            insert into walk_page (event_id, folder_id, page, file_ids)
            select :event, s.folder, s.page, string_to_array(s.ids, :separator)
              from unnest(:numbers::bigint[], :folders::text[], :pages::int[], :ids::text[]) as s(number, folder, page, ids)
              join walk_folder d on d.event_id = :event and d.folder_id = s.folder and d.listing = s.number
            """)
        .param("event", claim.event())
        .param("separator", SEPARATOR)
        .param("numbers", longs(pages, s -> s.listing().number()))
        .param("folders", texts(pages, Shown::folder))
        .param("pages", longs(pages, s -> s.listing().pages()))
        .param("ids", texts(pages, s -> String.join(SEPARATOR, s.images())))
        .update();
  }

  /**
   * Every page is stored. In a query of many folders Google sometimes shows nothing of one, or too
   * little (drive-api 2, issue 149522397): such a folder is listed by itself.
   */
  void end(Claim claim, Listing listing) {
    jdbc.sql(
            """
            update walk_folder d set listing = null, alone = not h.whole, listed_at = case when h.whole then clock_timestamp() end
              from (select f.id, :alone or (w.hits > 0 and w.shown >= (
                             select count(*) from photo p where p.event_id = :event and p.folder_epoch = :epoch
                                and p.parent_id = f.id and p.removed_at is null)
                           + (select count(*) from event_folder c where c.event_id = :event and c.folder_epoch = :epoch
                                and c.parent_id = f.id)) as whole
                      from unnest(:folders::text[]) as f(id) join walk_folder w on w.event_id = :event and w.folder_id = f.id) as h
             where d.event_id = :event and d.folder_id = h.id and d.listing = :number
            """)
        .param("event", claim.event())
        .param("epoch", claim.folderEpoch())
        .param("number", listing.number())
        .param("alone", listing.alone())
        .param("folders", listing.ids().toArray(String[]::new))
        .update();
    drop(claim, listing);
  }

  /** Each of its folders is to be listed by itself. */
  void split(Claim claim, Listing listing) {
    jdbc.sql(
            "update walk_folder set listing = null, alone = true where event_id = :event and"
                + " listing = :number")
        .param("event", claim.event())
        .param("number", listing.number())
        .update();
    drop(claim, listing);
  }

  /** Ends a listing without a word about its folders. */
  void drop(Claim claim, Listing listing) {
    jdbc.sql("delete from walk_listing where event_id = :event and number = :number")
        .param("event", claim.event())
        .param("number", listing.number())
        .update();
  }
}
