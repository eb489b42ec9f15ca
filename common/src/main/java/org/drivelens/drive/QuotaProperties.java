package org.drivelens.drive;

import java.time.Duration;
import java.util.Objects;
import org.drivelens.settings.BadSetting;
import org.jspecify.annotations.Nullable;

/**
 * The quota of one credential, for all processes together (prefix {@code drivelens.quota}). What is
 * not set takes its default; the costs are Google's (drive-api 8).
 *
 * @param unitsPerMinute never exceeded in any 60 s
 * @param draw at most this much of the rate is drawn from the database at once
 * @param burst at most this much of the rate is saved up while nobody asks
 * @param reserve what the less urgent leave in the bucket for the more urgent
 * @param adapt how the rate follows Google's complaints
 */
public record QuotaProperties(
    int unitsPerMinute, Duration draw, Duration burst, Costs costs, Reserve reserve, Adapt adapt) {

  public QuotaProperties {
    unitsPerMinute = unitsPerMinute > 0 ? unitsPerMinute : 325_000;
    draw = Objects.requireNonNullElse(draw, Duration.ofMillis(250));
    burst = Objects.requireNonNullElse(burst, Duration.ofSeconds(1));
    costs = Objects.requireNonNullElse(costs, Costs.DEFAULT);
    reserve = Objects.requireNonNullElse(reserve, Reserve.DEFAULT);
    adapt = Objects.requireNonNullElse(adapt, Adapt.DEFAULT);
  }

  /** The defaults at this rate. */
  public static QuotaProperties of(int unitsPerMinute) {
    return new QuotaProperties(
        unitsPerMinute,
        Duration.ofMillis(250),
        Duration.ofSeconds(1),
        Costs.DEFAULT,
        Reserve.DEFAULT,
        Adapt.DEFAULT);
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

    int dearest() {
      return Math.max(Math.max(list, get), Math.max(download, other));
    }
  }

  /**
   * Parts of a full bucket, 0 to 0.9.
   *
   * @param interactive what syncs that a person waits for, and the feed, leave to viewers
   * @param bulk what all other syncs leave to all these
   */
  public record Reserve(Double interactive, Double bulk) {

    static final Reserve DEFAULT = new Reserve(0.1, 0.2);

    public Reserve {
      interactive = between("reserve.interactive", interactive, 0.1, 0, 0.9);
      bulk = between("reserve.bulk", bulk, 0.2, 0, 0.9);
    }

    double below(Priority priority) {
      return switch (priority) {
        case VIEWER -> 0;
        case INTERACTIVE, FEED -> interactive;
        case BULK -> bulk;
      };
    }
  }

  /**
   * Additive increase, multiplicative decrease.
   *
   * @param cut the part of the rate that is left when Google says that we call too often
   * @param growth the part of the configured rate that comes back at each step
   * @param least the part of the configured rate below which it is never cut
   * @param every from one change of the rate to the next, at least
   */
  public record Adapt(Double cut, Double growth, Double least, Duration every) {

    static final Adapt DEFAULT = new Adapt(0.7, 0.05, 0.1, Duration.ofSeconds(10));

    public Adapt {
      cut = between("adapt.cut", cut, 0.7, 0.1, 1);
      growth = between("adapt.growth", growth, 0.05, 0.001, 1);
      least = between("adapt.least", least, 0.1, 0.01, 1);
      every = Objects.requireNonNullElse(every, Duration.ofSeconds(10));
    }
  }

  private static double between(
      String name, @Nullable Double value, double otherwise, double least, double most) {
    var known = value == null ? otherwise : value;
    if (known >= least && known <= most) {
      return known;
    }
    throw new BadSetting(
        "drivelens.quota.%s is %s; it must be from %s to %s".formatted(name, known, least, most));
  }
}
