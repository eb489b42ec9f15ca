package org.drivelens.worker.push;

import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Looks after the channels now and then, on a thread of its own: Google may take its time to
 * answer, and the other sweeps must not wait for that.
 */
@Component
class PushSweep {

  private static final Logger log = LoggerFactory.getLogger(PushSweep.class);

  private final ChannelKeeper keeper;
  private final AtomicBoolean under = new AtomicBoolean();

  PushSweep(ChannelKeeper keeper) {
    this.keeper = keeper;
  }

  @Scheduled(fixedDelayString = "${drivelens.worker.sweep-every:5s}")
  void sweep() {
    if (under.compareAndSet(false, true)) {
      Thread.ofVirtual().name("push-channels").start(this::keep);
    }
  }

  private void keep() {
    try {
      keeper.keep();
    } catch (DataAccessException | TransactionException e) {
      log.warn("the sweep of push channels failed; the next one tries again: {}", e.getMessage());
    } finally {
      under.set(false);
    }
  }
}
