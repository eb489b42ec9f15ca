package org.drivelens.worker.sync;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How events are synced (prefix {@code drivelens.worker}).
 *
 * @param slice a claim lasts so long; the rest goes to the end of the queue
 * @param listAgainAfter what the feed asked to be listed is listed once more after this time, at
 *     the latest after twice as much
 */
@ConfigurationProperties("drivelens.worker")
record SyncProperties(
    @DefaultValue("60s") Duration slice, @DefaultValue("60s") Duration listAgainAfter) {}
