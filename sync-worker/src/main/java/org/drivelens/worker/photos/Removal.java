package org.drivelens.worker.photos;

import org.jspecify.annotations.Nullable;

/**
 * A photo that has left the gallery.
 *
 * @param version of the entry that proves it, or null when nothing newer than ours was seen
 */
public record Removal(String fileId, @Nullable Long version, Reason reason) {

  /** What proved it. */
  public enum Reason {
    /** It is in the trash. */
    TRASHED,
    /** Deleted, or we may not see it any more. */
    GONE,
    /** It lies outside the event's folder now. */
    MOVED_OUT,
    /** It is no image any more. */
    NOT_AN_IMAGE
  }
}
