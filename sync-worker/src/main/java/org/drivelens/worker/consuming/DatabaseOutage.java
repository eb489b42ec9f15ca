package org.drivelens.worker.consuming;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.drivelens.worker.stop.Stopping;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

/**
 * A database that is away is not the message's fault: the listener keeps its one message and tries
 * again until the database is back, which pauses its consumer and burns no delivery.
 */
@Component
public final class DatabaseOutage {

  private static final Logger log = LoggerFactory.getLogger(DatabaseOutage.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** Well below the 30 minutes for which RabbitMQ lets a message be held. */
  private static final int LONGEST = 10 * 60;

  private final Stopping stopping;
  private final AtomicBoolean told = new AtomicBoolean();

  DatabaseOutage(Stopping stopping) {
    this.stopping = stopping;
  }

  /**
   * Whether a failure is the database's. A connection that breaks within a transaction shows as a
   * rollback that failed.
   */
  public static boolean causes(RuntimeException failure) {
    return failure instanceof DataAccessResourceFailureException
        || failure instanceof CannotCreateTransactionException
        || failure instanceof TransactionSystemException;
  }

  /** Does the work, again and again while the database is away. */
  public void outlast(Runnable work) {
    for (int second = 0; ; second++) {
      try {
        stopping.interruptibly(work);
        told.set(false);
        return;
      } catch (RuntimeException e) {
        if (!causes(e)) {
          throw e;
        }
        if (!told.getAndSet(true)) {
          log.warn("the database is away; waiting for it", e);
        }
        if (stopping.asked() || second >= LONGEST) {
          throw e;
        }
        pause(e);
      }
    }
  }

  private static void pause(RuntimeException away) {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw away;
    }
  }
}
