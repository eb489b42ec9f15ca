package org.drivelens.drive;

import com.google.api.client.http.HttpRequest;
import com.google.api.services.drive.DriveRequest;
import java.io.IOException;
import java.util.Collection;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes what is asked of Drive in its own words. */
final class DriveQuery {

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]+");

  private DriveQuery() {}

  static String childrenOf(Collection<FolderRef> parents) {
    return in(parents) + " and trashed = false";
  }

  /** Said in full: sources contradict each other on what is left out by itself (drive-api 2). */
  static String childrenAndTrashOf(Collection<FolderRef> parents) {
    return in(parents) + " and (trashed = false or trashed = true)";
  }

  private static String in(Collection<FolderRef> parents) {
    return parents.stream()
        .map(parent -> "'" + checked(parent.id()) + "' in parents")
        .collect(Collectors.joining(" or ", "(", ")"));
  }

  /** The header that opens items which are shared by link with a key; empty if none has one. */
  static String resourceKeys(Collection<FolderRef> items) {
    return items.stream()
        .filter(item -> item.resourceKey() != null)
        .map(item -> checked(item.id()) + "/" + checked(item.resourceKey()))
        .collect(Collectors.joining(","));
  }

  static HttpRequest ready(DriveRequest<?> request, Collection<FolderRef> items)
      throws IOException {
    var keys = resourceKeys(items);
    if (!keys.isEmpty()) {
      request.getRequestHeaders().set("X-Goog-Drive-Resource-Keys", keys);
    }
    // Bodies are short: long queries as forms, and channels.
    request.setDisableGZipContent(true);
    return request.buildHttpRequest();
  }

  /** Ids go into queries and headers, where anything else could end the word it stands in. */
  static String checked(@Nullable String id) {
    if (id == null || !ID.matcher(id).matches()) {
      throw new DriveProblem.BadRequest("This is not an id that Google Drive gives.", null);
    }
    return id;
  }
}
