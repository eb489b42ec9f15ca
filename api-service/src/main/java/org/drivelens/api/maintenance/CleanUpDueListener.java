package org.drivelens.api.maintenance;

import org.drivelens.contract.Command.CleanUpDue;
import org.drivelens.contract.Queues;
import org.springframework.amqp.core.Declarables;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Hears of the daily clean-up. */
@Configuration(proxyBeanMethods = false)
class CleanUpDueListener {

  private final CleanUp cleanUp;

  CleanUpDueListener(CleanUp cleanUp) {
    this.cleanUp = cleanUp;
  }

  @Bean
  static Declarables maintenanceQueue() {
    return Queues.ticks(Queues.MAINTENANCE_API);
  }

  @RabbitListener(queues = Queues.MAINTENANCE_API)
  void on(CleanUpDue due) {
    cleanUp.on(due.slot());
  }
}
