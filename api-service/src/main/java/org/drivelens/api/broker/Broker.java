package org.drivelens.api.broker;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.drivelens.contract.ContractConverter;
import org.drivelens.contract.MessagePublisher;
import org.springframework.amqp.rabbit.config.ContainerCustomizer;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.connection.ConnectionNameStrategy;
import org.springframework.amqp.rabbit.listener.SimpleMessageListenerContainer;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.SimpleAsyncTaskExecutor;

/**
 * Connects the API with the broker, which may be down: then nothing is published, and nobody waits.
 */
@Configuration(proxyBeanMethods = false)
class Broker {

  @Bean
  ContractConverter messageConverter() {
    return new ContractConverter();
  }

  @Bean
  MessagePublisher messagePublisher(CachingConnectionFactory connections) {
    MessagePublisher.confirming(connections);
    return new MessagePublisher(connections);
  }

  /** What an operator sees in the management UI. */
  @Bean
  ConnectionNameStrategy connectionName(
      @Value("${spring.application.version:dev}") String version) {
    var name = "api-service@%s %s".formatted(host(), version);
    return _ -> name;
  }

  /** A machine that cannot look up its own name still has one, and is no reason not to start. */
  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return System.getenv().getOrDefault("HOSTNAME", "localhost");
    }
  }

  /**
   * Queues are declared whenever a connection is made. Looking after them at each restart of a
   * consumer as well would only log a stack trace every five seconds while the broker is down.
   *
   * <p>On platform threads: a listener that is stopped by force spins until it is cancelled, and
   * two of them on virtual threads keep all requests of a machine with two cores waiting.
   */
  @Bean
  ContainerCustomizer<SimpleMessageListenerContainer> quietAndStoppable() {
    return listener -> {
      listener.setAutoDeclare(false);
      listener.setTaskExecutor(new SimpleAsyncTaskExecutor("listener-"));
    };
  }
}
