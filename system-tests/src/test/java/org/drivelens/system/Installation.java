package org.drivelens.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.drivelens.emulator.DriveEmulator;
import org.drivelens.testsupport.FreePorts;
import org.drivelens.testsupport.TestBroker;
import org.drivelens.testsupport.TestDatabase;

/** A whole Drivelens of real processes; those of a test JVM end with it. */
public final class Installation implements AutoCloseable {

  /** From SIGTERM to the end of a process (DESIGN section 3). */
  private static final Duration GRACE = Duration.ofSeconds(15);

  private static final String TOKEN = "token-of-the-tests";

  /** Told at once, to a receiver that is not there. */
  private static final Map<String, String> ALERTS =
      Map.of(
          "DRIVELENS_ALERTS_EVERY",
          "2s",
          "DRIVELENS_ALERTS_WEBHOOK_URLS",
          "http://127.0.0.1:9/",
          "DRIVELENS_ALERTS_WEBHOOK_SECRET",
          "a secret of both sides");

  private final String name;
  private final TestDatabase database;
  private final TestBroker broker;
  private final DriveEmulator drive = DriveEmulator.start();
  private final Map<String, String> settings;
  private final Api api;
  private final Deque<ServiceProcess> workers = new ArrayDeque<>();
  private final List<ServiceProcess> started = new ArrayList<>();
  private ServiceProcess server;
  private int workersStarted;

  /** Starts the API and so many workers, and waits until they are ready. */
  public Installation(String name, TestBroker broker, int workers) {
    this(name, broker, workers, Map.of());
  }

  /**
   * @param more environment variables of every process, beside its addresses and secrets
   */
  public Installation(String name, TestBroker broker, int workers, Map<String, String> more) {
    this.name = name;
    this.broker = broker;
    this.database = TestDatabase.withSchema(name);
    this.settings = new HashMap<>(addresses());
    settings.putAll(more);
    var port = settings.computeIfAbsent("API_PORT", _ -> String.valueOf(FreePorts.next()));
    this.server = launchApi();
    // While the API starts; the schema is there already.
    ServiceProcess.train("sync-worker", settings);
    this.api = new Api(URI.create("http://127.0.0.1:" + port), TOKEN);
    workers(workers);
    server.awaitReady();
  }

  /** The one that most classes share, since starting it takes its time; it owns its broker. */
  public static Installation shared() {
    return Shared.INSTALLATION;
  }

  private static final class Shared {
    static final Installation INSTALLATION =
        new Installation("shared", TestBroker.own("shared"), 2, ALERTS);
  }

  /**
   * Another one that classes share: three workers with short times, so that a dead one is replaced
   * in seconds; the protocol is the same. So much goes away here that the brake on removals, which
   * has tests of its own, would wait for a person.
   */
  public static Installation hasty() {
    return Hasty.INSTALLATION;
  }

  private static final class Hasty {
    static final Installation INSTALLATION =
        new Installation(
            "hasty",
            TestBroker.own("hasty"),
            3,
            Map.of(
                "DRIVELENS_REMOVALS_HELD_ABOVE_PERCENT", "100",
                "DRIVELENS_WORKER_LEASE", "2s",
                "DRIVELENS_WORKER_SWEEP_EVERY", "500ms",
                "DRIVELENS_WORKER_LIST_AGAIN_AFTER", "1s",
                // How long a process that stands still may keep rows locked: half a lease, as ever.
                "SPRING_DATASOURCE_HIKARI_DATASOURCEPROPERTIES_OPTIONS",
                    "-c idle_in_transaction_session_timeout=1s"
                        + " -c client_connection_check_interval=1s"));
  }

