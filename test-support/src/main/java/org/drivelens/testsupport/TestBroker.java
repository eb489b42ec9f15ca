package org.drivelens.testsupport;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.core.Binding;
import org.springframework.amqp.core.Declarables;
import org.springframework.amqp.core.Exchange;
import org.springframework.amqp.core.Queue;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.core.RabbitAdmin;

/** The RabbitMQ virtual host of one test class: no queue in it yet, nobody else's. */
public final class TestBroker implements AutoCloseable {

  private static final Pattern REDELIVER = Pattern.compile("\"redeliver\":(\\d+)");
  private static final AtomicInteger VIRTUAL_HOSTS = new AtomicInteger();

  private final BrokerServer server;
  private final boolean own;
  private final String virtualHost;
  private @Nullable CachingConnectionFactory connections;

  private TestBroker(BrokerServer server, boolean own, String readableName) {
    this.server = server;
    this.own = own;
    this.virtualHost = readableName + "-" + VIRTUAL_HOSTS.incrementAndGet();
    new BrokerManagement(server).createVirtualHost(virtualHost);
  }

  /** A new virtual host of the broker that all test classes share. */
  public static TestBroker shared(String readableName) {
    return new TestBroker(Servers.broker(), false, readableName);
  }

  /** A virtual host of a new broker, which may be killed and which {@link #close} ends. */
  public static TestBroker own(String readableName) {
    return new TestBroker(Servers.ownBroker(), true, readableName);
  }

  /** The address to connect to. */
  public String host() {
    return server.host();
  }

  /** The AMQP port. */
  public int port() {
    return server.port();
  }

  /** The virtual host of this test class. */
  public String virtualHost() {
    return virtualHost;
  }

  /** A user that may do everything. */
  public String user() {
    return BrokerServer.USER;
  }

  /** That user's password. */
  public String password() {
    return BrokerServer.USER;
  }

  /** Connections to the virtual host, made at the first call and closed with the test class. */
  public synchronized ConnectionFactory connectionFactory() {
    if (connections == null) {
      connections = new CachingConnectionFactory(host(), port());
      connections.setVirtualHost(virtualHost);
      connections.setUsername(user());
      connections.setPassword(password());
      connections.setPublisherConfirmType(CachingConnectionFactory.ConfirmType.CORRELATED);
      connections.setPublisherReturns(true);
    }
    return connections;
  }

  /** Declares queues as their service does: without one the broker returns what is published. */
  public void declare(Declarables parts) {
    var admin = new RabbitAdmin(connectionFactory());
    for (var part : parts.getDeclarables()) {
      switch (part) {
        case Exchange exchange -> admin.declareExchange(exchange);
        case Queue queue -> admin.declareQueue(queue);
        case Binding binding -> admin.declareBinding(binding);
        default -> throw new IllegalArgumentException("not to be declared: " + part);
      }
    }
  }

  /**
   * The server, to be killed, frozen and started again.
   *
   * @throws IllegalStateException unless the class asked for its own broker with {@code
   *     OnRealParts(ownBroker = true)}: other classes use the shared one
   */
  public BrokerServer server() {
    if (!own) {
      throw new IllegalStateException(
          "This broker is shared with other test classes; say @OnRealParts(ownBroker = true)");
    }
    return server;
  }

  /**
   * How many deliveries so far were not the first of their message, all queues together; some
   * seconds old.
   */
  public int redeliveries() {
    var path = "queues/" + virtualHost + "?columns=message_stats.redeliver";
    return REDELIVER
        .matcher(new BrokerManagement(server).get(path).body())
        .results()
        .mapToInt(count -> Integer.parseInt(count.group(1)))
        .sum();
  }

  /**
   * Takes messages that were delivered more often than this for poison, as an operator's policy
   * can; of that and the limit of a queue itself the lower one counts.
   */
  public void limitDeliveries(int most) {
    new BrokerManagement(server)
        .setPolicy(
            virtualHost,
            "deliveries",
            """
            {"pattern": ".*", "apply-to": "queues", "definition": {"delivery-limit": %d}}
            """
                .formatted(most));
  }

  /** Closes the connections, and ends the server if it was this class's own. */
  @Override
  public synchronized void close() {
    if (connections != null) {
      connections.destroy();
      connections = null;
    }
    if (own) {
      server.close();
    }
  }
}
