package org.drivelens.worker.sync;

import java.util.List;
import java.util.stream.Collectors;
import org.drivelens.drive.FilePage;
import org.drivelens.drive.FolderRef;
import org.jspecify.annotations.Nullable;

/**
 * A query in progress and the place in it.
 *
 * @param folders of one drive, in the order of the query that the token belongs to
 * @param pageToken where it goes on; null at the start
 * @param pages stored so far
 * @param incomplete Google did not look everywhere, so that what it did not show proves nothing
 */
record Listing(
    long number,
    List<FolderRef> folders,
    @Nullable String pageToken,
    int pages,
    boolean incomplete) {

  boolean alone() {
    return folders.size() == 1;
  }

  /** The only folder of a listing of one. */
  String folder() {
    return folders.getFirst().id();
  }

  List<String> ids() {
    return folders.stream().map(FolderRef::id).toList();
  }

  Listing after(FilePage page) {
    return new Listing(
        number, folders, page.nextPageToken(), pages + 1, incomplete || page.incompleteSearch());
  }

  Listing fromTheStart() {
    return new Listing(number, folders, null, 0, false);
  }

  @Override
  public String toString() {
    return folders.stream().map(FolderRef::id).collect(Collectors.joining(", ", "listing of ", ""));
  }
}
