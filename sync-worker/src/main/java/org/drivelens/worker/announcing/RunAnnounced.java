package org.drivelens.worker.announcing;

/**
 * A run has ended and everybody was told; said once for each run, by one worker of the fleet.
 *
 * @param outcome {@code SUCCEEDED}, or the code of the failure
 * @param duration seconds from its beginning
 * @param lag seconds from the request that it answers
 */
public record RunAnnounced(
    String mode,
    String trigger,
    String outcome,
    double duration,
    double lag,
    int photosAdded,
    int photosUpdated,
    int photosMoved,
    int photosRemoved,
    int photosHeld) {}
