package org.drivelens.emulator;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** The emulator as a process of its own, for the demo and the system tests. */
public final class EmulatorProcess {

  private static final String USAGE =
      "Usage: drive-emulator [--port N] [--bind ADDRESS] [--address URL] [--data DIR] [--photos"
          + " DIR] [--directory DIR] [--service-account FILE] [--seed N]";

  private EmulatorProcess() {}

  /** Prints one line when ready and ends at SIGTERM. */
  public static void main(String[] args) throws InterruptedException {
    DriveEmulator emulator;
    try {
      emulator = DriveEmulator.start(settings(args));
    } catch (IllegalArgumentException | IllegalStateException | java.io.UncheckedIOException e) {
      System.err.println("The Drive emulator cannot start: " + e.getMessage());
      System.exit(1);
      return;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(emulator::close));
    // The workers' own setting: who tries push on one machine sets it once.
    emulator.channels().allowHttpHere("true".equals(System.getenv("DRIVELENS_PUSH_ALLOW_HTTP")));
    System.out.println(
        "Drive emulator ready: %s robot %s, credentials %s, control %semulator/"
            .formatted(
                emulator.rootUrl(),
                emulator.robotEmail(),
                emulator.serviceAccountFile(),
                emulator.rootUrl()));
    new CountDownLatch(1).await();
  }

  static Settings settings(String[] args) {
    var settings = Settings.inMemory().serviceAccount(path("GOOGLE_APPLICATION_CREDENTIALS"));
    String bind = System.getenv("DRIVELENS_BIND");
    if (bind != null && !bind.isBlank()) {
      settings = settings.bind(bind);
    }
    if (args.length % 2 != 0) {
      throw new IllegalArgumentException(USAGE);
    }
    for (int i = 0; i < args.length; i += 2) {
      String value = args[i + 1];
      settings =
          switch (args[i]) {
            case "--port" -> settings.port(port(value));
            case "--bind" -> settings.bind(value);
            case "--address" -> settings.address(address(value));
            case "--data" -> settings.data(Path.of(value));
            case "--photos" -> settings.photos(Path.of(value));
            case "--seed" -> settings.seed(seed(value));
            case "--directory" -> settings.directory(Path.of(value));
            case "--service-account" -> settings.serviceAccount(Path.of(value));
            default -> throw new IllegalArgumentException("Unknown " + args[i] + ". " + USAGE);
          };
    }
    return settings;
  }

  private static long seed(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("--seed must be a whole number, not " + text, e);
    }
  }

  private static int port(String text) {
    try {
      int port = Integer.parseInt(text);
      if (port >= 0 && port <= 65535) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new IllegalArgumentException("--port must be 0 to 65535, not " + text);
  }

  /** With a slash at its end, since paths are appended. */
  private static URI address(String text) {
    try {
      var url = new URI(text.endsWith("/") ? text : text + "/");
      if (url.getHost() != null && "http".equals(url.getScheme())) {
        return url;
      }
    } catch (URISyntaxException e) {
      // Said below.
    }
    throw new IllegalArgumentException("--address must be like http://host:8085/, not " + text);
  }

  private static @Nullable Path path(String variable) {
    String value = System.getenv(variable);
    return value == null || value.isBlank() ? null : Path.of(value);
  }
}
