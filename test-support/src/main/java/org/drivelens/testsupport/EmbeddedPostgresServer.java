package org.drivelens.testsupport;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** PostgreSQL from a Maven artefact, as a process of this machine; works for root as well. */
final class EmbeddedPostgresServer implements PostgresServer {

  // SIGQUIT is the immediate shutdown: the server ends its own processes, clients or not.
  private static final String SCRIPT =
      """
      read word
      kill -s QUIT "$(head -n 1 "$1/postmaster.pid")"
      rm -rf -- "$1"
      sleep 0.3
      rm -rf -- "$1"
      """;

  // What cannot run as root runs in a user namespace, in which root is nobody; as the library does.
  private static final String RESTART =
      """
      postmaster=$(head -n 1 "$1/postmaster.pid")
      bin=$(dirname "$(readlink "/proc/$postmaster/exe")")
      test "$(id -u)" -ne 0 || as="unshare -U"
      exec $as "$bin/pg_ctl" -D "$1" -m fast -t 60 -w -l /dev/null restart
      """;

  private final Path data;
  private final EmbeddedPostgres server;
  private final Lifeline lifeline;

  EmbeddedPostgresServer() {
    try {
      data = Files.createTempDirectory("drivelens-postgres");
      lifeline = new Lifeline(SCRIPT, Map.of(), data.toString());
      server =
          EmbeddedPostgres.builder()
              .setPort(FreePorts.next())
              .setDataDirectory(data)
              .setRegisterShutdownHook(false)
              .setLocaleConfig("locale", "C.UTF-8")
              .setServerConfig("max_connections", "300")
              .setServerConfig("shared_buffers", "64MB")
              .setServerConfig("client_connection_check_interval", "1s")
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String host() {
    return "127.0.0.1";
  }

  @Override
  public int port() {
    return server.getPort();
  }

  @Override
  public void restart() {
    try {
      var restart =
          new ProcessBuilder("setsid", "sh", "-c", RESTART, "restart", data.toString())
              .redirectErrorStream(true)
              .redirectOutput(new File("/dev/null"))
              .start();
      if (restart.waitFor() != 0) {
        throw new IllegalStateException("PostgreSQL in " + data + " did not start again");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  boolean isWatched() {
    return lifeline.holds();
  }
}
