package org.drivelens.api.push;

/** Which change logs Google does not announce although it should. */
public final class PushTrouble {

  private PushTrouble() {}

  /** A query that counts them and says since when. */
  public static String sql() {
    return """
    select count(*), min(coalesce(c.dead_since, w.error_since))
      from push_watch w left join lateral (%s) as c on true
     where c.dead_since is not null or c.id is null and w.error_code is not null
    """
        .formatted(newestChannel("w.feed_id"));
  }

  /** The open channel that speaks for a feed, if there is one. */
  static String newestChannel(String feed) {
    return """
    select o.*, exists (select from push_message m where m.channel_id = o.id) as spoken from push_channel o
     where o.feed_id = %s and o.opened_at is not null and o.stopped_at is null and o.expires_at > clock_timestamp()
     order by o.opened_at desc, o.id desc limit 1
    """
        .formatted(feed);
  }
}
