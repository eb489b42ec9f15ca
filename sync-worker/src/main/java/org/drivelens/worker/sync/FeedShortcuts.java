package org.drivelens.worker.sync;

import java.util.HashSet;
import java.util.Set;
import org.drivelens.drive.DriveFile;
import org.drivelens.worker.feed.FeedEntry;
import org.jspecify.annotations.Nullable;

/** What a stretch of the feed says of shortcuts, and of what they show. Used once. */
final class FeedShortcuts {

  private final FeedView view;

  FeedShortcuts(FeedView view) {
    this.view = view;
  }

  /**
   * A shortcut to a folder came, changed or left, or one to an image came; what is known of an
   * image is in doubt like any photo. Where the shortcut lies now is listed again: a listing
   * follows shortcuts, and notes what they lead to. Only if that folder is known to be inside: one
   * that the walk in progress has not met may have left before it began, and listed it would stay
   * for good.
   *
   * @return folders that are not shown any more by a shortcut
   */
  Set<String> folders() {
    var departed = new HashSet<String>();
    for (var entry : view.eachEntry()) {
      var behind = view.tree().behind(entry.fileId());
      if (behind.isPresent() || leadsToFolder(entry) || leadsToNewImage(entry)) {
        view.settled(entry)
            .ifPresent(now -> {
              if (now.file() != null
                  && !now.file().trashed()
                  && view.isKnown(now.file().parentId())) {
                view.listAgain().add(String.valueOf(now.file().parentId()));
              } else {
                behind.ifPresent(departed::add);
              }
            });
      }
    }
    return departed;
  }

  private static boolean leadsToFolder(FeedEntry entry) {
    var shortcut = shortcut(entry);
    return shortcut != null && shortcut.leadsToFolder();
  }

  private boolean leadsToNewImage(FeedEntry entry) {
    var shortcut = shortcut(entry);
    return shortcut != null && shortcut.leadsToImage() && view.held(entry.fileId()) == null;
  }

  private static DriveFile.@Nullable Shortcut shortcut(FeedEntry entry) {
    var file = entry.file();
    return file != null && file.isShortcut() ? file.shortcut() : null;
  }
}
