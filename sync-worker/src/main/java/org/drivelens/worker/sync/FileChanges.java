package org.drivelens.worker.sync;

import java.util.LinkedHashMap;
import java.util.Map;
import org.drivelens.drive.DriveFile;
import org.drivelens.worker.feed.FeedEntry;
import org.drivelens.worker.photos.HeldPhoto;
import org.drivelens.worker.photos.Removal;
import org.drivelens.worker.photos.Removal.Reason;
import org.jspecify.annotations.Nullable;

/**
 * What the entries of files mean once the folders are in place: which photos are added or replaced
 * and which have left.
 */
final class FileChanges {

  private final FeedView view;
  private final Lookups lookups;
  private final Map<String, DriveFile> put = new LinkedHashMap<>();
  private final Map<String, Removal> removals = new LinkedHashMap<>();

  FileChanges(FeedView view, Lookups lookups) {
    this.view = view;
    this.lookups = lookups;
  }

  Map<String, DriveFile> put() {
    return put;
  }

  Map<String, Removal> removals() {
    return removals;
  }

  void apply(FeedEntry entry) {
    var photo = view.held(entry.fileId());
    if (view.isFolder(entry) || (photo == null && !mayArrive(entry))) {
      return;
    }
    var settled = view.settled(entry);
    if (settled.isPresent()) {
      apply(entry, settled.get().file(), photo);
    }
  }

  private void apply(FeedEntry entry, @Nullable DriveFile file, @Nullable HeldPhoto photo) {
    if (file == null) {
      remove(entry.fileId(), null, Reason.GONE);
    } else if (photo != null && photo.version() > file.version()) {
      return;
    } else if (file.trashed()) {
      trashed(file, photo);
    } else {
      place(file, photo);
    }
  }

  private boolean mayArrive(FeedEntry entry) {
    return entry.file() != null
        && entry.file().parentId() != null
        && view.tree().has(entry.file().parentId());
  }

  private void trashed(DriveFile file, @Nullable HeldPhoto photo) {
    if (photo == null) {
      return;
    }
    if (file.explicitlyTrashed()) {
      remove(file.id(), file.version(), Reason.TRASHED);
      return;
    }
    var asked = view.asked(new FeedEntry(file.id(), file), file.resourceKey());
    if (asked.isEmpty()) {
      return;
    }
    var now = asked.get().file();
    if (now == null) {
      remove(file.id(), null, Reason.GONE);
    } else if (now.trashed()) {
      remove(file.id(), now.version(), Reason.TRASHED);
    } else {
      place(now, photo);
    }
  }

  private void place(DriveFile file, @Nullable HeldPhoto photo) {
    if (!file.isImage()) {
      if (photo != null) {
        remove(file.id(), file.version(), Reason.NOT_AN_IMAGE);
      }
      return;
    }
    if (view.isKnown(file.parentId())) {
      put.put(file.id(), file);
      return;
    }
    var climbed = view.climb().from(file.parentId());
    if (climbed.end() == Climb.End.INSIDE) {
      put.put(file.id(), file);
      climbed.path().forEach(view::enter);
    } else if (photo != null && climbed.end() != Climb.End.UNKNOWN) {
      lookups.requireRoot();
      remove(file.id(), file.version(), Reason.MOVED_OUT);
    }
  }

  private void remove(String fileId, @Nullable Long version, Reason reason) {
    if (view.held(fileId) != null) {
      removals.put(fileId, new Removal(fileId, version, reason));
    }
  }
}
