package org.drivelens.testsupport;

import org.testcontainers.DockerClientFactory;

/**
 * Decides, once per JVM and nowhere else, what the tests run on: containers where a Docker engine
 * answers, else an embedded PostgreSQL and a private RabbitMQ on this machine. Each server starts
 * when it is first asked for, and ends with the JVM.
 */
final class Servers {

  private static final boolean DOCKER = DockerClientFactory.instance().isDockerAvailable();

  static {
    System.out.println(
        DOCKER
            ? "Tests run on PostgreSQL 18 and RabbitMQ 4 in Docker containers."
            : "Tests run on an embedded PostgreSQL 18 and a private local RabbitMQ"
                + " (no Docker engine answers).");
  }

  private Servers() {}

  static PostgresServer postgres() {
    return Postgres.SHARED;
  }

  /** The broker that the classes of this JVM share, each with a virtual host of its own. */
  static BrokerServer broker() {
    return Broker.SHARED;
  }

  /** A broker for one test class, which may kill and freeze it. */
  static BrokerServer ownBroker() {
    return DOCKER ? new DockerBrokerServer() : new LocalBrokerServer();
  }

  private static final class Postgres {
    static final PostgresServer SHARED =
        DOCKER ? new DockerPostgresServer() : new EmbeddedPostgresServer();
  }

  private static final class Broker {
    static final BrokerServer SHARED = ownBroker();
  }
}
