package org.drivelens.worker.photos;

import org.jspecify.annotations.Nullable;

/** A photo as we hold it; just what is needed to settle whether it is still there. */
public record HeldPhoto(
    String driveFileId, String parentId, long version, @Nullable String resourceKey) {}
