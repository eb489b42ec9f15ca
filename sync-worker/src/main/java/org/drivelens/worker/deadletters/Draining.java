package org.drivelens.worker.deadletters;

import java.util.List;
import org.drivelens.contract.Queues;
import org.drivelens.worker.consuming.DatabaseOutage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.ImmediateRequeueAmqpException;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.rabbit.annotation.RabbitListenerConfigurer;
import org.springframework.amqp.rabbit.config.SimpleRabbitListenerEndpoint;
import org.springframework.amqp.rabbit.listener.RabbitListenerEndpointRegistrar;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.CannotCreateTransactionException;

/** Drains the dead-letter queues into the table, message by message and unconverted. */
@Configuration(proxyBeanMethods = false)
class Draining implements RabbitListenerConfigurer {

  private static final Logger log = LoggerFactory.getLogger(Draining.class);
  private static final List<String> QUEUES =
      List.of(Queues.SYNC_REQUESTED, Queues.SYNC_REQUESTED_BULK, Queues.FEED_POLL);

  private final DeadLetters letters;
  private final DatabaseOutage database;

  Draining(JdbcClient jdbc, DatabaseOutage database) {
    this.letters = new DeadLetters(jdbc);
    this.database = database;
  }

  @Override
  public void configureRabbitListeners(RabbitListenerEndpointRegistrar registrar) {
    for (var queue : QUEUES) {
      var endpoint = new SimpleRabbitListenerEndpoint();
      endpoint.setId(Queues.dead(queue));
      endpoint.setQueueNames(Queues.dead(queue));
      endpoint.setMessageListener(message -> store(queue, message));
      registrar.registerEndpoint(endpoint);
    }
  }

  private void store(String queue, Message message) {
    var letter = DeadLetter.of(queue, message);
    log.warn("a message of {} is dead: {} {}", queue, letter.reason(), letter.detail());
    try {
      database.outlast(() -> letters.store(letter));
    } catch (DataAccessResourceFailureException | CannotCreateTransactionException e) {
      // Behind this queue is no other: what is not stored must stay in it.
      throw new ImmediateRequeueAmqpException("the database is away", e);
    }
  }
}
