package org.drivelens.api.downloads;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param atOnce how many ZIPs are sent at the same time, {@code DRIVELENS_DOWNLOADS_AT_ONCE}
 * @param patience how long a request waits for its turn, {@code DRIVELENS_DOWNLOADS_PATIENCE}
 */
@ConfigurationProperties("drivelens.downloads")
record DownloadProperties(@DefaultValue("8") int atOnce, @DefaultValue("5s") Duration patience) {}
