package org.drivelens.api.content;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.drivelens.api.problems.ApiProblem;
import org.drivelens.api.problems.ProblemType;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * Bounds how many images are on their way. Requests run on virtual threads, so those that wait here
 * keep nobody else from being served; and none of them holds a database connection meanwhile.
 */
@Component
@EnableConfigurationProperties(ContentProperties.class)
class Turns {

  private static final Duration AGAIN = Duration.ofSeconds(2);

  private final Semaphore free;
  private final Duration wait;

  Turns(ContentProperties properties) {
    free = new Semaphore(properties.atOnce(), true);
    wait = properties.patience();
  }

  /** One image on its way. */
  interface Turn extends AutoCloseable {
    @Override
    void close();
  }

  Turn take() {
    try {
      if (free.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS)) {
        return free::release;
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    throw ApiProblem.later(
        ProblemType.CONTENT_BUSY, "Too many images are being sent. Try again soon.", AGAIN);
  }
}
