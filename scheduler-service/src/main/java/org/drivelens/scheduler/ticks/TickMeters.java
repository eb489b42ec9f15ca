package org.drivelens.scheduler.ticks;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** What Prometheus reads of the ticks. */
@Component
class TickMeters implements MeterBinder {

  private final Ticks ticks;
  private final Clock clock;

  TickMeters(Ticks ticks, Clock clock) {
    this.ticks = ticks;
    this.clock = clock;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    for (var tick : ticks.all()) {
      TimeGauge.builder("drivelens.tick.late", tick, TimeUnit.MILLISECONDS, this::late)
          .description("Since when what is due could not be published; 0 when it could")
          .tag("tick", tick.name())
          .register(registry);
    }
  }

  private double late(Tick tick) {
    var since = tick.lateSince();
    return since == null ? 0 : clock.millis() - since.toEpochMilli();
  }
}
