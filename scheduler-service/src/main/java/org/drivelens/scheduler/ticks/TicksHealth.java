package org.drivelens.scheduler.ticks;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Objects;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * What was published last, what comes next, and what is late. A queue that nobody has declared yet
 * makes a tick late, but this process is ready all the same: readiness asks for the broker alone.
 */
@Component("ticksHealthIndicator")
class TicksHealth implements HealthIndicator {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Ticks ticks;
  private final Clock clock;

  TicksHealth(Ticks ticks, Clock clock) {
    this.ticks = ticks;
    this.clock = clock;
  }

  @Override
  public Health health() {
    var health = Health.up();
    var tooLate = clock.instant().minus(PATIENCE);
    for (var tick : ticks.all()) {
      var details = new LinkedHashMap<String, Object>();
      details.put("published", Objects.requireNonNullElse(tick.published(), "nothing yet"));
      details.put("next", tick.next());
      var lateSince = tick.lateSince();
      if (lateSince != null) {
        details.put("lateSince", lateSince);
        if (lateSince.isBefore(tooLate)) {
          health.outOfService();
        }
      }
      health.withDetail(tick.name(), details);
    }
    return health.build();
  }
}
