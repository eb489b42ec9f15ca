package org.drivelens.worker.sync;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.drivelens.worker.feed.Feed;
import org.drivelens.worker.feed.Feeds;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A claim that is kept alive. Every write goes through it: its transaction begins with the row of
 * the event under the claim's fence, so that a worker which lost its lease can write nothing, even
 * if it does not know yet.
 */
final class Lease implements AutoCloseable {

  /** Another claim was made meanwhile, or the event follows another folder: leave it alone. */
  static final class Lost extends RuntimeException {
    Lost(Claim claim) {
      super("the lease on event " + claim.event() + " is lost", null, false, false);
    }
  }

  private final Claim claim;
  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final Feeds feeds;
  private final Duration length;
  private final Runnable onClose;
  private final AtomicBoolean lost = new AtomicBoolean();

  Lease(
      Claim claim,
      JdbcClient jdbc,
      TransactionTemplate transaction,
      Feeds feeds,
      Duration length,
      Runnable onClose) {
    this.claim = claim;
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.feeds = feeds;
    this.length = length;
    this.onClose = onClose;
  }

  Claim claim() {
    return claim;
  }

  /**
   * Runs work in a transaction under the fence.
   *
   * @throws Lost if the claim is void; then nothing was written
   */
  <T> T write(Supplier<T> work) {
    return transaction.execute(t -> {
      fence();
      return work.get();
    });
  }

  void write(Runnable work) {
    write(() -> {
      work.run();
      return true;
    });
  }

  /** As {@link #write}, with this log closed to new entries. Lock order: feed, then event. */
  <T> T writeAtHead(UUID log, Function<Feed, T> work) {
    return transaction.execute(t -> {
      var feed = feeds.lockShared(log);
      fence();
      return work.apply(feed);
    });
  }

  /** Locks the row; it is written only when the keeper has not come for long. */
  private void fence() {
    boolean fresh =
        !lost.get()
            && jdbc.sql(
                    """
                    select lease_until > clock_timestamp() + make_interval(secs => :half) from event_sync
                     where event_id = :event and fence = :fence and lease_until is not null
                       for no key update
                    """)
                .param("half", length.toMillis() / 2000.0)
                .param("event", claim.event())
                .param("fence", claim.fence())
                .query(Boolean.class)
                .optional()
                .orElse(false);
    if (!fresh && !renew()) {
      throw new Lost(claim);
    }
  }

  /**
   * Pushes the end of the lease on; called by the keeper's thread as well, which may come just when
   * the lease was given back: then the event is not taken again.
   */
  boolean renew() {
    var mine =
        !lost.get()
            && jdbc.sql(
                        """
                        update event_sync
                           set lease_until = clock_timestamp() + make_interval(secs => :lease),
                               wake_at = clock_timestamp() + make_interval(secs => :lease)
                         where event_id = :event and fence = :fence and lease_until is not null
                        """)
                    .param("lease", length.toMillis() / 1000.0)
                    .param("event", claim.event())
                    .param("fence", claim.fence())
                    .update()
                == 1;
    if (!mine) {
      lost.set(true);
    }
    return mine;
  }

  /** Known to be lost; a write finds out for itself. */
  boolean lost() {
    return lost.get();
  }

  @Override
  public void close() {
    onClose.run();
  }
}
