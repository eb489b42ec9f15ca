package org.drivelens.drive;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The quota of one credential, shared by every process that uses it: one row is the bucket. Each
 * process draws from it for those who wait, those of each priority in a line of their own.
 */
public final class Quota {

  private final QuotaRow row;
  private final QuotaProperties.Costs costs;
  private final Map<Priority, QuotaLine> lines = new EnumMap<>(Priority.class);
  private final Map<Priority, Waits> waits = new EnumMap<>(Priority.class);

  /**
   * @param patience no pause that Google asked for is waited for longer, and a viewer waits for
   *     nothing longer
   */
  Quota(
      DataSource dataSource,
      Supplier<String> credential,
      QuotaProperties properties,
      Duration patience) {
    row = new QuotaRow(dataSource, credential, properties);
    costs = properties.costs();
    for (var priority : Priority.values()) {
      lines.put(priority, new QuotaLine(priority, row, properties, patience));
      waits.put(priority, new Waits(new LongAdder(), new LongAdder()));
    }
  }

  int cost(DriveMethod method) {
    return method.cost(costs);
  }

  /** Writes the setting into the row, for the whole fleet; the last process to start wins. */
  public void ensureRow() {
    row.ensure();
  }

  /**
   * Waits until the fleet may spend these units.
   *
   * @throws DriveProblem.Busy if that takes longer than the patience; nothing was spent
   */
  void acquire(int units, Priority priority) throws InterruptedException {
    if (units > 0) {
      var start = System.nanoTime();
      try {
        Objects.requireNonNull(lines.get(priority)).acquire(units);
      } finally {
        waits(priority).add(System.nanoTime() - start);
      }
    }
  }

  Waits waits(Priority priority) {
    return Objects.requireNonNull(waits.get(priority));
  }

  /** How often units were asked for, and how long that took in all; those that gave up too. */
  record Waits(LongAdder count, LongAdder nanos) {

    void add(long waited) {
      count.increment();
      nanos.add(waited);
    }
  }

  /**
   * Google says that we call too often: the whole fleet slows down.
   *
   * @param pause nobody calls before this time from now
   */
  void limited(@Nullable Duration pause) {
    row.limited(pause == null ? Duration.ZERO : pause);
  }
}
