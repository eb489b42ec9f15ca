package org.drivelens.worker.photos;

import org.jspecify.annotations.Nullable;

/**
 * What is left of a photo that was removed.
 *
 * @param version of the file that proves it, or null when nothing newer than ours was seen
 */
record Tombstone(String fileId, @Nullable Long version, String reason) {}
