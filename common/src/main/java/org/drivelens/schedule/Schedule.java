package org.drivelens.schedule;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.drivelens.settings.BadSetting;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.scheduling.support.CronExpression;

/**
 * A row of moments, called slots. They follow from the schedule alone, not from when a process was
 * started, so that two schedulers name the same slot and its consumer can do it once.
 */
public sealed interface Schedule {

  /** The last slot at or before a moment. */
  Instant latest(Instant now);

  /** The first slot after a moment. */
  Instant next(Instant now);

  /**
   * Reads a setting.
   *
   * @param setting its name, for the sentence that is shown when it cannot be read
   * @param text a duration such as {@code 6h}, or a cron expression of six fields
   * @param zone in which a cron expression is meant
   * @throws BadSetting with that sentence
   */
  static Schedule of(String setting, String text, ZoneId zone) {
    try {
      return text.strip().contains(" ")
          ? new At(CronExpression.parse(text.strip()), zone)
          : new Every(DurationStyle.detectAndParse(text.strip()));
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new BadSetting(
          "%s is '%s', but must be a duration from 1s to 366d such as 90s, 6h or 1d, or a cron expression of six fields such as '0 0 2 * * *' (%s)"
              .formatted(setting, text, e.getMessage()));
    }
  }

  /** The whole multiples of an interval since 1970-01-01T00:00Z. */
  record Every(Duration interval) implements Schedule {

    public Every {
      if (interval.toSeconds() < 1 || interval.toDays() > 366) {
        throw new IllegalArgumentException("the interval is " + interval);
      }
    }

    @Override
    public Instant latest(Instant now) {
      return Instant.ofEpochMilli(
          now.toEpochMilli() - Math.floorMod(now.toEpochMilli(), interval.toMillis()));
    }

    @Override
    public Instant next(Instant now) {
      return latest(now).plus(interval);
    }
  }

  /** The moments of a cron expression in a zone. */
  record At(CronExpression expression, ZoneId zone) implements Schedule {

    /** Rarer than every leap year's 29 February is no schedule. */
    private static final Duration LOOK_BACK_AT_MOST = Duration.ofDays(9 * 366);

    public At {
      if (expression.next(LocalDate.EPOCH.atStartOfDay()) == null) {
        throw new IllegalArgumentException("it never comes");
      }
    }

    /** Cron only looks forward: step back far enough to find a slot, then walk up to the last. */
    @Override
    public Instant latest(Instant now) {
      for (var back = Duration.ofMinutes(1); ; back = back.multipliedBy(4)) {
        var slot = next(now.minus(back));
        if (!slot.isAfter(now)) {
          return lastUpTo(now, slot);
        }
        if (back.compareTo(LOOK_BACK_AT_MOST) > 0) {
          return Instant.EPOCH;
        }
      }
    }

    private Instant lastUpTo(Instant now, Instant first) {
      var last = first;
      for (var slot = first; !slot.isAfter(now); slot = next(slot)) {
        last = slot;
      }
      return last;
    }

    /**
     * Reckoned in local time: with a zoned one Spring leaves a night out when its 02:00 does not
     * exist, and takes it twice when it comes twice.
     */
    @Override
    public Instant next(Instant now) {
      var local = expression.next(now.atZone(zone).toLocalDateTime());
      while (local != null && !local.atZone(zone).toInstant().isAfter(now)) {
        local = expression.next(local);
      }
      return local == null ? Instant.MAX : local.atZone(zone).toInstant();
    }
  }
}
