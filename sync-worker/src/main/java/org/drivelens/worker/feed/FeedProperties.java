package org.drivelens.worker.feed;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How Google's change logs are read (prefix {@code drivelens.feed}).
 *
 * @param pollEvery how often the scheduler asks for a poll; when it is late by half of this, the
 *     workers poll by themselves
 * @param walkSpacing when all events of a feed must walk, one is woken per so much time
 * @param lookAgain when to poll again after a person's sync that found nothing
 * @param coverageAfter a change that a walk found and the feed has not reported for so long says
 *     that the feed does not cover the event
 * @param keep entries kept of each feed; an event that stands further back walks
 */
@ConfigurationProperties("drivelens.feed")
record FeedProperties(
    @DefaultValue("60s") Duration pollEvery,
    @DefaultValue("200ms") Duration walkSpacing,
    @DefaultValue({"15s", "60s"}) List<Duration> lookAgain,
    @DefaultValue("10m") Duration coverageAfter,
    @DefaultValue("1000000") long keep) {}
