package org.drivelens.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @ParameterizedTest
  @CsvSource({
    "60s, 2026-11-23T14:39:59.999Z, 2026-11-23T14:39:00Z, 2026-11-23T14:40:00Z",
    "60s, 2026-11-23T14:40:00Z,     2026-11-23T14:40:00Z, 2026-11-23T14:41:00Z",
    "6h,  2026-11-23T05:59:59Z,     2026-11-23T00:00:00Z, 2026-11-23T06:00:00Z",
    "12h, 2026-11-23T13:00:00Z,     2026-11-23T12:00:00Z, 2026-11-24T00:00:00Z",
    "1d,  2026-11-23T13:00:00Z,     2026-11-23T00:00:00Z, 2026-11-24T00:00:00Z",
  })
  void slots_of_an_interval_are_its_multiples_whenever_the_process_was_started(
      String interval, Instant now, Instant latest, Instant next) {
    var schedule = schedule(interval, ZoneId.of("UTC"));

    assertThat(schedule.latest(now)).isEqualTo(latest);
    assertThat(schedule.next(now)).isEqualTo(next);
  }

  @ParameterizedTest
  @CsvSource({
    "0 0 2 * * *,  2026-11-23T00:59:59Z, 2026-11-22T01:00:00Z, 2026-11-23T01:00:00Z",
    "0 0 2 * * *,  2026-11-23T01:00:00Z, 2026-11-23T01:00:00Z, 2026-11-24T01:00:00Z",
    "0 0 2 * * *,  2026-07-01T12:00:00Z, 2026-07-01T00:00:00Z, 2026-07-02T00:00:00Z",
    "0 0 0 29 2 *, 2027-01-01T00:00:00Z, 2024-02-28T23:00:00Z, 2028-02-28T23:00:00Z",
    "*/5 * * * * *, 2026-11-23T00:00:07Z, 2026-11-23T00:00:05Z, 2026-11-23T00:00:10Z",
  })
  void slots_of_a_cron_expression_follow_its_zone(
      String cron, Instant now, Instant latest, Instant next) {
    var schedule = schedule(cron, BERLIN);

    assertThat(schedule.latest(now)).isEqualTo(latest);
    assertThat(schedule.next(now)).isEqualTo(next);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-03-27T12:00:00Z", "2026-10-23T12:00:00Z"})
  void every_night_has_its_slot_when_clocks_are_put_forward_or_back(Instant start) {
    var schedule = schedule("0 0 2 * * *", BERLIN);
    var days = new ArrayList<>();
    var slot = start;
    for (int night = 0; night < 4; night++) {
      slot = schedule.next(slot);
      assertThat(schedule.latest(slot.plusSeconds(1))).isEqualTo(slot);
      days.add(slot.atZone(BERLIN).toLocalDate());
    }

    assertThat(days).doesNotHaveDuplicates();
    assertThat(Duration.between(start, slot)).isLessThan(Duration.ofDays(4));
  }

  @Test
  void an_interval_may_be_a_second_or_a_leap_year() {
    var now = Instant.parse("2026-11-23T12:00:00.5Z");
    assertThat(Schedule.of("setting", "1s", ZoneId.of("UTC")).latest(now))
        .isEqualTo("2026-11-23T12:00:00Z");
    assertThat(Schedule.of("setting", "366d", ZoneId.of("UTC")).next(now)).isAfter(now);
  }

  @Test
  void two_that_look_at_different_moments_name_the_same_slot() {
    var one = schedule("0 0 2 * * *", BERLIN).latest(Instant.parse("2026-11-23T08:00:00Z"));
    var other = schedule("0 0 2 * * *", BERLIN).latest(Instant.parse("2026-11-23T19:12:13Z"));

    assertThat(one).isEqualTo(other);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"6 hours", "", "0s", "-1h", "5000d", "0 0 25 * * *", "0 0 2 * *", "0 0 0 30 2 *"})
  void refuses_what_is_no_schedule_with_a_sentence_that_shows_a_good_one(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Schedule.of("drivelens.schedule.sync-due", text, BERLIN))
        .withMessageStartingWith("drivelens.schedule.sync-due is '" + text + "', but must be")
        .withMessageContaining("such as 90s, 6h or 1d");
  }

  private static Schedule schedule(String text, ZoneId zone) {
    return Schedule.of("test", text, zone);
  }
}
