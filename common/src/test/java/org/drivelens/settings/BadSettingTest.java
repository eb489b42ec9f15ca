package org.drivelens.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.drivelens.schedule.ScheduleProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;

@ExtendWith(OutputCaptureExtension.class)
class BadSettingTest {

  @Test
  void ends_the_start_with_its_sentence_and_no_stack_trace(CapturedOutput output) {
    var application =
        new SpringApplicationBuilder(Settings.class)
            .web(WebApplicationType.NONE)
            .properties("drivelens.schedule.retry=1ms");

    assertThatThrownBy(application::run).hasRootCauseInstanceOf(BadSetting.class);

    assertThat(output.getAll())
        .contains("APPLICATION FAILED TO START")
        .containsPattern("(?m)^drivelens.schedule.retry is PT0.001S, but must be at least 100ms$")
        .doesNotContain("\tat ");
  }

  @Configuration(proxyBeanMethods = false)
  @EnableConfigurationProperties(ScheduleProperties.class)
  static class Settings {}
}
