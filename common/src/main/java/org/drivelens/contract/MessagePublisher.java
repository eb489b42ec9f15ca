package org.drivelens.contract;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.core.MessageDeliveryMode;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory.ConfirmType;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.connection.CorrelationData;
import org.springframework.amqp.rabbit.core.RabbitTemplate;

/**
 * Publishes, never on the caller's thread: a bounded executor takes the message and drops it when
 * it is full or the broker is away. That loses no work, because a message is only a nudge: what it
 * is about stands in the database, and the sweep publishes again.
 *
 * <p>Published means that the broker confirmed it <em>and</em> did not return it as unroutable
 * (RabbitMQ acknowledges those too). Anything else is unknown, and the future is false.
 */
public final class MessagePublisher implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(MessagePublisher.class);
  private static final int THREADS = 2;
  private static final int WAITING_AT_MOST = 10_000;
  private static final Duration CONFIRM_WITHIN = Duration.ofSeconds(10);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(2);

  private final RabbitTemplate template;
  private final ThreadPoolExecutor executor;

  /**
   * @param connections made to confirm and return: see {@link #confirming}
   */
  public MessagePublisher(ConnectionFactory connections) {
    template = new RabbitTemplate(connections);
    template.setMessageConverter(new ContractConverter());
    template.setMandatory(true);
    // The confirm tells what was returned; without this each return is a warning of its own.
    template.setReturnsCallback(returned -> log.debug("nobody listens: {}", returned));
    // Publishing apart from consuming: a broker that blocks publishers must not stop consumers.
    template.setUsePublisherConnection(true);
    executor =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            1,
            TimeUnit.MINUTES,
            new LinkedBlockingQueue<>(WAITING_AT_MOST),
            Thread.ofPlatform().daemon().name("publish-", 0).factory());
    executor.allowCoreThreadTimeOut(true);
  }

  /** Switches on what {@link MessagePublisher} relies on: correlated confirms, and returns. */
  public static void confirming(CachingConnectionFactory connections) {
    connections.setPublisherConfirmType(ConfirmType.CORRELATED);
    connections.setPublisherReturns(true);
  }

  /**
   * @return whether the broker has taken the message and routed it to a queue; completes within
   *     about ten seconds, never exceptionally
   */
  public CompletableFuture<Boolean> publish(Command command) {
    return publish(Queues.COMMANDS, command.queue(), command);
  }

  /** Publishes a command and does not care: what gets lost, the sweep publishes again. */
  public void nudge(Command command) {
    var _ = publish(command);
  }

  /**
   * Announces something; that nobody listens is not a failure.
   *
   * @return whether the broker has taken the message
   */
  public CompletableFuture<Boolean> publish(Notice notice) {
    return publish(Queues.EVENTS, notice.topic(), notice);
  }

  private CompletableFuture<Boolean> publish(String exchange, String key, Object message) {
    var published = new CompletableFuture<Boolean>();
    try {
      executor.execute(() -> send(exchange, key, message, published));
    } catch (RejectedExecutionException e) {
      published.complete(false);
    }
    return published.completeOnTimeout(false, CONFIRM_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void send(
      String exchange, String key, Object message, CompletableFuture<Boolean> published) {
    var correlation = new CorrelationData();
    try {
      template.convertAndSend(
          exchange,
          key,
          message,
          m -> {
            m.getMessageProperties().setDeliveryMode(MessageDeliveryMode.PERSISTENT);
            return m;
          },
          correlation);
      var _ =
          correlation
              .getFuture()
              .whenComplete((confirm, e) ->
                  published.complete(
                      e == null
                          && confirm.ack()
                          && (message instanceof Notice || correlation.getReturned() == null)));
    } catch (AmqpException e) {
      log.debug("not published to {}: {}", key, e.getMessage());
      published.complete(false);
    }
  }

  /**
   * Drops what still waits: the sweep publishes it again. Sent while the connections are being
   * closed, it would open new ones and hold up the end of the process.
   */
  @Override
  public void close() {
    executor.getQueue().clear();
    executor.shutdown();
    try {
      if (!executor.awaitTermination(STOP_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
        log.info("still publishing after {}", STOP_WITHIN);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
