package org.drivelens.api.live;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells the open streams of this replica what the database says has happened. A notice of the
 * broker only makes it look at once; what was missed is found by the next look, and nobody looks
 * while nobody listens.
 */
@Component
class LiveStreams implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(LiveStreams.class);
  private static final long LOOK_EVERY_MILLIS = 1_000;

  /** A run may be seen later than one that ended after it: its transaction commits later. */
  private static final Duration LATE_COMMITS = Duration.ofSeconds(10);

  private static final Duration REMEMBERED = Duration.ofMinutes(1);

  private final LiveRuns runs;
  private final JsonMapper json;
  private final Set<Subscriber> subscribers = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean nudged = new AtomicBoolean();
  private @Nullable ScheduledExecutorService looking;

  // Touched by the one thread of "looking" only.
  private @Nullable Instant lookedUpTo;
  private final Map<UUID, Instant> told = new LinkedHashMap<>();
  private Map<UUID, LiveRun> going = new HashMap<>();

  LiveStreams(LiveRuns runs, JsonMapper json) {
    this.runs = runs;
    this.json = json;
  }

  int open() {
    return subscribers.size();
  }

  /**
   * Opens a stream; it begins with what was missed since a position.
   *
   * @param since the last thing that the reader saw; null to begin with what happens from now on
   */
  void open(Subscriber subscriber, @Nullable StreamPosition since) {
    run(() -> {
      // First all that is visible is told to the others: the newcomer gets it from the replay,
      // once.
      look();
      if (since != null) {
        replay(subscriber, since);
      }
      going.values().forEach(run -> tell(subscriber, Topic.PROGRESS, run));
      subscribers.add(subscriber);
    });
  }

  void close(Subscriber subscriber) {
    subscriber.close();
    subscribers.remove(subscriber);
  }

  /** Something ended: look now rather than at the next second. */
  void nudge() {
    if (!subscribers.isEmpty() && nudged.compareAndSet(false, true)) {
      run(() -> {
        nudged.set(false);
        look();
      });
    }
  }

  private void run(Runnable task) {
    var executor = looking;
    if (executor != null) {
      executor.execute(() -> guarded(task));
    }
  }

  private void guarded(Runnable task) {
    try {
      task.run();
    } catch (DataAccessException | TransactionException e) {
      log.debug("the streams learn nothing while the database is away", e);
    }
  }

  private void look() {
    if (subscribers.isEmpty()) {
      lookedUpTo = null;
      going = new HashMap<>();
      told.clear();
    }
    var since = lookedUpTo == null ? runs.now() : lookedUpTo;
    for (var news = ended(since); news.hasNext(); ) {
      var run = news.next();
      var end = run.position().finishedAt();
      if (told.putIfAbsent(run.runId(), end) == null) {
        tellAll(Topic.RUNS, run);
      }
      since = end.isAfter(since) ? end : since;
    }
    lookedUpTo = since;
    var old = since.minus(REMEMBERED);
    told.values().removeIf(end -> end.isBefore(old));
    tellProgress();
  }

  private void tellProgress() {
    var now = new HashMap<UUID, LiveRun>();
    for (var run : runs.running()) {
      now.put(run.runId(), run);
      if (!run.equals(going.get(run.runId()))) {
        tellAll(Topic.PROGRESS, run);
      }
    }
    going = now;
  }

  /** All that ended since, and a little before: some of it may have been told already. */
  private Iterator<LiveRun> ended(Instant since) {
    var first = StreamPosition.before(since.minus(LATE_COMMITS));
    return Stream.iterate(
            runs.endedAfter(first),
            page -> !page.isEmpty(),
            page ->
                page.size() < LiveRuns.AT_ONCE
                    ? List.of()
                    : runs.endedAfter(page.getLast().position()))
        .flatMap(List::stream)
        .iterator();
  }

  private void replay(Subscriber subscriber, StreamPosition since) {
    var past = ended(since.finishedAt());
    while (past.hasNext() && subscriber.isOpen()) {
      var run = past.next();
      if (!run.runId().equals(since.runId())) {
        tell(subscriber, Topic.RUNS, run);
      }
    }
  }

  private void tellAll(Topic topic, LiveRun run) {
    subscribers.forEach(subscriber -> tell(subscriber, topic, run));
  }

  private void tell(Subscriber subscriber, Topic topic, LiveRun run) {
    if (subscriber.wants(topic, run)) {
      var id = topic == Topic.RUNS ? "id: " + run.position() + "\n" : "";
      var name = topic == Topic.RUNS ? "run" : "progress";
      subscriber.send(id + "event: " + name + "\ndata: " + json.writeValueAsString(run) + "\n\n");
    }
  }

  @Override
  public void start() {
    var executor =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("live").factory());
    looking = executor;
    var _ =
        executor.scheduleWithFixedDelay(
            () -> {
              if (!subscribers.isEmpty()) {
                guarded(this::look);
              }
            },
            LOOK_EVERY_MILLIS,
            LOOK_EVERY_MILLIS,
            TimeUnit.MILLISECONDS);
  }

  /** Before the web server stops, or it would wait for the streams. */
  @Override
  public void stop() {
    var executor = looking;
    if (executor != null) {
      executor.shutdownNow();
      looking = null;
    }
    subscribers.forEach(Subscriber::close);
  }

  @Override
  public boolean isRunning() {
    return looking != null;
  }
}
