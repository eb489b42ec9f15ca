package org.drivelens.worker.maintenance;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long what is kept (prefix {@code drivelens.retention}).
 *
 * @param runs the history of runs, with what could not be shown at the end of each
 * @param removedPhotos tombstones: a photo that returns within this time keeps its id
 * @param deadLetters messages that nobody could read or handle
 * @param photoHistory what happened to single photos
 * @param changes the stored change log: an event that stands still for longer is walked again
 */
@ConfigurationProperties("drivelens.retention")
record RetentionProperties(
    @DefaultValue("90d") Duration runs,
    @DefaultValue("30d") Duration removedPhotos,
    @DefaultValue("30d") Duration deadLetters,
    @DefaultValue("90d") Duration photoHistory,
    @DefaultValue("7d") Duration changes) {}
