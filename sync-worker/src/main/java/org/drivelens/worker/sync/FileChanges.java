package org.drivelens.worker.sync;

import java.util.LinkedHashMap;
import java.util.Map;
import org.drivelens.drive.DriveFile;
import org.drivelens.worker.feed.FeedEntry;
import org.drivelens.worker.photos.HeldPhoto;
import org.drivelens.worker.photos.Removal;
import org.drivelens.worker.photos.Removal.Proof;
import org.jspecify.annotations.Nullable;

/**
 * What the entries of files mean once the folders are in place: which photos are added or replaced,
 * which were put into the trash, and of which an entry does not prove what it seems to say.
 */
final class FileChanges {

  private final FeedView view;
  private final Map<String, DriveFile> put = new LinkedHashMap<>();
  private final Map<String, Removal> removals = new LinkedHashMap<>();
  private final Map<String, HeldPhoto> doubtful = new LinkedHashMap<>();

  FileChanges(FeedView view) {
    this.view = view;
  }

  Map<String, DriveFile> put() {
    return put;
  }

  Map<String, Removal> removals() {
    return removals;
  }

  /** Photos to be asked for before anything is said of them. */
  Map<String, HeldPhoto> doubtful() {
    return doubtful;
  }

  void apply(FeedEntry entry) {
    var photo = view.held(entry.fileId());
    var file = entry.file();
    if (view.isFolder(entry)) {
      return;
    }
    if (file == null) {
      doubt(photo);
    } else if (photo == null || photo.version() <= file.version()) {
      apply(file, photo);
    }
  }

  private void apply(DriveFile file, @Nullable HeldPhoto photo) {
    if (file.trashed() && file.explicitlyTrashed()) {
      if (photo != null) {
        removals.put(file.id(), new Proof(file.id(), file.version(), Proof.By.TRASHED));
      }
    } else if (file.trashed() || !file.isImage()) {
      // The trash flag that a folder hands down lags behind (drive-api 5.3).
      doubt(photo);
    } else if (view.isKnown(file.parentId())) {
      put.put(file.id(), file);
    } else if (photo != null || view.mayLieInside(file)) {
      climb(file, photo);
    }
  }

  private void climb(DriveFile file, @Nullable HeldPhoto photo) {
    var climbed = view.climb().from(file.parentId());
    if (climbed.end() == Climb.End.INSIDE) {
      put.put(file.id(), file);
      climbed.path().forEach(view::enter);
    } else {
      doubt(photo);
    }
  }

  private void doubt(@Nullable HeldPhoto photo) {
    if (photo != null) {
      doubtful.put(photo.driveFileId(), photo);
    }
  }
}
