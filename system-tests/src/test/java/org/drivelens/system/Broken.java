package org.drivelens.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.drivelens.contract.Command.SyncRequested;
import org.drivelens.contract.MessagePublisher;
import org.drivelens.contract.Queues;
import org.drivelens.event.EventId;
import org.drivelens.event.Trigger;
import org.springframework.amqp.core.MessageBuilder;
import org.springframework.amqp.rabbit.core.RabbitAdmin;
import org.springframework.amqp.rabbit.core.RabbitTemplate;

/** What operators, networks and other programs do to the servers of an installation. */
public final class Broken implements AutoCloseable {

  private final Installation drivelens;
  private final RabbitTemplate messages;
  private final RabbitAdmin queues;
  private final MessagePublisher publisher;

  public Broken(Installation drivelens) {
    this.drivelens = drivelens;
    this.messages = new RabbitTemplate(drivelens.broker().connectionFactory());
    this.publisher = new MessagePublisher(drivelens.broker().connectionFactory());
    this.queues = new RabbitAdmin(drivelens.broker().connectionFactory());
  }

  /** Another message about an event, as the API and the sweep publish them. */
  public void nudge(String event) {
    publisher.nudge(SyncRequested.of(EventId.parse(event), Trigger.MANUAL));
  }

  /** What nobody can read. */
  public void poison(String body) {
    var message =
        MessageBuilder.withBody(body.getBytes(StandardCharsets.UTF_8))
            .setContentType("application/json")
            .setType("SyncRequested")
            .build();
    messages.send(Queues.COMMANDS, Queues.SYNC_REQUESTED, message);
  }

  /** Messages that wait in the queue of requests. */
  public long waitingRequests() {
    var info = queues.getQueueInfo(Queues.SYNC_REQUESTED);
    return info == null ? 0 : info.getMessageCount();
  }

  /** As an operator does it in the management UI. */
  public void purgeQueues() {
    for (var queue : List.of(Queues.SYNC_REQUESTED, Queues.SYNC_REQUESTED_BULK, Queues.FEED_POLL)) {
      queues.purgeQueue(queue, false);
    }
  }

  /** Ends every connection that the services have to PostgreSQL. */
  public void cutDatabaseConnections() {
    drivelens
        .database()
        .jdbc()
        .sql(
            """
            select pg_terminate_backend(pid) from pg_stat_activity
             where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'
            """)
        .query((row, number) -> row.getBoolean(1))
        .list();
  }

  /**
   * {@code kill -9} of a process of PostgreSQL: the server throws all others out, recovers from its
   * log and is there again.
   */
  public void crashDatabase() {
    var backend =
        drivelens.database().jdbc().sql("select pg_backend_pid()").query(Long.class).single();
    assertThat(ProcessHandle.of(backend).map(ProcessHandle::destroyForcibly)).contains(true);
  }

  @Override
  public void close() {
    publisher.close();
  }
}
