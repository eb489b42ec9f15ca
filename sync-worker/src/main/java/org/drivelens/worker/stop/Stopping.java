package org.drivelens.worker.stop;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Whether this process is to stop. Work looks here between its steps; a step that takes longer,
 * such as a call that Drive does not answer, is interrupted, so that the process is gone within 15
 * s.
 */
@Component
public final class Stopping {

  private static final Duration GRACE = Duration.ofSeconds(5);

  private final Set<Thread> working = ConcurrentHashMap.newKeySet();
  private volatile boolean asked;

  public boolean asked() {
    return asked;
  }

  /** Runs work on this thread, to be interrupted if it does not end in time. */
  public void interruptibly(Runnable work) {
    var thread = Thread.currentThread();
    working.add(thread);
    try {
      work.run();
    } finally {
      working.remove(thread);
    }
  }

  @EventListener
  void on(ContextClosedEvent closed) {
    asked = true;
    Thread.ofVirtual()
        .start(() -> {
          try {
            Thread.sleep(GRACE);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          working.forEach(Thread::interrupt);
        });
  }
}
