package org.drivelens.drive;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One page of a change log, oldest first. Exactly one of the two tokens is there.
 *
 * @param drives the shared drives of which it tells something: that we were let in or out, say
 * @param newStartPageToken where to go on later; the log's end is reached
 */
public record ChangePage(
    List<DriveChange> changes,
    Set<String> drives,
    @Nullable String nextPageToken,
    @Nullable String newStartPageToken) {

  /** The position after this page, whether more follows or not. */
  public String position() {
    var token = nextPageToken != null ? nextPageToken : newStartPageToken;
    if (token == null) {
      throw new IllegalStateException("a page of changes without a token");
    }
    return token;
  }
}
