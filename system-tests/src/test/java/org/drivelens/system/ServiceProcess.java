package org.drivelens.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.drivelens.testsupport.FreePorts;
import org.drivelens.testsupport.Lifeline;
import org.drivelens.testsupport.Signals;

/** One built service, started as its users start it: by the script beside its jar. */
public final class ServiceProcess {

  private static final Path BUILT = Path.of("..", "target", "drivelens");

  /** Starts sooner on few cores, and changes nothing that is tested; a bench wants full speed. */
  private static final String JAVA_OPTIONS =
      Boolean.getBoolean("drivelens.bench") ? "" : "-XX:TieredStopAtLevel=1";

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final String name;
  private final int managementPort;
  private final Path log;
  private final Process process;
  private final Lifeline lifeline;
  private boolean ended;

  private ServiceProcess(
      String name, int managementPort, Path log, Process process, Lifeline lifeline) {
    this.name = name;
    this.managementPort = managementPort;
    this.log = log;
    this.process = process;
    this.lifeline = lifeline;
  }

  /**
   * Starts a service; it logs to {@code target/system-tests/<name>.log}.
   *
   * @param module to run
   * @param settings environment variables
   */
  static ServiceProcess start(String module, String name, Map<String, String> settings) {
    var start = script(module);
    int port = FreePorts.next();
    var builder = new ProcessBuilder(start.toString());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("DRIVELENS_JAVA_OPTIONS", JAVA_OPTIONS);
    builder.environment().putAll(settings);
    builder.environment().put("DRIVELENS_MANAGEMENT_PORT", String.valueOf(port));
    var cache = Training.cache(module, start);
    if (cache != null) {
      builder.environment().put("DRIVELENS_AOT_CACHE", cache.toString());
    }
    builder.redirectErrorStream(true);
    try {
      // Two JVMs of tests may have services of the same name.
      var folder =
          Files.createDirectories(
              Path.of("target", "system-tests", System.getProperty("drivelens.fork", "1")));
      builder.environment().put("TMPDIR", temporary(folder));
      var log = folder.resolve(name + ".log");
      builder.redirectOutput(log.toFile());
      var process = builder.start();
      return new ServiceProcess(name, port, log, process, Lifeline.of(process));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A service that is killed leaves what it has there; nothing of ours stays outside. */
  private static String temporary(Path folder) throws IOException {
    return Files.createDirectories(folder.resolve("tmp")).toRealPath().toString();
  }

  /**
   * Makes later starts of a service faster, once per build.
   *
   * @param settings with which it could start; it ends before it would begin its work
   */
  static void train(String module, Map<String, String> settings) {
    var all = new HashMap<>(settings);
    all.put("JAVA_HOME", System.getProperty("java.home"));
    all.put("DRIVELENS_MANAGEMENT_PORT", "0");
    Training.train(module, script(module), JAVA_OPTIONS, all);
  }

  private static Path script(String module) {
    var start = BUILT.resolve(module).resolve("start");
    if (!Files.exists(start)) {
      throw new IllegalStateException(
          start.toAbsolutePath().normalize() + " is missing: these tests run after mvn package");
    }
    return start;
  }

  public ServiceProcess awaitReady() {
    await(name + " is ready, see " + log)
        .atMost(Duration.ofMinutes(3))
        .pollInterval(Duration.ofMillis(100))
        .failFast(name + " ended, see " + log, () -> !process.isAlive())
        .untilAsserted(() -> assertThat(readiness()).startsWith("200"));
    return this;
  }

  /** Whether it takes work just now. */
  public boolean isReady() {
    return process.isAlive() && readiness().startsWith("200");
  }

  /** Status and body of its readiness. */
  private String readiness() {
    var request =
        HttpRequest.newBuilder(
                URI.create(
                    "http://127.0.0.1:%d/actuator/health/readiness".formatted(managementPort)))
            .timeout(Duration.ofSeconds(2))
            .build();
    try {
      var answer = HTTP.send(request, BodyHandlers.ofString());
      return answer.statusCode() + " " + answer.body();
    } catch (IOException notYet) {
      return notYet.toString();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  public String name() {
    return name;
  }

  public long pid() {
    return process.pid();
  }

  /** What it has logged so far. */
  public String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code kill -9}. */
  public void kill() {
    process.destroyForcibly();
    awaitEnd(Duration.ofSeconds(10));
  }

  /** Asks it to end (SIGTERM); returns how long that took, at most a minute. */
  public Duration stop() {
    long begin = System.nanoTime();
    process.destroy();
    awaitEnd(Duration.ofMinutes(1));
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  public void freeze() {
    Signals.freeze(process.toHandle());
  }

  public void thaw() {
    Signals.thaw(process.toHandle());
  }

  private void awaitEnd(Duration limit) {
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException(name + " did not end within " + limit + ", see " + log);
      }
      if (!ended) {
        ended = true;
        lifeline.letGo();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
