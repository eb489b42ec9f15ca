package org.drivelens.api.operations;

import static org.drivelens.api.rows.Columns.instant;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.drivelens.contract.Queues;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.core.AmqpAdmin;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What waits: how many messages by the broker, for how long by the database. */
@Component
class QueueDepths {

  private static final Map<String, String> PURPOSES = purposes();

  private static final String OLDEST =
      """
      select min(requested_at) filter (where requested_urgent) as urgent,
             min(requested_at) filter (where not requested_urgent) as bulk,
             (select min(demanded_at) from drive_feed where demanded_at >= coalesce(as_of, '-infinity')) as poll
        from event_sync
       where requested_generation > synced_generation and folder_id is not null and not error_final
         and not coalesce(lease_until > clock_timestamp() and lease_fence = fence, false)
      """;

  private final AmqpAdmin broker;
  private final JdbcClient jdbc;
  private final @Nullable String managementUrl;
  private final String virtualHost;

  QueueDepths(
      AmqpAdmin broker,
      JdbcClient jdbc,
      @Value("${drivelens.rabbitmq-ui:}") String managementUrl,
      @Value("${spring.rabbitmq.virtual-host:/}") String virtualHost) {
    this.broker = broker;
    this.jdbc = jdbc;
    this.managementUrl = managementUrl.isBlank() ? null : managementUrl.replaceFirst("/+$", "");
    this.virtualHost = virtualHost;
  }

  private static Map<String, String> purposes() {
    var purposes = new LinkedHashMap<String, String>();
    purposes.put(Queues.SYNC_REQUESTED, "Syncs that a person waits for");
    purposes.put(Queues.SYNC_REQUESTED_BULK, "All other syncs");
    purposes.put(Queues.FEED_POLL, "Reading Google's change feed");
    purposes.put(Queues.MAINTENANCE, "What the schedules ask of the workers");
    purposes.put(Queues.MAINTENANCE_API, "What the schedules ask of the API");
    for (var queue :
        new String[] {Queues.SYNC_REQUESTED, Queues.SYNC_REQUESTED_BULK, Queues.FEED_POLL}) {
      purposes.put(Queues.dead(queue), "What nobody could read or handle of " + queue);
    }
    return purposes;
  }

  Fleet.Queues all() {
    var oldest = oldest();
    var queues = new ArrayList<Fleet.Queue>();
    var reachable = true;
    for (var queue : PURPOSES.entrySet()) {
      var name = queue.getKey();
      Long depth = null;
      Long consumers = null;
      try {
        // One that cannot be reached is not waited for again at the next queue.
        var found = reachable ? broker.getQueueInfo(name) : null;
        if (found != null) {
          depth = found.getMessageCount();
          consumers = (long) found.getConsumerCount();
        }
      } catch (AmqpException _) {
        reachable = false;
      }
      queues.add(
          new Fleet.Queue(name, queue.getValue(), depth, consumers, oldest.get(name), url(name)));
    }
    return new Fleet.Queues(reachable, managementUrl, queues);
  }

  private Map<String, @Nullable Instant> oldest() {
    return jdbc.sql(OLDEST)
        .query((row, _) -> {
          var oldest = new HashMap<String, @Nullable Instant>();
          oldest.put(Queues.SYNC_REQUESTED, instant(row, "urgent"));
          oldest.put(Queues.SYNC_REQUESTED_BULK, instant(row, "bulk"));
          oldest.put(Queues.FEED_POLL, instant(row, "poll"));
          return oldest;
        })
        .single();
  }

  private @Nullable String url(String queue) {
    return managementUrl == null
        ? null
        : managementUrl
            + "/#/queues/"
            + URLEncoder.encode(virtualHost, StandardCharsets.UTF_8)
            + "/"
            + queue;
  }
}
