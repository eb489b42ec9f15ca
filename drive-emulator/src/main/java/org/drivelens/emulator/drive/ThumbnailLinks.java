package org.drivelens.emulator.drive;

import java.util.Set;
import org.drivelens.emulator.library.Item;
import org.jspecify.annotations.Nullable;

/** Links of the form {@code …/drive-storage/<opaque>=s220} (drive-api 3). */
final class ThumbnailLinks {

  static final String PATH = "/drive-storage/";
  private static final Set<String> DRAWABLE =
      Set.of("image/jpeg", "image/png", "image/gif", "image/bmp");

  private ThumbnailLinks() {}

  /** Drive makes thumbnails of what it could read. */
  static boolean has(Item item) {
    return item.content() != null && item.image() != null && DRAWABLE.contains(item.mimeType());
  }

  /** drive-api 3: only if the caller may read the content. */
  static @Nullable String link(Item item, Context context) {
    if (!has(item) || !context.contentAllowed()) {
      return null;
    }
    return context.rootUrl() + PATH.substring(1) + item.id() + "-" + item.revision() + "=s220";
  }
}
