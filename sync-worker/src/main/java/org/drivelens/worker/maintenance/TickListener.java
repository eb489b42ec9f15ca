package org.drivelens.worker.maintenance;

import org.drivelens.contract.Command.CleanUpDue;
import org.drivelens.contract.Command.MarkDue;
import org.drivelens.contract.Command.SyncDue;
import org.drivelens.contract.Command.Tick;
import org.drivelens.contract.Queues;
import org.drivelens.worker.consuming.DatabaseOutage;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.stereotype.Component;

/** Where the scheduler's ticks arrive. */
@Component
class TickListener {

  private final Maintenance maintenance;
  private final DatabaseOutage database;

  TickListener(Maintenance maintenance, DatabaseOutage database) {
    this.maintenance = maintenance;
    this.database = database;
  }

  @RabbitListener(id = Queues.MAINTENANCE, queues = Queues.MAINTENANCE)
  void on(Tick tick) {
    database.outlast(() -> {
      switch (tick) {
        case SyncDue due -> maintenance.requestDue(due.slot());
        case MarkDue due -> maintenance.markOld(due.slot());
        case CleanUpDue due -> maintenance.cleanUp(due.slot());
      }
    });
  }
}
