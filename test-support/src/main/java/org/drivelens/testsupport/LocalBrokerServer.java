package org.drivelens.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/**
 * A private RabbitMQ node as a process of this machine, with ports, cookie, data and epmd of its
 * own: it shares nothing with a broker that the machine may already run.
 */
final class LocalBrokerServer implements BrokerServer {

  // Debian's wrapper in /usr/sbin changes to the user rabbitmq and to the system's configuration;
  // the script behind it does neither.
  private static final Path DEBIAN = Path.of("/usr/lib/rabbitmq/bin/rabbitmq-server");

  // epmd is started by us, before the node would start one as a daemon that we could not find
  // again. The node gets a session, and so a process group, of its own. A dying process may still
  // create a file: hence the second rm.
  private static final String SCRIPT =
      """
      epmd -address 127.0.0.1 -port "$ERL_EPMD_PORT" & epmd=$!
      setsid "$1" > "$2/out.log" 2>&1 & node=$!
      echo "$node" > "$2/group"
      read word
      kill -s KILL -- "-$node"
      kill -s KILL "$epmd"
      test "$word" = keep && exit
      rm -rf -- "$2"
      sleep 0.5
      rm -rf -- "$2"
      """;

  private final Path executable = findExecutable();
  private final Path home;
  private final int port = FreePorts.next();
  private final int managementPort = FreePorts.next();
  private final int epmdPort = FreePorts.next();
  private final int distributionPort = FreePorts.next();
  private @Nullable Lifeline lifeline;

  LocalBrokerServer() {
    try {
      home = Files.createTempDirectory("drivelens-broker");
      Files.writeString(home.resolve("rabbitmq.conf"), configuration());
      Files.writeString(home.resolve("enabled_plugins"), "[rabbitmq_management].\n");
      var cookie = Files.writeString(home.resolve(".erlang.cookie"), UUID.randomUUID().toString());
      Files.setPosixFilePermissions(
          cookie, java.nio.file.attribute.PosixFilePermissions.fromString("r--------"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start();
  }

  /** Whether RabbitMQ is installed here. */
  static boolean isInstalled() {
    return candidates().anyMatch(Files::isExecutable);
  }

  private static Path findExecutable() {
    return candidates()
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() ->
            new IllegalStateException(
                "These tests need a RabbitMQ server: neither a Docker engine answers nor is"
                    + " rabbitmq-server installed. Run ./drivelens test, which installs it."));
  }

  private static Stream<Path> candidates() {
    var path = System.getenv().getOrDefault("PATH", "").split(java.io.File.pathSeparator, -1);
    return Stream.concat(
        Stream.of(DEBIAN),
        Stream.of(path).filter(p -> !p.isEmpty()).map(p -> Path.of(p, "rabbitmq-server")));
  }

  private String configuration() {
    return """
    listeners.tcp.local = 127.0.0.1:%d
    management.tcp.ip = 127.0.0.1
    management.tcp.port = %d
    default_user = %s
    default_pass = %s
    disk_free_limit.absolute = 50MB
    collect_statistics_interval = 1000
    vm_memory_high_watermark.absolute = 512MB
    """
        .formatted(port, managementPort, USER, USER);
  }

  private Map<String, String> environment() {
    return Map.ofEntries(
        Map.entry("HOME", home.toString()),
        Map.entry("ERL_EPMD_ADDRESS", "127.0.0.1"),
        Map.entry("ERL_EPMD_PORT", String.valueOf(epmdPort)),
        Map.entry("RABBITMQ_CONF_ENV_FILE", "/dev/null"),
        Map.entry("RABBITMQ_NODENAME", "test" + port + "@localhost"),
        Map.entry("RABBITMQ_NODE_IP_ADDRESS", "127.0.0.1"),
        Map.entry("RABBITMQ_NODE_PORT", String.valueOf(port)),
        Map.entry("RABBITMQ_DIST_PORT", String.valueOf(distributionPort)),
        Map.entry("RABBITMQ_CONFIG_FILE", home.resolve("rabbitmq.conf").toString()),
        Map.entry("RABBITMQ_ENABLED_PLUGINS_FILE", home.resolve("enabled_plugins").toString()),
        Map.entry("RABBITMQ_MNESIA_BASE", home.resolve("mnesia").toString()),
        Map.entry("RABBITMQ_LOG_BASE", home.resolve("log").toString()),
        Map.entry("RABBITMQ_PID_FILE", home.resolve("pid").toString()),
        // Without +sbwt none an idle node spins on both cores of a small machine.
        Map.entry(
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS",
            "+sbwt none +sbwtdcpu none +sbwtdio none -kernel inet_dist_use_interface {127,0,0,1}"));
  }

  @Override
  public String host() {
    return "127.0.0.1";
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
  public void start() {
    var line = new Lifeline(SCRIPT, environment(), executable.toString(), home.toString());
    lifeline = line;
    new BrokerManagement(this)
        .awaitAnswer(line::holds, () -> "see " + home.resolve("out.log") + " and its log folder");
  }

  @Override
  public void kill() {
    if (lifeline != null) {
      lifeline.cutAndKeep();
      lifeline = null;
      // The signal is sent, but the kernel closes the port a moment later.
      Awaitility.await("closed port " + port).until(() -> FreePorts.isFree(port));
    }
  }

  @Override
  public void freeze() {
    signal("STOP");
  }

  @Override
  public void thaw() {
    signal("CONT");
  }

  private void signal(String name) {
    try {
      String group = Files.readString(home.resolve("group")).strip();
      Signals.send(name, "-" + group);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    kill();
    try {
      FileSystemUtils.deleteRecursively(home);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
