package org.drivelens.worker.consuming;

import org.springframework.amqp.rabbit.listener.RabbitListenerEndpointRegistry;
import org.springframework.amqp.rabbit.listener.SimpleMessageListenerContainer;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** A worker is ready when it consumes every one of its queues. */
@Component
class ConsumersHealthIndicator implements HealthIndicator {

  private final RabbitListenerEndpointRegistry listeners;

  ConsumersHealthIndicator(RabbitListenerEndpointRegistry listeners) {
    this.listeners = listeners;
  }

  @Override
  public Health health() {
    var health = Health.up();
    for (var container : listeners.getListenerContainers()) {
      if (container instanceof SimpleMessageListenerContainer queue) {
        health.withDetail(String.join(",", queue.getQueueNames()), queue.getActiveConsumerCount());
        if (queue.getActiveConsumerCount() == 0) {
          health.down();
        }
      }
    }
    return health.build();
  }
}
