package org.drivelens.worker.sync;

import java.util.HashSet;
import java.util.Set;
import org.drivelens.drive.DriveFile;
import org.drivelens.worker.feed.FeedEntry;

/** What a stretch of the feed says of shortcuts, and of what they show. Used once. */
final class FeedShortcuts {

  private final Storage storage;
  private final Claim claim;
  private final FeedView view;

  FeedShortcuts(Storage storage, Claim claim, FeedView view) {
    this.storage = storage;
    this.claim = claim;
    this.view = view;
  }

  /** A shortcut to an image is treated as the image that it shows now. */
  void follow() {
    for (var entry : view.eachEntry()) {
      var file = entry.file();
      if (file != null && file.isShortcut() && leadsToImage(file) && mayBeShown(file)) {
        view.asked(entry, file.resourceKey());
      }
    }
  }

  private static boolean leadsToImage(DriveFile file) {
    return file.shortcut() != null && file.shortcut().leadsToImage();
  }

  private boolean mayBeShown(DriveFile file) {
    return view.held(file.id()) != null || view.mayLieInside(file);
  }

  /**
   * A shortcut to a folder came, changed or left. Where it lies now is listed again: a listing
   * places what lies behind shortcuts. Only if that folder is known to be inside: one that the walk
   * in progress has not met may have left before it began, and listed it would stay for good.
   *
   * @return folders that are not shown any more by a shortcut
   */
  Set<String> folders() {
    var departed = new HashSet<String>();
    for (var entry : view.eachEntry()) {
      var behind = view.tree().behind(entry.fileId());
      if (behind.isPresent() || leadsToFolder(entry)) {
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
    var file = entry.file();
    return file != null
        && file.isShortcut()
        && file.shortcut() != null
        && file.shortcut().leadsToFolder();
  }

  /** What changed may be what a shortcut of ours shows. */
  void targets(FileChanges files) {
    storage.photos().pointingAt(claim.key(), view.entries().keySet()).stream()
        .filter(p -> !view.entries().containsKey(p.driveFileId()))
        .forEach(p -> files.doubtful().put(p.driveFileId(), p));
  }
}
