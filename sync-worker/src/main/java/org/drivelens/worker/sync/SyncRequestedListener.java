package org.drivelens.worker.sync;

import org.drivelens.contract.Command.SyncRequested;
import org.drivelens.contract.Queues;
import org.drivelens.worker.consuming.DatabaseOutage;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.stereotype.Component;

/**
 * Where a request arrives. People and bulk work have consumers of their own, so that ten thousand
 * events never delay a click.
 */
@Component
class SyncRequestedListener {

  private final EventSync sync;
  private final DatabaseOutage database;

  SyncRequestedListener(EventSync sync, DatabaseOutage database) {
    this.sync = sync;
    this.database = database;
  }

  @RabbitListener(
      id = Queues.SYNC_REQUESTED,
      queues = Queues.SYNC_REQUESTED,
      concurrency = "${drivelens.worker.interactive-syncs:4}")
  void on(SyncRequested request) {
    database.outlast(() -> sync.run(request.eventId()));
  }

  @RabbitListener(
      id = Queues.SYNC_REQUESTED_BULK,
      queues = Queues.SYNC_REQUESTED_BULK,
      concurrency = "${drivelens.worker.bulk-syncs:4}")
  void onBulk(SyncRequested request) {
    database.outlast(() -> sync.run(request.eventId()));
  }
}
