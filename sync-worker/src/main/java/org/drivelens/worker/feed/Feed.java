package org.drivelens.worker.feed;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A change log as we stored it: that of a credential, or of one shared drive of which it is a
 * member.
 *
 * @param driveId the shared drive; null for the log of the credential itself
 * @param token Google's page token for the next poll; null when a new one must be taken
 * @param epoch counts the start tokens: whoever walked in an older epoch must walk again
 * @param head sequence number of the newest stored entry
 * @param floor entries up to here are gone
 * @param asOf all that Google reported until then is stored; null before the first poll
 * @param refused the shared drive's log is closed to us: we are no member (any more)
 */
public record Feed(
    UUID id,
    String credential,
    @Nullable String driveId,
    @Nullable String token,
    int epoch,
    long head,
    long floor,
    @Nullable Instant asOf,
    boolean refused) {}
