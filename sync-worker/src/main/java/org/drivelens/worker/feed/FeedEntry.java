package org.drivelens.worker.feed;

import org.drivelens.drive.DriveFile;
import org.jspecify.annotations.Nullable;

/**
 * The newest stored entry of one file.
 *
 * @param file as Google showed it; null when the entry says removed
 */
public record FeedEntry(String fileId, @Nullable DriveFile file) {}
