package org.drivelens.api.sync;

import org.drivelens.contract.Command.SyncRequested;
import org.drivelens.contract.MessagePublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Tells the workers what a committed transaction asked for. Not before the commit, or a worker
 * would look too early and find nothing; and without waiting, for what gets lost the sweep
 * publishes again.
 */
@Component
class Nudges {

  private final MessagePublisher publisher;

  Nudges(MessagePublisher publisher) {
    this.publisher = publisher;
  }

  @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT)
  void on(SyncRequested requested) {
    var _ = publisher.publish(requested);
  }
}
