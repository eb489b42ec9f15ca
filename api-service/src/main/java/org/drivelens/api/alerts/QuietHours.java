package org.drivelens.api.alerts;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import org.drivelens.settings.BadSetting;
import org.jspecify.annotations.Nullable;

/**
 * Hours of each day in which nobody is told anything; they may span midnight.
 *
 * @param from quiet from then on
 * @param to not any more; the same as {@code from} if no hour is quiet
 */
record QuietHours(LocalTime from, LocalTime to, ZoneId zone) {

  /**
   * @param text such as 22:00-07:00; empty for none
   * @throws BadSetting if it is neither
   */
  static QuietHours of(String text, ZoneId zone) {
    if (text.isBlank()) {
      return new QuietHours(LocalTime.MIDNIGHT, LocalTime.MIDNIGHT, zone);
    }
    var ends = text.strip().split("-", -1);
    try {
      if (ends.length == 2) {
        return new QuietHours(
            LocalTime.parse(ends[0].strip()), LocalTime.parse(ends[1].strip()), zone);
      }
    } catch (DateTimeParseException _) {
      // Said below.
    }
    throw new BadSetting(
        "DRIVELENS_ALERTS_QUIET is '%s'; it must be empty or hours such as 22:00-07:00."
            .formatted(text));
  }

  /** When they end; null if it is not quiet at that moment. */
  @Nullable Instant until(Instant moment) {
    var local = moment.atZone(zone);
    var time = local.toLocalTime();
    var quiet =
        from.isBefore(to)
            ? !time.isBefore(from) && time.isBefore(to)
            : !from.equals(to) && (!time.isBefore(from) || time.isBefore(to));
    if (!quiet) {
      return null;
    }
    var day = time.isBefore(to) ? local.toLocalDate() : local.toLocalDate().plusDays(1);
    return day.atTime(to).atZone(zone).toInstant();
  }
}
