package org.drivelens.worker.sync;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.drivelens.drive.DriveFile;
import org.drivelens.worker.photos.HeldPhoto;
import org.drivelens.worker.photos.Removal;
import org.drivelens.worker.photos.Removal.Reason;

/**
 * Settles what became of photos that are not where we hold them: each is asked for now, and only
 * what Drive then says counts. Absence from a listing and a folder's departure are doubt, not
 * proof. What Drive tells too little of stays as it is.
 *
 * @param gone photos to remove
 * @param present photos that are still inside, as they are now
 * @param entered folders on the way to those that we did not know to be inside
 */
record Absences(List<Removal> gone, List<DriveFile> present, Map<String, DriveFile> entered) {

  static Absences settle(Lookups lookups, Climb climb, Collection<HeldPhoto> photos) {
    var settled = new Absences(new ArrayList<>(), new ArrayList<>(), new LinkedHashMap<>());
    if (!photos.isEmpty()) {
      lookups.requireRoot();
      // Photos share their folders: each is climbed once.
      var climbs = new HashMap<String, Climb.Result>();
      lookups
          .get(photos)
          .forEach((photo, now) -> settled.settle(photo.driveFileId(), now, climb, climbs));
    }
    return settled;
  }

  private void settle(
      String id, Optional<DriveFile> now, Climb climb, Map<String, Climb.Result> climbs) {
    if (now.isEmpty()) {
      gone.add(new Removal(id, null, Reason.GONE));
      return;
    }
    var file = now.get();
    if (file.trashed()) {
      gone.add(new Removal(id, file.version(), Reason.TRASHED));
    } else if (!file.isImage()) {
      gone.add(new Removal(id, file.version(), Reason.NOT_AN_IMAGE));
    } else {
      var climbed =
          climbs.computeIfAbsent(String.valueOf(file.parentId()), p -> climb.from(file.parentId()));
      if (climbed.end() == Climb.End.INSIDE) {
        present.add(file);
        climbed.path().forEach(f -> entered.put(f.id(), f));
      } else if (climbed.end() != Climb.End.UNKNOWN) {
        gone.add(new Removal(id, file.version(), Reason.MOVED_OUT));
      }
    }
  }
}
