package org.drivelens.worker.feed;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The change log of one credential as we stored it.
 *
 * @param token Google's page token for the next poll; null when a new one must be taken
 * @param epoch counts the start tokens: whoever walked in an older epoch must walk again
 * @param head sequence number of the newest stored entry
 * @param floor entries up to here are gone
 * @param asOf all that Google reported until then is stored; null before the first poll
 */
public record Feed(
    UUID id,
    @Nullable String token,
    int epoch,
    long head,
    long floor,
    @Nullable Instant asOf,
    @Nullable String errorCode) {}
