package org.drivelens.worker.photos;

import java.util.Collection;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Listings of several pages. "Results may shift if items are added or removed" between two pages
 * (drive-api 2): what leaves a folder meanwhile may push another photo onto a page that was read
 * already, so that no page shows it, and no entry of the feed tells of it. All folders of such a
 * listing are therefore listed again later.
 *
 * <p>That something left is told late, by the feed or by the listing of the folder that it went to.
 * So a listing is remembered until the event has taken in all that Google reported until two
 * minutes after its last page, however long that takes. Google's lag is not known to be longer;
 * what is told later still finds the photo with the next full walk.
 */
public final class PagedListings {

  /**
   * Has the listings of some folders done again; %s selects the ids of the folders that something
   * left. What came back counts too: it may have been away just then.
   *
   * <p>The listings are found first, folder by folder ({@code offset 0} keeps it so): nearly always
   * there are none, and a plan that begins with the folders of a new event would compare each of
   * them with each and with all photos of the page. What is taken in already is told by the first
   * entry that is not, and asked for only where a listing is remembered.
   */
  static final String LIST_AGAIN =
      """
      with taken_in as materialized (
        select coalesce((select c.known_until from drive_change c
                          where c.feed_id = s.feed_id and c.seq > coalesce(w.position, s.position)
                          order by c.seq limit 1),
                        f.as_of, clock_timestamp()) as until
          from event_sync s join drive_feed f on f.id = s.feed_id
          left join walk w on w.event_id = s.event_id and w.kind = 'FULL'
         where s.event_id = :event),
      shifted_listing as materialized (
        select distinct o.paged_listing
          from (select distinct id from (%s) as l(id)) as l
         cross join lateral (select paged_listing from event_folder
                              where event_id = :event and folder_epoch = :epoch and folder_id = l.id
                                and paged_until is not null and paged_until > (select until from taken_in) offset 0) as o)
      update event_folder f set list_again_at = least(f.paged_until, clock_timestamp() + interval '2 minutes')
       where f.event_id = :event and f.folder_epoch = :epoch and f.list_again_at is null
         and f.paged_until is not null and f.paged_until > (select until from taken_in)
         and f.paged_listing in (select paged_listing from shifted_listing)
      """;

  private static final String LEFT = LIST_AGAIN.formatted("select unnest(:ids::text[])");

  private static final String NEWER =
      LIST_AGAIN.formatted(
          """
          select x.folder from unnest(:ids::text[], :versions::bigint[]) as n(id, version)
            join event_folder h on h.event_id = :event and h.folder_epoch = :epoch and h.folder_id = n.id
             and h.version > 0 and (n.version is null or h.version < n.version)
           cross join lateral (values (h.folder_id), (h.parent_id)) as x(folder)
          """);

  private final JdbcClient jdbc;

  public PagedListings(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** A listing of these folders has more than one page, and goes on. */
  public void goesOn(EventKey key, long listing, Collection<String> folders) {
    mark(key, listing, folders, "infinity", " and paged_listing is distinct from :listing");
  }

  /** It has shown its last page. */
  public void ended(EventKey key, long listing, Collection<String> folders) {
    mark(key, listing, folders, "2 minutes", "");
  }

  private void mark(
      EventKey key, long listing, Collection<String> folders, String until, String condition) {
    jdbc.sql(
            """
            update event_folder set paged_listing = :listing, paged_until = clock_timestamp() + :until::interval
             where event_id = :event and folder_epoch = :epoch and folder_id in (select unnest(:ids::text[]))
            """
                + condition)
        .param("listing", listing)
        .param("until", until)
        .param("event", key.event())
        .param("epoch", key.folderEpoch())
        .param("ids", folders.toArray(String[]::new))
        .update();
  }

  /** Something left these folders. */
  public void left(EventKey key, Collection<String> folders) {
    if (!folders.isEmpty()) {
      jdbc.sql(LEFT)
          .param("event", key.event())
          .param("epoch", key.folderEpoch())
          .param("ids", folders.toArray(String[]::new))
          .update();
    }
  }

  /**
   * Folders of ours are to be replaced: those that are newer may have left their places.
   *
   * @param versions null where the folder is gone
   */
  void newer(EventKey key, String[] ids, Long[] versions) {
    jdbc.sql(NEWER)
        .param("event", key.event())
        .param("epoch", key.folderEpoch())
        .param("ids", ids)
        .param("versions", versions)
        .update();
  }
}
