package org.drivelens.testsupport;

import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * PostgreSQL 18 in a container. This class was compiled but never run: no Docker engine was at hand
 * where it was written.
 */
final class DockerPostgresServer implements PostgresServer {

  private final PostgreSQLContainer container;

  @SuppressWarnings("resource") // Testcontainers' own watcher (Ryuk) ends it with the JVM.
  DockerPostgresServer() {
    container =
        new PostgreSQLContainer("postgres:18")
            .withUsername(SUPERUSER)
            .withPassword(SUPERUSER)
            .withCommand(
                "postgres",
                "-c",
                "fsync=off",
                "-c",
                "max_connections=300",
                "-c",
                "client_connection_check_interval=1s");
    container.start();
  }

  @Override
  public String host() {
    return container.getHost();
  }

  @Override
  public int port() {
    return container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT);
  }
}
