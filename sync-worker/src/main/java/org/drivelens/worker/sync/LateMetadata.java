package org.drivelens.worker.sync;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import org.drivelens.drive.DriveFile;
import org.drivelens.worker.photos.HeldPhoto;

/**
 * Google looks into a fresh upload some time after it shows the file, and says nothing when it has:
 * photos without image metadata are asked for again, a few times.
 */
final class LateMetadata {

  private static final int AT_ONCE = 100;

  private final Lookups lookups;
  private final Lease lease;
  private final Storage storage;

  LateMetadata(Lookups lookups, Lease lease, Storage storage) {
    this.lookups = lookups;
    this.lease = lease;
    this.storage = storage;
  }

  void ask() {
    var claim = lease.claim();
    var due = storage.photos().metadataDue(claim.key(), AT_ONCE);
    var found = new LinkedHashMap<String, DriveFile>();
    lookups
        .get(due)
        .forEach((photo, now) ->
            now.filter(f -> isThere(f, photo)).ifPresent(f -> found.put(f.id(), f)));
    lease.write(() -> {
      storage.runs().add(claim, storage.photos().put(claim.key(), new ArrayList<>(found.values())));
      storage
          .photos()
          .metadataAsked(claim.key(), due.stream().map(HeldPhoto::driveFileId).toList());
    });
  }

  /** Anything but late metadata is the feed's to tell. */
  private static boolean isThere(DriveFile file, HeldPhoto photo) {
    return file.isImage()
        && !file.trashed()
        && file.image() != null
        && photo.parentId().equals(file.parentId());
  }
}
