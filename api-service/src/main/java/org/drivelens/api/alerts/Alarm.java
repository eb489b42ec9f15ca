package org.drivelens.api.alerts;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * The threads of alerts: one looks, and each channel has one that sends. Each has at most one thing
 * waiting, so whatever hangs holds up nothing but itself.
 */
final class Alarm implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(Alarm.class);

  private final Watch watch;
  private final List<Sending> sendings;
  private final AlertProperties settings;
  private final List<ThreadPoolExecutor> senders = new ArrayList<>();
  private final ScheduledExecutorService looker =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("alerts").factory());
  private volatile boolean running;

  Alarm(Watch watch, List<Sending> sendings, AlertProperties settings) {
    this.watch = watch;
    this.sendings = sendings;
    this.settings = settings;
    for (int i = 0; i < sendings.size(); i++) {
      senders.add(
          new ThreadPoolExecutor(
              1,
              1,
              0,
              TimeUnit.SECONDS,
              new ArrayBlockingQueue<>(1),
              Thread.ofPlatform().daemon().name("alerts-sending-" + i).factory(),
              new ThreadPoolExecutor.DiscardPolicy()));
    }
  }

  @Override
  public void start() {
    running = true;
    var every = settings.every().toMillis();
    var _ = looker.scheduleWithFixedDelay(this::round, every, every, TimeUnit.MILLISECONDS);
  }

  private void round() {
    guarded(watch::look);
    send();
  }

  /** Sends what is due now, on threads of their own. */
  void send() {
    for (int i = 0; i < senders.size(); i++) {
      var sending = sendings.get(i);
      senders.get(i).execute(() -> guarded(() -> drain(sending)));
    }
  }

  private static void drain(Sending sending) {
    try {
      sending.drain();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whatever goes wrong, the next round may do better; a task that throws would have none. */
  private static void guarded(Runnable task) {
    try {
      task.run();
    } catch (DataAccessException | TransactionException e) {
      log.debug("no alerts while the database is away", e);
    } catch (RuntimeException e) {
      log.error("alerts failed", e);
    }
  }

  @Override
  public void stop() {
    running = false;
    looker.shutdownNow();
    senders.forEach(ThreadPoolExecutor::shutdownNow);
    sendings.forEach(Sending::close);
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
