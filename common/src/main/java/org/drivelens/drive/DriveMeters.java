package org.drivelens.drive;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** What this process asks of Drive, by Google's method, and how long it waits for quota. */
public final class DriveMeters implements MeterBinder {

  private final GoogleDrive drive;

  public DriveMeters(GoogleDrive drive) {
    this.drive = drive;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    for (var method : DriveMethod.values()) {
      var name = method.label;
      FunctionCounter.builder("drivelens.drive.calls", drive.exchange.all, c -> c.of(name).calls())
          .description("Calls to Google Drive, each try of a call counted")
          .tag("method", name)
          .register(registry);
      FunctionCounter.builder("drivelens.drive.units", drive.exchange.all, c -> c.of(name).units())
          .description("Quota units that these calls cost")
          .tag("method", name)
          .register(registry);
    }
    for (var priority : Priority.values()) {
      FunctionTimer.builder(
              "drivelens.drive.quota.wait",
              drive.quota.waits(priority),
              w -> w.count().sum(),
              w -> w.nanos().sum(),
              TimeUnit.NANOSECONDS)
          .description("Waiting for a share of the fleet's quota")
          .tag("priority", priority.name().toLowerCase(Locale.ROOT))
          .register(registry);
    }
  }
}
