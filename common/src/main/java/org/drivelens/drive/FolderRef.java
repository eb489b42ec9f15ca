package org.drivelens.drive;

import org.jspecify.annotations.Nullable;

/** A folder as it is asked for: some that are shared by link only open with their resource key. */
public record FolderRef(String id, @Nullable String resourceKey) {

  public FolderRef(String id) {
    this(id, null);
  }
}
