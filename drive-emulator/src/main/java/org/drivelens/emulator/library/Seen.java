package org.drivelens.emulator.library;

import org.jspecify.annotations.Nullable;

/**
 * An item as the robot sees it at one moment.
 *
 * @param trashed itself or by a folder above it
 * @param parentId null if the robot may not see the parent (drive-api 3)
 * @param driveId the shared drive that it lies in, null outside of them
 * @param linked whether only a link leads there, so that no search finds it
 */
public record Seen(
    Item item,
    boolean trashed,
    @Nullable String parentId,
    @Nullable String driveId,
    boolean linked) {}
