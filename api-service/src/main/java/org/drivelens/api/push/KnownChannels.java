package org.drivelens.api.push;

import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.SimplePropertyRowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The channels, two or three for each feed, read anew at most once a second while messages come;
 * and for an id that is not among them, since a channel may be younger than that, but not for more
 * than a few a second. So a flood of made-up messages asks the database for next to nothing.
 */
@Component
class KnownChannels {

  private static final Duration FRESH = Duration.ofSeconds(1);
  private static final int MISSES_PER_SECOND = 20;

  private static final RowMapper<Channel> CHANNEL = new SimplePropertyRowMapper<>(Channel.class);

  private final JdbcClient jdbc;
  private final Bucket misses =
      Bucket.builder()
          .addLimit(
              limit -> limit.capacity(MISSES_PER_SECOND).refillGreedy(MISSES_PER_SECOND, FRESH))
          .build();
  private Map<String, Channel> channels = Map.of();
  private @Nullable Long readAt;

  KnownChannels(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Empty for one that never was, was stopped, or has expired. */
  synchronized Optional<Channel> find(String id) {
    if (isStale() || (!channels.containsKey(id) && misses.tryConsume(1))) {
      channels = read();
      readAt = System.nanoTime();
    }
    return Optional.ofNullable(channels.get(id));
  }

  private boolean isStale() {
    return readAt == null || System.nanoTime() - readAt > FRESH.toNanos();
  }

  private Map<String, Channel> read() {
    return jdbc
        .sql(
            """
            select c.id, c.feed_id, encode(c.token_hash, 'hex') as token_hash, c.resource_id, m.number
              from push_channel c left join push_message m on m.channel_id = c.id
             where c.stopped_at is null and coalesce(c.expires_at > clock_timestamp(), true)
            """)
        .query(CHANNEL)
        .list()
        .stream()
        .collect(Collectors.toMap(Channel::id, Function.identity()));
  }
}
