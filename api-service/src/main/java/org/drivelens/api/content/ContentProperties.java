package org.drivelens.api.content;

import java.time.Duration;
import org.drivelens.settings.BadSetting;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * @param atOnce how many images are on their way from Drive at the same time, {@code
 *     DRIVELENS_CONTENT_AT_ONCE}
 * @param patience how long a request waits for its turn, {@code DRIVELENS_CONTENT_PATIENCE}
 * @param cache how much memory thumbnails may take that were asked for before, {@code
 *     DRIVELENS_CONTENT_CACHE}; a quarter of the heap unless set, so that a larger heap alone makes
 *     it larger
 */
@ConfigurationProperties("drivelens.content")
record ContentProperties(
    @DefaultValue("24") int atOnce,
    @DefaultValue("5s") Duration patience,
    @Nullable DataSize cache) {

  ContentProperties {
    check(atOnce >= 1, "at-once", atOnce, "at least 1");
    check(!patience.isNegative(), "patience", patience, "0 or more");
    // The rest is what requests, ZIPs and the images on their way live on.
    var most = DataSize.ofBytes(heap() / 2);
    check(
        cache == null || (!cache.isNegative() && cache.compareTo(most) <= 0),
        "cache",
        cache,
        "from 0 to half of the heap, which is %d MB".formatted(most.toMegabytes()));
  }

  long cacheBytes() {
    return cache == null ? heap() / 4 : cache.toBytes();
  }

  private static long heap() {
    return Runtime.getRuntime().maxMemory();
  }

  private static void check(boolean good, String name, @Nullable Object value, String must) {
    if (!good) {
      throw new BadSetting(
          "drivelens.content.%s is %s, but must be %s".formatted(name, value, must));
    }
  }
}