  private Map<String, String> addresses() {
    return Map.ofEntries(
        Map.entry("SPRING_DATASOURCE_URL", database.url()),
        Map.entry("SPRING_DATASOURCE_USERNAME", database.user()),
        Map.entry("SPRING_DATASOURCE_PASSWORD", database.password()),
        Map.entry("SPRING_RABBITMQ_HOST", broker.host()),
        Map.entry("SPRING_RABBITMQ_PORT", String.valueOf(broker.port())),
        Map.entry("SPRING_RABBITMQ_VIRTUAL_HOST", broker.virtualHost()),
        Map.entry("SPRING_RABBITMQ_USERNAME", broker.user()),
        Map.entry("SPRING_RABBITMQ_PASSWORD", broker.password()),
        Map.entry("DRIVELENS_DRIVE_ROOT_URL", drive.rootUrl()),
        Map.entry("GOOGLE_APPLICATION_CREDENTIALS", drive.serviceAccountFile().toString()),
        Map.entry("DRIVELENS_BIND", "127.0.0.1"),
        Map.entry("DRIVELENS_ADMIN_TOKEN", TOKEN));
  }

  private ServiceProcess start(String module, Map<String, String> more) {
    return start(module, name + "-" + module, more);
  }

  private ServiceProcess start(String module, String processName, Map<String, String> more) {
    var all = new HashMap<>(settings);
    all.putAll(more);
    var process = ServiceProcess.start(module, processName, all);
    started.add(process);
    return process;
  }

  private ServiceProcess launchApi() {
    return start("api-service", Map.of());
  }

  /** {@code kill -9} of the API. */
  public void killApi() {
    server.kill();
  }

  /** The API again, at the same address. */
  public void startApi() {
    server = launchApi().awaitReady();
  }

  /**
   * Starts or stops workers, the newest first, until there are so many; they are ready, or have
   * ended in the time they have for it, when this returns.
   */
  public List<ServiceProcess> workers(int wanted) {
    var fresh = new ArrayList<ServiceProcess>();
    while (workers.size() < wanted) {
      var worker = start("sync-worker", name + "-worker-" + ++workersStarted, Map.of());
      workers.addLast(worker);
      fresh.add(worker);
    }
    fresh.forEach(ServiceProcess::awaitReady);
    while (workers.size() > wanted) {
      var last = workers.removeLast();
      assertThat(last.stop()).as("time that %s took to end", last.name()).isLessThan(GRACE);
    }
    return List.copyOf(workers);
  }

  /** One more worker, which is ready when this returns, with settings of its own. */
  public ServiceProcess addWorker(Map<String, String> more) {
    var worker = start("sync-worker", name + "-worker-" + ++workersStarted, more).awaitReady();
    workers.addLast(worker);
    return worker;
  }

  /**
   * Replaces each worker by a new one, one after the other, as an upgrade does.
   *
   * @return how long each took to end
   */
  public List<Duration> restartWorkers() {
    var took = new ArrayList<Duration>();
    for (var old : List.copyOf(workers)) {
      workers(workers.size() + 1);
      workers.remove(old);
      took.add(old.stop());
    }
    return took;
  }

  /** Kills a worker and starts another, which is ready some time later. */
  public void replaceWorker(ServiceProcess victim) {
    victim.kill();
    workers.remove(victim);
    workers.addLast(start("sync-worker", name + "-worker-" + ++workersStarted, Map.of()));
  }

  /** The workers that are there, ready or not. */
  public List<ServiceProcess> runningWorkers() {
    return List.copyOf(workers);
  }

  /** A worker that the test has killed. */
  public void forget(ServiceProcess dead) {
    workers.remove(dead);
  }

  public ServiceProcess startScheduler() {
    return startScheduler(Map.of());
  }

  /** A scheduler with settings of its own. */
  public ServiceProcess startScheduler(Map<String, String> more) {
    return start("scheduler-service", more).awaitReady();
  }

  public Api api() {
    return api;
  }

  public TestBroker broker() {
    return broker;
  }

  public TestDatabase database() {
    return database;
  }

  public DriveEmulator drive() {
    return drive;
  }

  /** A new folder in Drive, shared with the robot. */
  public String sharedFolder(String folderName) {
    var folder = drive.library().createFolder(null, folderName);
    drive.library().share(folder);
    return folder;
  }

  /** The gallery of a new event for this folder. */
  public Gallery gallery(String folder) {
    return new Gallery(this, api.createEvent("Gallery of " + folder, folder), folder);
  }

  @Override
  public void close() {
    started.forEach(ServiceProcess::kill);
    drive.close();
    database.close();
    broker.close();
  }
}
