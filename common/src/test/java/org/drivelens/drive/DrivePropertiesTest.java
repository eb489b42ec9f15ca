package org.drivelens.drive;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class DrivePropertiesTest {

  @Test
  void what_is_not_set_takes_its_default() {
    assertThat(drive(Map.of())).isEqualTo(DriveProperties.of(null, null));
    assertThat(drive(Map.of("d.root-url", "", "d.credentials", "")))
        .isEqualTo(DriveProperties.of(null, null));
    assertThat(quota(Map.of())).isEqualTo(QuotaProperties.of(325_000));
  }

  @Test
  void each_setting_can_be_set_alone() {
    var set =
        drive(
            Map.of(
                "d.root-url", "http://127.0.0.1:1/",
                "d.credentials", "key.json",
                "d.read-timeout", "2s",
                "d.retry.attempts", "3"));
    assertThat(set.rootUrl()).isEqualTo(URI.create("http://127.0.0.1:1/"));
    assertThat(set.credentials()).isEqualTo(Path.of("key.json"));
    assertThat(set.readTimeout()).isEqualTo(Duration.ofSeconds(2));
    assertThat(set.connectTimeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(set.retry().attempts()).isEqualTo(3);
    assertThat(set.retry().cap()).isEqualTo(Duration.ofSeconds(16));
    var quota = quota(Map.of("d.units-per-minute", "60000", "d.costs.get", "7"));
    assertThat(quota.unitsPerMinute()).isEqualTo(60_000);
    assertThat(quota.costs()).isEqualTo(new QuotaProperties.Costs(100, 7, 200, 5));
  }

  private static DriveProperties drive(Map<String, String> settings) {
    return binder(settings).bindOrCreate("d", DriveProperties.class);
  }

  private static QuotaProperties quota(Map<String, String> settings) {
    return binder(settings).bindOrCreate("d", QuotaProperties.class);
  }

  private static Binder binder(Map<String, String> settings) {
    return new Binder(new MapConfigurationPropertySource(settings));
  }
}
