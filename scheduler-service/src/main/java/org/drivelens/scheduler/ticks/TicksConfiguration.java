package org.drivelens.scheduler.ticks;

import java.time.Clock;
import org.drivelens.contract.MessagePublisher;
import org.drivelens.contract.Queues;
import org.springframework.amqp.core.DirectExchange;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/** The clock, the threads and the way to the broker. */
@Configuration(proxyBeanMethods = false)
class TicksConfiguration {

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  /** A thread for each tick: one that waits for the broker's confirm must not delay another. */
  @Bean
  TaskScheduler taskScheduler(Clock clock) {
    var scheduler = new ThreadPoolTaskScheduler();
    scheduler.setClock(clock);
    scheduler.setPoolSize(5);
    scheduler.setThreadNamePrefix("tick-");
    return scheduler;
  }

  /**
   * Queues are declared by those who read them; publishing to an exchange that is missing fails
   * hard.
   */
  @Bean
  DirectExchange commands() {
    return new DirectExchange(Queues.COMMANDS);
  }

  @Bean
  MessagePublisher messagePublisher(CachingConnectionFactory connections) {
    MessagePublisher.confirming(connections);
    return new MessagePublisher(connections);
  }
}
