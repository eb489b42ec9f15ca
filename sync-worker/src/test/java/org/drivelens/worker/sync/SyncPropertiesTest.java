package org.drivelens.worker.sync;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.drivelens.settings.BadSetting;
import org.junit.jupiter.api.Test;

class SyncPropertiesTest {

  @Test
  void a_lease_that_is_too_short_is_told_in_a_sentence() {
    var minute = Duration.ofMinutes(1);
    assertThatThrownBy(
            () -> new SyncProperties(Duration.ofMillis(999), minute, 16, List.of(minute), minute))
        .isInstanceOf(BadSetting.class)
        .hasMessage("drivelens.worker.lease is PT0.999S, but must be at least 1s");
  }
}
