package org.drivelens.worker.feed;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What Google has announced by push. The API stores when, so that a nudge which gets lost is made
 * up for by the sweep, and one that comes twice asks for nothing new.
 */
final class Announced {

  private Announced() {}

  /** Whether there is a message about news of the feed that came after a moment. */
  static boolean since(JdbcClient jdbc, UUID feed, @Nullable Instant moment) {
    return jdbc.sql(
            """
            select exists (select from push_channel c join push_message m on m.channel_id = c.id
                            where c.feed_id = :feed and m.changed_at >= :moment::timestamptz)
            """)
        .param("feed", feed)
        .param("moment", moment == null ? "-infinity" : moment.toString())
        .query(Boolean.class)
        .single();
  }

  /**
   * Asks for a poll of each feed about which a message came later than its last poll began. Locks
   * feeds in the order of their ids, for several workers do this at once.
   */
  static void demandPolls(JdbcClient jdbc, String credential) {
    jdbc.sql(
            """
            with said as (
              select c.feed_id, max(m.changed_at) as at
                from push_channel c join push_message m on m.channel_id = c.id group by c.feed_id),
            due as (
              select f.id, said.at from drive_feed f join said on said.feed_id = f.id
               where f.credential = :credential and said.at >= f.as_of and coalesce(f.demanded_at < said.at, true)
               order by f.id for no key update of f)
            update drive_feed f set demanded_at = due.at from due where f.id = due.id
            """)
        .param("credential", credential)
        .update();
  }
}
