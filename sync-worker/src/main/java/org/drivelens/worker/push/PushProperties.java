package org.drivelens.worker.push;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How push channels are kept (prefix {@code drivelens.push}).
 *
 * @param lifetime asked for each channel; Google grants seven days at most. When a quarter of what
 *     it granted is left, the next is opened
 * @param retryAfter how long after a channel was opened or refused, or was found dead, another may
 *     be tried; after refusals longer and longer, up to an hour
 * @param deadAfter a channel that says nothing for so long of what polls have found is dead, and so
 *     is one that has said nothing at all
 * @param allowHttp for receivers on this machine alone: tests with an emulated Drive
 */
@ConfigurationProperties("drivelens.push")
record PushProperties(
    @DefaultValue("24h") Duration lifetime,
    @DefaultValue("5m") Duration retryAfter,
    @DefaultValue("2m") Duration deadAfter,
    @DefaultValue("false") boolean allowHttp) {}
