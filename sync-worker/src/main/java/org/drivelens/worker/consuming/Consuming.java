package org.drivelens.worker.consuming;

import java.time.Duration;
import org.drivelens.contract.ContractConverter;
import org.drivelens.contract.MessagePublisher;
import org.drivelens.contract.Queues;
import org.springframework.amqp.core.Declarables;
import org.springframework.amqp.rabbit.config.SimpleRabbitListenerContainerFactory;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.SimpleAsyncTaskExecutor;

/**
 * The queues that the worker consumes, and how: one message per thread, given back on a crash
 * alone.
 */
@Configuration(proxyBeanMethods = false)
class Consuming {

  @Bean
  Declarables syncRequested() {
    return Queues.command(Queues.SYNC_REQUESTED);
  }

  @Bean
  Declarables syncRequestedBulk() {
    return Queues.command(Queues.SYNC_REQUESTED_BULK);
  }

  @Bean
  Declarables feedPoll() {
    return Queues.command(Queues.FEED_POLL);
  }

  @Bean
  Declarables maintenance() {
    return Queues.ticks(Queues.MAINTENANCE);
  }

  @Bean
  Declarables notices() {
    return Queues.notices();
  }

  @Bean(destroyMethod = "close")
  MessagePublisher messagePublisher(CachingConnectionFactory connections) {
    MessagePublisher.confirming(connections);
    return new MessagePublisher(connections);
  }

  /**
   * Prefetch 1: a message that a crash gives back counts as delivered, and so would its neighbours.
   * What a listener throws is a bug or an unreadable message: to the dead-letter queue, not round
   * in circles.
   */
  @Bean
  SimpleRabbitListenerContainerFactory rabbitListenerContainerFactory(
      CachingConnectionFactory connections,
      @Value("${drivelens.worker.stop-within:12s}") Duration stopWithin) {
    var factory = new SimpleRabbitListenerContainerFactory();
    factory.setConnectionFactory(connections);
    factory.setMessageConverter(new ContractConverter());
    // Not virtual ones: a container that is forced to stop spins until its consumer is cancelled,
    // and two that spin on the carriers of a machine with two cores keep each other from it.
    factory.setTaskExecutor(new SimpleAsyncTaskExecutor("listener-"));
    factory.setPrefetchCount(1);
    factory.setDefaultRequeueRejected(false);
    factory.setMissingQueuesFatal(false);
    factory.setForceStop(true);
    factory.setContainerCustomizer(c -> c.setShutdownTimeout(stopWithin.toMillis()));
    return factory;
  }
}
