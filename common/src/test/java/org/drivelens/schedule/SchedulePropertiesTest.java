package org.drivelens.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

class SchedulePropertiesTest {

  private final ApplicationContextRunner context =
      new ApplicationContextRunner().withUserConfiguration(Settings.class);

  @Test
  void has_the_times_of_the_design_when_nothing_is_set() {
    context.run(it ->
        assertThat(it.getBean(ScheduleProperties.class))
            .isEqualTo(
                new ScheduleProperties(
                    "60s", "6h", "12h", "0 0 2 * * *", ZoneId.of("UTC"), Duration.ofSeconds(5))));
  }

  @Test
  void takes_every_time_from_the_settings() {
    context
        .withPropertyValues(
            "drivelens.schedule.feed-poll=10s",
            "drivelens.schedule.sync-due=0 0 */2 * * *",
            "drivelens.schedule.mark-due=1d",
            "drivelens.schedule.clean-up=0 30 3 * * *",
            "drivelens.schedule.zone=Europe/Berlin",
            "drivelens.schedule.retry=1s")
        .run(it ->
            assertThat(it.getBean(ScheduleProperties.class))
                .isEqualTo(
                    new ScheduleProperties(
                        "10s",
                        "0 0 */2 * * *",
                        "1d",
                        "0 30 3 * * *",
                        ZoneId.of("Europe/Berlin"),
                        Duration.ofSeconds(1))));
  }

  @Test
  void refuses_to_start_with_a_sentence_about_a_time_that_cannot_be_read() {
    context
        .withPropertyValues("drivelens.schedule.mark-due=twice a day")
        .run(it ->
            assertThat(it)
                .getFailure()
                .rootCause()
                .hasMessageStartingWith(
                    "drivelens.schedule.mark-due is 'twice a day', but must be a duration"));
  }

  @Configuration(proxyBeanMethods = false)
  @EnableConfigurationProperties(ScheduleProperties.class)
  static class Settings {}
}
