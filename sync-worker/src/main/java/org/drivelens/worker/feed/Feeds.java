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

  private static final String COLUMNS =
      "id, credential, drive_id, token, epoch, head, floor, as_of, refused";

  /** Also one that is closed to us: being let in again must be noticed. */
  static final String IN_USE =
      " and (f.drive_id is null or exists (select from event_sync s where s.drive_id ="
          + " f.drive_id))";

  private static final String LOOK_AGAIN =
      """
      update drive_feed f
         set look_at = (select array_agg(greatest(f.look_at[n], clock_timestamp() + make_interval(secs => a.after)) order by n)
                          from unnest(:afters::float8[]) with ordinality as a(after, n))
      """;

  private final JdbcClient jdbc;
  private final Double[] lookAgain;

  /**
   * @param lookAgain when to poll again after a person's sync that found nothing
   */
  public Feeds(JdbcClient jdbc, List<Duration> lookAgain) {
    this.jdbc = jdbc;
    this.lookAgain = lookAgain.stream().map(d -> d.toMillis() / 1000.0).toArray(Double[]::new);
  }

  /**
   * The feed of a credential, or of a shared drive as that credential sees it; made when it is not
   * there yet.
   */
  public Feed of(String credential, @Nullable String driveId) {
    return find(credential, driveId).orElseGet(() -> create(credential, driveId));
  }

  private Optional<Feed> find(String credential, @Nullable String driveId) {
    return jdbc.sql(
            "select "
                + COLUMNS
                + " from drive_feed where credential = :c and drive_id is not distinct from :d")
        .param("c", credential)
        .param("d", driveId)
        .query(Feed.class)
        .optional();
  }

  private Feed create(String credential, @Nullable String driveId) {
    jdbc.sql("insert into drive_feed (credential, drive_id) values (:c, :d) on conflict do nothing")
        .param("c", credential)
        .param("d", driveId)
        .update();
    return find(credential, driveId).orElseThrow();
  }

  /**
   * The feeds of a credential that are worth polling: its own, and those of the shared drives in
   * which some event has its folder.
   */
  public List<UUID> inUse(String credential) {
    return jdbc.sql("select id from drive_feed f where credential = :c" + IN_USE)
        .param("c", credential)
        .query((row, n) -> row.getObject(1, UUID.class))
        .list();
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

  /**
   * The same after the row of an event was locked: it does not wait, for whoever holds the log may
   * be waiting for that event. Empty if a poll stores a page just now.
   */
  public Optional<Feed> tryLockShared(UUID id) {
    return jdbc.sql("select " + COLUMNS + " from drive_feed where id = :id for share skip locked")
        .param("id", id)
        .query(Feed.class)
        .optional();
  }

  /**
   * Asks for a poll that begins after a moment, a past one included. Writes nothing if a poll that
   * began later has come already, or was asked for.
   *
   * @param moment by PostgreSQL's clock; null for now
   */
  public void demand(UUID id, @Nullable Instant moment) {
    jdbc.sql(
            """
            update drive_feed set demanded_at = coalesce(:moment::timestamptz, clock_timestamp())
             where id = :id and not coalesce(greatest(demanded_at, as_of - interval '1 microsecond') >= :moment::timestamptz, false)
            """)
        .param("id", id)
        .param("moment", moment == null ? null : moment.toString())
        .update();
  }

  /**
   * A person's sync of events of this feed found nothing. What the person waits for may come late,
   * so it is polled again after a while: once for all who asked meanwhile, and then it tells by
   * itself which events changed.
   */
  void lookAgain(UUID id) {
    if (lookAgain.length > 0) {
      jdbc.sql(LOOK_AGAIN + " where f.id = :id")
          .param("afters", lookAgain)
          .param("id", id)
          .update();
    }
  }

  /** The same for the feed of an event, if this run of it found nothing. */
  public void lookAgainAfter(UUID event, UUID run) {
    if (lookAgain.length > 0) {
      jdbc.sql(
              LOOK_AGAIN
                  + """
                    from event_sync s join sync_run r on r.id = :run
                   where s.event_id = :event and f.id = s.feed_id and s.feed_coverage is distinct from 'PARTIAL'
                     and r.photos_added + r.photos_updated + r.photos_moved + r.photos_removed = 0
                  """)
          .param("afters", lookAgain)
          .param("event", event)
          .param("run", run)
          .update();
    }
  }

  /** As it is now; nothing is locked. */
  public Feed get(UUID id) {
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
               set head = head + :count, token = :token, error_code = null, error_message = null, error_final = false,
                   next_attempt_at = null, error_since = null, refused = false,
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
            insert into drive_change (feed_id, seq, file_id, parent_id, removed, file, changed_at, known_until)
            select :feed, :head + n, c.id, c.parent, c.removed, c.file::jsonb, c.changed::timestamptz,
                   coalesce(:asOf::timestamptz, '-infinity')
              from unnest(:ids::text[], :parents::text[], :removeds::boolean[], :files::text[], :changeds::text[])
                   with ordinality as c(id, parent, removed, file, changed, n)
            """)
        .param("feed", feed.id())
        .param("head", feed.head())
        .param("asOf", feed.asOf() == null ? null : feed.asOf().toString())
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
