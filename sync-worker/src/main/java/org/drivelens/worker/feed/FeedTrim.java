package org.drivelens.worker.feed;

import java.time.Duration;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Keeps the stored logs short. Nobody holds entries back: an event that stands still for too long,
 * because it fails or because its turn does not come, falls below the floor and walks. The floor
 * rises before the entries go, so that nobody takes a gap for silence.
 */
public final class FeedTrim {

  /** Rows deleted in one statement: short locks beat a fast finish. */
  private static final int AT_ONCE = 5_000;

  private final JdbcClient jdbc;
  private final long atMost;

  /**
   * @param atMost entries kept of each feed
   */
  public FeedTrim(JdbcClient jdbc, long atMost) {
    this.jdbc = jdbc;
    this.atMost = atMost;
  }

  /** Drops, of every feed, what is older than {@code age} and what is more than is to be kept. */
  public void trim(Duration age) {
    jdbc.sql(
            """
            update drive_feed f
               set floor = greatest(f.floor, f.head - :most, old.seq)
              from (select g.id, (select max(seq) from drive_change c
                                   where c.feed_id = g.id and c.stored_at < clock_timestamp() - make_interval(secs => :age)) as seq
                      from drive_feed g) as old
             where f.id = old.id and f.floor < greatest(f.head - :most, old.seq)
            """)
        .param("most", atMost)
        .param("age", age.toSeconds())
        .update();
    jdbc.sql("select id from drive_feed")
        .query((row, n) -> row.getObject(1, UUID.class))
        .list()
        .forEach(this::dropBelowFloor);
  }

  /** Drops of one feed what is more than is to be kept; a tenth more, so that it is worth it. */
  void trim(UUID feed) {
    var raised =
        jdbc.sql(
                """
                update drive_feed set floor = head - :most
                 where id = :feed and head - floor > :most + greatest(1, :most / 10)
                """)
            .param("most", atMost)
            .param("feed", feed)
            .update();
    if (raised > 0) {
      dropBelowFloor(feed);
    }
  }

  private void dropBelowFloor(UUID feed) {
    int deleted;
    do {
      deleted =
          jdbc.sql(
                  """
                  delete from drive_change where ctid = any (array(
                    select c.ctid from drive_change c join drive_feed f on f.id = c.feed_id
                     where c.feed_id = :feed and c.seq <= f.floor limit :limit))
                  """)
              .param("feed", feed)
              .param("limit", AT_ONCE)
              .update();
    } while (deleted == AT_ONCE);
  }
}
