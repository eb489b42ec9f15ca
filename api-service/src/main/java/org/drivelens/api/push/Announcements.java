package org.drivelens.api.push;

import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.drivelens.contract.Command.FeedPollRequested;
import org.drivelens.contract.MessagePublisher;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Gathers what Google announces: messages come in bursts, and one poll answers them all. The first
 * about a feed starts a short wait, at whose end all of them are stored, which is what the workers
 * go by, and one poll is asked for. Later ones do not prolong the wait.
 */
@Component
@EnableConfigurationProperties(PushReceiverProperties.class)
class Announcements {

  private static final Logger log = LoggerFactory.getLogger(Announcements.class);

  private final JdbcClient jdbc;
  private final MessagePublisher publisher;
  private final Duration debounce;
  private final Map<UUID, Map<String, News>> gathered = new ConcurrentHashMap<>();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("push-", 0).factory());

  Announcements(JdbcClient jdbc, MessagePublisher publisher, PushReceiverProperties properties) {
    this.jdbc = jdbc;
    this.publisher = publisher;
    this.debounce = properties.debounce();
  }

  /** What one channel has told, in one wait. */
  private record News(@Nullable Long number, boolean changed) {

    News and(News other) {
      var larger =
          number == null || (other.number != null && other.number > number) ? other.number : number;
      return new News(larger, changed || other.changed);
    }
  }

  /**
   * Takes a message of a channel and returns at once.
   *
   * @param number of the message, if it has one; no larger one than before: it comes again
   * @param changed whether it tells of news, and not only of the channel's beginning
   */
  void add(Channel channel, @Nullable Long number, boolean changed) {
    if (number != null && channel.number() != null && number <= channel.number()) {
      return;
    }
    gathered.compute(
        channel.feedId(),
        (feed, waiting) -> {
          var news = waiting == null ? new HashMap<String, News>() : waiting;
          if (waiting == null) {
            var _ = clock.schedule(() -> tell(feed), debounce.toMillis(), TimeUnit.MILLISECONDS);
          }
          news.merge(channel.id(), new News(number, changed), News::and);
          return news;
        });
  }

  private void tell(UUID feed) {
    var news = gathered.remove(feed);
    if (news == null) {
      return;
    }
    try {
      news.forEach(this::store);
    } catch (DataAccessException | TransactionException e) {
      log.warn("push messages are lost, the next poll finds the same: {}", e.getMessage());
    }
    if (news.values().stream().anyMatch(News::changed)) {
      publisher.nudge(new FeedPollRequested(feed));
    }
  }

  /** Nothing, if the channel was stopped meanwhile. */
  private void store(String channel, News news) {
    jdbc.sql(
            """
            insert into push_message as m (channel_id, received_at, changed_at, number)
            select id, clock_timestamp(), case when :changed then clock_timestamp() end, :number::bigint
              from push_channel where id = :channel and stopped_at is null
                on conflict (channel_id) do update
               set received_at = excluded.received_at, changed_at = coalesce(excluded.changed_at, m.changed_at),
                   number = greatest(m.number, excluded.number)
            """)
        .param("channel", channel)
        .param("changed", news.changed())
        .param("number", news.number())
        .update();
  }

  /** What was taken is told before the process ends. */
  @PreDestroy
  void close() {
    clock.shutdownNow();
    List.copyOf(gathered.keySet()).forEach(this::tell);
  }
}
