package org.drivelens.worker.sync;

import org.drivelens.drive.FolderRef;
import org.jspecify.annotations.Nullable;

/** A folder of the frontier that no listing has taken yet. */
record Waiting(
    String folderId, @Nullable String resourceKey, @Nullable String driveId, boolean alone) {

  FolderRef ref() {
    return new FolderRef(folderId, resourceKey);
  }
}
