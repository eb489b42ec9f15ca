package org.drivelens.testsupport;

import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.Ports;
import java.util.Objects;
import org.testcontainers.rabbitmq.RabbitMQContainer;

/**
 * RabbitMQ 4 in a container. This class was compiled but never run: no Docker engine was at hand
 * where it was written.
 */
final class DockerBrokerServer implements BrokerServer {

  private static final int AMQP = 5672;
  private static final int HTTP = 15672;

  // Fixed ports of the host: Docker gives others when a container is started again.
  private final int port = FreePorts.next();
  private final int managementPort = FreePorts.next();
  private final RabbitMQContainer container;

  @SuppressWarnings("resource") // Testcontainers' own watcher (Ryuk) ends it with the JVM.
  DockerBrokerServer() {
    container =
        new RabbitMQContainer("rabbitmq:4-management")
            .withAdminUser(USER)
            .withAdminPassword(USER)
            .withCreateContainerCmdModifier(create -> {
              var bindings = new Ports();
              bindings.bind(ExposedPort.tcp(AMQP), Ports.Binding.bindPort(port));
              bindings.bind(ExposedPort.tcp(HTTP), Ports.Binding.bindPort(managementPort));
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
  public int managementPort() {
    return managementPort;
  }

  @Override
  public void kill() {
    container.getDockerClient().killContainerCmd(container.getContainerId()).exec();
  }

  @Override
  public void start() {
    container.getDockerClient().startContainerCmd(container.getContainerId()).exec();
    new BrokerManagement(this).awaitAnswer(() -> true, () -> "see the container's log");
  }

  @Override
  public void freeze() {
    container.getDockerClient().pauseContainerCmd(container.getContainerId()).exec();
  }

  @Override
  public void thaw() {
    container.getDockerClient().unpauseContainerCmd(container.getContainerId()).exec();
  }

  @Override
  public void close() {
    container.stop();
  }
}
