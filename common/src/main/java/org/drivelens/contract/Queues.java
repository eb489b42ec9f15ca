package org.drivelens.contract;

import org.springframework.amqp.core.Binding;
import org.springframework.amqp.core.BindingBuilder;
import org.springframework.amqp.core.Declarables;
import org.springframework.amqp.core.DirectExchange;
import org.springframework.amqp.core.QueueBuilder;
import org.springframework.amqp.core.TopicExchange;

/**
 * Names and declarations of exchanges and queues. A queue is declared by the service that consumes
 * it. Only arguments that RabbitMQ 3.10 and 4.x both accept; what may change later is a policy.
 */
public final class Queues {

  public static final String COMMANDS = "drivelens.commands";
  public static final String EVENTS = "drivelens.events";
  public static final String DEAD = "drivelens.dead";

  public static final String SYNC_REQUESTED = "sync.requested";
  public static final String SYNC_REQUESTED_BULK = "sync.requested.bulk";
  public static final String FEED_POLL = "feed.poll";
  public static final String MAINTENANCE = "maintenance";
  public static final String MAINTENANCE_API = "maintenance.api";

  /** Redelivery is for crashes alone; attempts are counted in the database. */
  private static final int DELIVERY_LIMIT = 20;

  /** Ticks repeat: the newest few are enough, and a queue nobody reads stays short. */
  private static final int TICKS_KEPT = 100;

  private Queues() {}

  /** The queue in which messages of a command's queue end that cannot be handled. */
  public static String dead(String name) {
    return name + ".dead";
  }

  /** The queue of a command, and beside it {@code NAME.dead} for what cannot be handled. */
  public static Declarables command(String name) {
    var commands = new DirectExchange(COMMANDS);
    var dead = new DirectExchange(DEAD);
    var queue =
        QueueBuilder.durable(name)
            .quorum()
            .deliveryLimit(DELIVERY_LIMIT)
            .deadLetterExchange(DEAD)
            .deadLetterRoutingKey(dead(name))
            .build();
    var deadQueue = QueueBuilder.durable(dead(name)).quorum().build();
    Binding work = BindingBuilder.bind(queue).to(commands).with(name);
    Binding buried = BindingBuilder.bind(deadQueue).to(dead).with(dead(name));
    return new Declarables(commands, dead, queue, deadQueue, work, buried);
  }

  /** The queue of ticks: a short one instead of a dead-letter queue. */
  public static Declarables ticks(String name) {
    var commands = new DirectExchange(COMMANDS);
    var queue =
        QueueBuilder.durable(name)
            .quorum()
            .deliveryLimit(DELIVERY_LIMIT)
            .maxLength(TICKS_KEPT)
            .build();
    return new Declarables(commands, queue, BindingBuilder.bind(queue).to(commands).with(name));
  }

  /** The topic on which finished and failed runs are announced. */
  public static Declarables notices() {
    return new Declarables(new TopicExchange(EVENTS));
  }
}
