package org.drivelens.worker.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.concurrent.TimeUnit;
import org.drivelens.worker.announcing.RunAnnounced;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Counts runs when they are announced, so that the sum over all workers counts each once. */
@Component
class RunMeters {

  private final MeterRegistry registry;

  RunMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  @EventListener
  void on(RunAnnounced run) {
    var tags = Tags.of("mode", run.mode(), "trigger", run.trigger(), "outcome", run.outcome());
    registry.counter("drivelens.runs", tags).increment();
    time("drivelens.run.duration", run.duration(), run);
    time("drivelens.run.lag", run.lag(), run);
    changed("added", run.photosAdded());
    changed("updated", run.photosUpdated());
    changed("moved", run.photosMoved());
    changed("removed", run.photosRemoved());
    changed("held", run.photosHeld());
  }

  private void time(String name, double seconds, RunAnnounced run) {
    registry
        .timer(name, "mode", run.mode())
        .record(Math.round(seconds * 1e9), TimeUnit.NANOSECONDS);
  }

  private void changed(String change, int photos) {
    registry.counter("drivelens.photos.changed", "change", change).increment(photos);
  }
}
