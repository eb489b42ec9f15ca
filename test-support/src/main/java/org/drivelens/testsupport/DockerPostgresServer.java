package org.drivelens.testsupport;

import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.Ports;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * PostgreSQL 18 in a container. This class was compiled but never run: no Docker engine was at hand
 * where it was written.
 */
final class DockerPostgresServer implements PostgresServer {

  // A fixed port of the host: Docker gives another when a container is started again.
  private final int port = FreePorts.next();
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
                "client_connection_check_interval=1s")
            .withCreateContainerCmdModifier(create -> {
              var bindings = new Ports();
              bindings.bind(
                  ExposedPort.tcp(PostgreSQLContainer.POSTGRESQL_PORT),
                  Ports.Binding.bindPort(port));
              Objects.requireNonNull(create.getHostConfig()).withPortBindings(bindings);
            });
    container.start();
  }

  @Override
  public String host() {
    return container.getHost();
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public void restart() {
    container.getDockerClient().restartContainerCmd(container.getContainerId()).exec();
    Awaitility.await("PostgreSQL takes connections")
        .atMost(Duration.ofMinutes(1))
        .ignoreException(SQLException.class)
        .until(() -> {
          container.createConnection("").close();
          return true;
        });
  }
}
