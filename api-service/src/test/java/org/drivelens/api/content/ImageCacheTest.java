package org.drivelens.api.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;
import org.drivelens.settings.BadSetting;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.util.unit.DataSize;

class ImageCacheTest {

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final AtomicInteger fetches = new AtomicInteger();

  @Test
  void keeps_what_fits_and_never_more() {
    var weight = picture().weight();
    var cache = new ImageCache(3L * weight, meters);
    for (int i = 0; i < 20; i++) {
      get(cache, i);
    }
    await().untilAsserted(() -> assertThat(size()).isEqualTo(3.0 * weight));
    fetches.set(0);
    for (int i = 0; i < 20; i++) {
      get(cache, i);
    }
    assertThat(fetches.get()).isGreaterThanOrEqualTo(14);
  }

  @Test
  void keeps_nothing_where_nothing_may_be_kept() {
    var cache = new ImageCache(0, meters);
    get(cache, 1);
    await().untilAsserted(() -> assertThat(size()).isZero());
    get(cache, 1);
    assertThat(fetches.get()).isEqualTo(2);
  }

  @Test
  void settings_that_cannot_work_are_told() {
    assertThatCode(() -> settings(1, "0s", "1MB")).doesNotThrowAnyException();
    assertThatCode(() -> settings(1, "0s", null)).doesNotThrowAnyException();
    assertThatThrownBy(() -> settings(0, "5s", "1MB"))
        .isInstanceOf(BadSetting.class)
        .hasMessage("drivelens.content.at-once is 0, but must be at least 1");
    assertThatThrownBy(() -> settings(1, "-5s", "1MB")).isInstanceOf(BadSetting.class);
    assertThatThrownBy(() -> settings(1, "5s", "-1B")).isInstanceOf(BadSetting.class);
    assertThatThrownBy(() -> settings(1, "5s", "1TB"))
        .isInstanceOf(BadSetting.class)
        .hasMessageContaining("drivelens.content.cache")
        .hasMessageContaining("half of the heap");
  }

  private static ContentProperties settings(int atOnce, String patience, @Nullable String cache) {
    return new ContentProperties(
        atOnce,
        DurationStyle.detectAndParse(patience),
        cache == null ? null : DataSize.parse(cache));
  }

  private void get(ImageCache cache, int number) {
    var got =
        cache.get(
            new ImageCache.Key("file", "v" + number, 240),
            () -> {
              fetches.incrementAndGet();
              return picture();
            });
    assertThat(got).isNotNull();
  }

  private double size() {
    return meters.get("drivelens.image.cache.size").gauge().value();
  }

  private static Picture picture() {
    return new Picture(new byte[100_000], "image/jpeg", true);
  }
}
