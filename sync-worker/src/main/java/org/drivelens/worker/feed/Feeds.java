package org.drivelens.worker.feed;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.drivelens.drive.ChangePage;
import org.drivelens.drive.DriveChange;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The feeds: their tokens and their stored log. */
public final class Feeds {

  private static final String COLUMNS = "id, token, epoch, head, floor, as_of, error_code";

  private final JdbcClient jdbc;

  public Feeds(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The user feed of a credential; made when it is not there yet. */
  public Feed of(String credential) {
    return jdbc.sql(
            "select " + COLUMNS + " from drive_feed where credential = :c and drive_id is null")
        .param("c", credential)
        .query(Feed.class)
        .optional()
        .orElseGet(() -> create(credential));
  }

  private Feed create(String credential) {
    jdbc.sql("insert into drive_feed (credential) values (:c) on conflict do nothing")
        .param("c", credential)
        .update();
    return of(credential);
  }

  /**
   * Locks the log against new entries until the transaction ends. Always before the row of an event
   * is locked.
   */
  public Feed lockShared(UUID id) {
    return jdbc.sql("select " + COLUMNS + " from drive_feed where id = :id for share")
        .param("id", id)
        .query(Feed.class)
        .single();
  }

  /** Asks for a poll that begins after this moment. */
  public void demand(UUID id) {
    jdbc.sql("update drive_feed set demanded_at = clock_timestamp() where id = :id")
        .param("id", id)
        .update();
  }

  Feed get(UUID id) {
    return jdbc.sql("select " + COLUMNS + " from drive_feed where id = :id")
        .param("id", id)
        .query(Feed.class)
        .single();
  }

  /**
   * Locks the row for the transaction that stores a page; the holder of another lease gets none.
   */
  Optional<Feed> lock(UUID id, long fence) {
    return jdbc.sql(
            "select " + COLUMNS + " from drive_feed where id = :id and fence = :fence for update")
        .param("id", id)
        .param("fence", fence)
        .query(Feed.class)
        .optional();
  }

  /** A new start token begins a new epoch. */
  void begin(UUID id, String token) {
    jdbc.sql("update drive_feed set token = :token, epoch = epoch + 1 where id = :id")
        .param("id", id)
        .param("token", token)
        .update();
  }

  void rejected(UUID id) {
    jdbc.sql("update drive_feed set token = null where id = :id").param("id", id).update();
  }

  /**
   * Stores a page after {@code head} and moves the token; under the lock of the row.
   *
   * @param asked database time before the call
   * @param lease how long the poll may go on without another page
   */
  void store(Feed feed, ChangePage page, Instant asked, Duration lease) {
    insert(feed, page.changes());
    jdbc.sql(
            """
            update drive_feed
               set head = head + :count, token = :token, error_code = null, error_message = null,
                   next_attempt_at = null, error_since = null,
                   lease_until = clock_timestamp() + make_interval(secs => :lease),
                   as_of = case when :last then greatest(as_of, :asked::timestamptz) else as_of end
             where id = :id
            """)
        .param("id", feed.id())
        .param("count", page.changes().size())
        .param("lease", lease.toMillis() / 1000.0)
        .param("token", page.position())
        .param("last", page.nextPageToken() == null)
        .param("asked", asked.toString())
        .update();
  }

  private void insert(Feed feed, List<DriveChange> changes) {
    jdbc.sql(
            """
            insert into drive_change (feed_id, seq, file_id, parent_id, removed, file, changed_at)
            select :feed, :head + n, c.id, c.parent, c.removed, c.file::jsonb, c.changed::timestamptz
              from unnest(:ids::text[], :parents::text[], :removeds::boolean[], :files::text[], :changeds::text[])
                   with ordinality as c(id, parent, removed, file, changed, n)
            """)
        .param("feed", feed.id())
        .param("head", feed.head())
        .param("ids", changes.stream().map(DriveChange::fileId).toArray(String[]::new))
        .param("parents", changes.stream().map(Feeds::parent).toArray(String[]::new))
        .param("removeds", changes.stream().map(DriveChange::removed).toArray(Boolean[]::new))
        .param(
            "files", changes.stream().map(c -> StoredFile.write(c.file())).toArray(String[]::new))
        .param("changeds", changes.stream().map(Feeds::time).toArray(String[]::new))
        .update();
  }

  private static @Nullable String parent(DriveChange change) {
    return change.file() == null ? null : change.file().parentId();
  }

  private static @Nullable String time(DriveChange change) {
    return change.time() == null ? null : change.time().toString();
  }
}
