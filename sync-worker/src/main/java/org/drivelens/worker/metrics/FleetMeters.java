package org.drivelens.worker.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.drivelens.contract.Queues;
import org.drivelens.event.SyncStatus;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * How the whole system stands, by the database: every worker tells the same, so take the greatest,
 * never the sum.
 */
@Component
class FleetMeters implements MeterBinder, AutoCloseable {

  /** Waiting are requests that are neither answered, nor refused for good, nor paused. */
  private static final String SQL =
      """
      with waiting as (
        select case when s.requested_urgent then 'sync.requested' else 'sync.requested.bulk' end as queue, s.requested_at
          from event_sync s join event e on e.id = s.event_id
         where s.requested_generation > s.synced_generation and s.folder_id is not null and e.deleted_at is null
           and not (s.error_final and s.tried_generation = s.requested_generation)
           and not exists (select from sync_pause p where p.event_id is null or p.event_id = e.id)),
      shown as materialized (select * from event_status where has_google_drive)
      select 'events ' || sync_status as name, count(*)::float8 as value from shown group by sync_status
      union all
      select 'waiting ' || queue, count(*) from waiting group by queue
      union all
      select 'oldest ' || queue, extract(epoch from clock_timestamp() - min(requested_at)) from waiting group by queue
      union all
      select 'staleness', extract(epoch from clock_timestamp() - min(last_synced_at)) from shown
       where sync_status <> 'ERROR' and not exists (select from sync_pause p where p.event_id is null or p.event_id = shown.event_id)
      union all
      select 'feed', extract(epoch from clock_timestamp() - min(f.as_of)) from drive_feed f
       where exists (select from event_sync s where s.feed_id = f.id)
      union all
      select 'unreadable', coalesce(sum(unreadable_folders), 0) from shown
      union all
      select 'held', coalesce(sum(held_photos), 0) from event_sync
      union all
      select 'dead', count(*) from dead_letter
      union all
      select 'workers', count(*) from worker where stopped_at is null and seen_at > clock_timestamp() - interval '30 seconds'
      union all
      select 'refused', coalesce(sum(refused_calls), 0) from drive_quota
      union all
      select 'share', min(share) from drive_quota
      """;

  private final JdbcClient jdbc;
  private final Readings readings;

  FleetMeters(JdbcClient jdbc, @Value("${drivelens.worker.metrics-every:15s}") Duration every) {
    this.jdbc = jdbc;
    readings = new Readings("database", every, this::read);
  }

  private Map<String, Double> read() {
    var values = new HashMap<String, Double>();
    jdbc.sql(SQL)
        .query(row -> {
          values.put(row.getString("name"), row.getDouble("value"));
        });
    return values;
  }

  @EventListener(ApplicationReadyEvent.class)
  void start() {
    readings.start();
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    for (var status : SyncStatus.values()) {
      Gauge.builder("drivelens.events", readings, r -> r.value("events " + status))
          .description("Events with a Drive folder")
          .tag("status", status.name())
          .register(registry);
    }
    for (var queue : new String[] {Queues.SYNC_REQUESTED, Queues.SYNC_REQUESTED_BULK}) {
      Gauge.builder("drivelens.requests.waiting", readings, r -> r.value("waiting " + queue))
          .description("Requests that are not answered yet")
          .tag("queue", queue)
          .register(registry);
      Gauge.builder("drivelens.requests.oldest.age", readings, r -> r.value("oldest " + queue))
          .description("Age of the oldest of them")
          .baseUnit("seconds")
          .tag("queue", queue)
          .register(registry);
    }
    bindTroubles(registry);
  }

  private void bindTroubles(MeterRegistry registry) {
    age(
        registry,
        "drivelens.staleness",
        "Since the stalest event was known to equal its folder",
        "staleness");
    age(registry, "drivelens.feed.age", "Since the change log was read to its end", "feed");
    number(
        registry,
        "drivelens.unreadable.folders",
        "Folders that Drive does not let us list",
        "unreadable");
    number(registry, "drivelens.held.photos", "Photos that seem to be gone and are kept", "held");
    number(registry, "drivelens.dead.letters", "Messages that nobody could handle", "dead");
    number(
        registry, "drivelens.workers", "Workers that were seen in the last half minute", "workers");
    number(registry, "drivelens.quota.share", "Part of the set quota that is in force", "share");
    FunctionCounter.builder("drivelens.drive.refused", readings, r -> r.value("refused"))
        .description("Answers that said that we call too often")
        .register(registry);
  }

  private void age(MeterRegistry registry, String name, String description, String of) {
    Gauge.builder(name, readings, r -> r.value(of))
        .description(description)
        .baseUnit("seconds")
        .register(registry);
  }

  private void number(MeterRegistry registry, String name, String description, String of) {
    Gauge.builder(name, readings, r -> r.value(of)).description(description).register(registry);
  }

  @Override
  public void close() {
    readings.close();
  }
}
