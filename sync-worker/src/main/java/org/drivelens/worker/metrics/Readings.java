package org.drivelens.worker.metrics;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Numbers that somebody else has to be asked for. They are read by a thread of their own, so that
 * neither a scrape nor any work waits for a database or a broker that hangs.
 */
final class Readings implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Readings.class);

  private final String of;
  private final Supplier<Map<String, Double>> source;
  private final Duration pause;
  private final long goodFor;
  private final ScheduledExecutorService reader;
  private volatile Reading last = new Reading(Map.of(), 0, false);

  private record Reading(Map<String, Double> values, long at, boolean good) {}

  Readings(String of, Duration pause, Supplier<Map<String, Double>> source) {
    this.of = of;
    this.source = source;
    this.pause = pause;
    goodFor = pause.multipliedBy(4).toNanos();
    reader =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("readings-" + of).factory());
  }

  /** Reads at once, and then again and again; to be called when the service is up. */
  void start() {
    var _ = reader.scheduleWithFixedDelay(this::read, 0, pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void read() {
    try {
      last = new Reading(source.get(), System.nanoTime(), true);
    } catch (RuntimeException e) {
      // The next one may succeed; until then the old numbers stand, for a while.
      log.debug("no numbers of the {}: {}", of, e.getMessage());
    }
  }

  /** Zero for what was not mentioned; not a number when the last good reading is too old. */
  double value(String name) {
    var reading = last;
    return reading.good() && System.nanoTime() - reading.at() < goodFor
        ? reading.values().getOrDefault(name, 0.0)
        : Double.NaN;
  }

  @Override
  public void close() {
    reader.shutdownNow();
  }
}
