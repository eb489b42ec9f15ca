package org.drivelens.testsupport;

/**
 * A RabbitMQ server of the tests, with its management API, that can be made to fail.
 *
 * <p>Its ports and its data stay the same over {@link #kill} and {@link #start}.
 */
public sealed interface BrokerServer extends AutoCloseable
    permits LocalBrokerServer, DockerBrokerServer {

  /** Name and password of the administrator. */
  String USER = "drivelens";

  /** The address that clients connect to. */
  String host();

  /** The AMQP port. */
  int port();

  /** The port of the management API (HTTP). */
  int managementPort();

  /** Ends the server at once, as {@code kill -9} does; what was confirmed stays on disk. */
  void kill();

  /** Starts a killed server again on its old data and returns when it answers. */
  void start();

  /** Stops the server's processes without ending them: connections stay open, nothing answers. */
  void freeze();

  /** Lets a frozen server run on. */
  void thaw();

  /** Ends the server and removes its data. */
  @Override
  void close();
}
