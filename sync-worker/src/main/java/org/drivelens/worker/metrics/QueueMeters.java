package org.drivelens.worker.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.amqp.core.AmqpAdmin;
import org.springframework.amqp.core.Declarables;
import org.springframework.amqp.core.Queue;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** The queues that workers read, as the broker sees them. */
@Component
class QueueMeters implements MeterBinder, AutoCloseable {

  private final AmqpAdmin broker;
  private final List<String> queues;
  private final Readings readings;

  QueueMeters(
      AmqpAdmin broker,
      List<Declarables> declared,
      @Value("${drivelens.worker.metrics-every:15s}") Duration every) {
    this.broker = broker;
    queues =
        declared.stream()
            .flatMap(d -> d.getDeclarablesByType(Queue.class).stream())
            .map(Queue::getName)
            .toList();
    readings = new Readings("broker", every, this::read);
  }

  private Map<String, Double> read() {
    var values = new HashMap<String, Double>();
    for (var queue : queues) {
      var info = Objects.requireNonNull(broker.getQueueInfo(queue), "the broker tells nothing");
      values.put("messages " + queue, (double) info.getMessageCount());
      values.put("consumers " + queue, (double) info.getConsumerCount());
    }
    return values;
  }

  @EventListener(ApplicationReadyEvent.class)
  void start() {
    readings.start();
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    for (var queue : queues) {
      Gauge.builder("drivelens.queue.messages", readings, r -> r.value("messages " + queue))
          .description("Messages that wait to be delivered")
          .tag("queue", queue)
          .register(registry);
      Gauge.builder("drivelens.queue.consumers", readings, r -> r.value("consumers " + queue))
          .description("Consumers of all workers")
          .tag("queue", queue)
          .register(registry);
    }
  }

  @Override
  public void close() {
    readings.close();
  }
}
