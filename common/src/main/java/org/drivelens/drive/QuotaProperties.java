package org.drivelens.drive;

import java.time.Duration;
import java.util.Objects;

/**
 * The quota of one credential, for all processes together (prefix {@code drivelens.quota}). What is
 * not set takes its default; the costs are Google's (drive-api 8).
 *
 * @param unitsPerMinute never exceeded in any 60 s
 * @param draw at most this much of the rate is drawn from the database at once
 * @param burst at most this much of the rate is saved up while nobody asks
 */
public record QuotaProperties(int unitsPerMinute, Duration draw, Duration burst, Costs costs) {

  public QuotaProperties {
    unitsPerMinute = unitsPerMinute > 0 ? unitsPerMinute : 325_000;
    draw = Objects.requireNonNullElse(draw, Duration.ofMillis(250));
    burst = Objects.requireNonNullElse(burst, Duration.ofSeconds(1));
    costs = Objects.requireNonNullElse(costs, Costs.DEFAULT);
  }

  /** The defaults at this rate. */
  public static QuotaProperties of(int unitsPerMinute) {
    return new QuotaProperties(
        unitsPerMinute, Duration.ofMillis(250), Duration.ofSeconds(1), Costs.DEFAULT);
  }

  /** Quota units of one call; a page of changes costs what a page of files does. */
  public record Costs(int list, int get, int download, int other) {

    static final Costs DEFAULT = new Costs(100, 5, 200, 5);

    public Costs {
      list = list > 0 ? list : 100;
      get = get > 0 ? get : 5;
      download = download > 0 ? download : 200;
      other = other > 0 ? other : 5;
    }
  }
}
