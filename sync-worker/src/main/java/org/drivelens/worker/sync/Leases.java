package org.drivelens.worker.sync;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.drivelens.worker.feed.Feeds;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/** Keeps the leases of this process alive with a thread of its own: a page may wait for quota. */
final class Leases implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Leases.class);

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final Feeds feeds;
  private final Duration length;
  private final Set<Lease> held = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService keeper =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("lease-keeper").factory());

  Leases(JdbcClient jdbc, TransactionTemplate transaction, Feeds feeds, Duration length) {
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.feeds = feeds;
    this.length = length;
    // Three renewals may fail before a lease runs out.
    long every = length.dividedBy(4).toMillis();
    var _ = keeper.scheduleWithFixedDelay(this::renewAll, every, every, TimeUnit.MILLISECONDS);
  }

  Lease hold(Claim claim) {
    var holder = new Lease[1];
    holder[0] = new Lease(claim, jdbc, transaction, feeds, length, () -> held.remove(holder[0]));
    held.add(holder[0]);
    return holder[0];
  }

  private void renewAll() {
    for (var lease : held) {
      var claim = lease.claim();
      try (var _ = MDC.putCloseable(LogKeys.EVENT, claim.event().toString());
          var _ = MDC.putCloseable(LogKeys.RUN, claim.runId().toString())) {
        renew(lease);
      }
    }
  }

  private static void renew(Lease lease) {
    try {
      lease.renew();
    } catch (DataAccessException | TransactionException e) {
      // The next write under the lease finds out whether it still holds.
      log.warn("lease of event {} not renewed: {}", lease.claim().event(), e.getMessage());
    }
  }

  @Override
  public void close() {
    keeper.shutdownNow();
  }
}
