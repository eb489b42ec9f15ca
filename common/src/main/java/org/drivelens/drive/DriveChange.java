package org.drivelens.drive;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What Drive says of one file now (not at the time of the change).
 *
 * @param removed deleted, or no longer visible to us: doubt, not proof
 * @param file the current state; null exactly when {@code removed}
 */
public record DriveChange(
    String fileId, boolean removed, @Nullable Instant time, @Nullable DriveFile file) {}
