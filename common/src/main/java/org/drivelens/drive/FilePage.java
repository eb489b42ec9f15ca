package org.drivelens.drive;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a listing; it may be short or empty, only the token says whether more follows.
 *
 * @param unreadable files that lack what every file has; they are there, but cannot be shown
 * @param incompleteSearch Google did not look everywhere: what is absent proves nothing
 */
public record FilePage(
    List<DriveFile> files,
    List<Unreadable> unreadable,
    boolean incompleteSearch,
    @Nullable String nextPageToken) {

  /**
   * A file of which Drive told too little.
   *
   * @param parentId where it lies, if that is told
   * @param reason what is missing
   */
  public record Unreadable(
      String id, @Nullable String name, @Nullable String parentId, String reason) {}
}
