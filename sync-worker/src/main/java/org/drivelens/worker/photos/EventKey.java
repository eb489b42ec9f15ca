package org.drivelens.worker.photos;

import java.util.UUID;

/**
 * An event's rows: those of one folder epoch. Rows of an older epoch belong to a folder that the
 * event no longer follows.
 */
public record EventKey(UUID event, int folderEpoch) {}
