package org.drivelens.api.content;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.drivelens.api.problems.ApiProblem;
import org.drivelens.api.problems.ProblemType;

/**
 * Bounds how many of something are on their way. Requests run on virtual threads, so those that
 * wait here keep nobody else from being served; and none of them holds a database connection
 * meanwhile.
 */
public final class Turns {

  private static final Duration AGAIN = Duration.ofSeconds(2);

  private final Semaphore free;
  private final Duration wait;
  private final String busy;

  /**
   * @param atOnce how many turns there are
   * @param wait how long a request waits for one
   * @param busy what a caller is told who got none
   */
  public Turns(int atOnce, Duration wait, String busy) {
    free = new Semaphore(atOnce, true);
    this.wait = wait;
    this.busy = busy;
  }

  /** One of them on its way; closing gives the turn back. */
  public interface Turn extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * @throws ApiProblem if none is free in time
   */
  public Turn take() {
    try {
      if (free.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS)) {
        return free::release;
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    throw ApiProblem.later(ProblemType.CONTENT_BUSY, busy, AGAIN);
  }
}
