package org.drivelens.emulator.push;

import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a client asked to be told of.
 *
 * @param resourceId names what is watched, not the channel
 * @param fileId the file or folder; null for a change log
 * @param driveId whose change log, if not the robot's own
 */
public record Channel(
    String id,
    String resourceId,
    String resourceUri,
    URI address,
    @Nullable String token,
    Instant expiration,
    @Nullable String fileId,
    @Nullable String driveId) {}
