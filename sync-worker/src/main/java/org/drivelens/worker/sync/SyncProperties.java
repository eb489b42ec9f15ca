package org.drivelens.worker.sync;

import java.time.Duration;
import java.util.List;
import org.drivelens.settings.BadSetting;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How events are synced (prefix {@code drivelens.worker}).
 *
 * @param lease who has shown no life for so long loses what it holds; renewed four times as often
 * @param slice a claim lasts so long; the rest goes to the end of the queue
 * @param listsAtOnce listings of folders in flight, for all syncs of this process together
 * @param walkAgain how long after each complete walk of a new event the next is due; the last of
 *     them, give or take a fifth, from then on
 * @param listAgainAfter what the feed asked to be listed is listed once more after this time, at
 *     the latest after twice as much
 */
@ConfigurationProperties("drivelens.worker")
record SyncProperties(
    @DefaultValue("20s") Duration lease,
    @DefaultValue("60s") Duration slice,
    @DefaultValue("16") int listsAtOnce,
    @DefaultValue({"15m", "1h", "6h", "24h"}) List<Duration> walkAgain,
    @DefaultValue("60s") Duration listAgainAfter) {

  SyncProperties {
    if (lease.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new BadSetting(
          "drivelens.worker.lease is %s, but must be at least 1s".formatted(lease));
    }
  }
}
