package org.drivelens.api.content;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param atOnce how many images are sent at the same time, {@code DRIVELENS_CONTENT_AT_ONCE}
 * @param patience how long a request waits for its turn, {@code DRIVELENS_CONTENT_PATIENCE}
 */
@ConfigurationProperties("drivelens.content")
record ContentProperties(@DefaultValue("24") int atOnce, @DefaultValue("5s") Duration patience) {}
