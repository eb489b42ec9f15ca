package org.drivelens.worker.sync;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.drivelens.drive.DriveFile;
import org.drivelens.worker.photos.HeldPhoto;
import org.drivelens.worker.photos.Removal;
import org.drivelens.worker.photos.Removal.Doubt;
import org.drivelens.worker.photos.Removal.Proof;
import org.jspecify.annotations.Nullable;

/**
 * Settles what became of photos that are not where we hold them: each is asked for now, and only
 * what Drive then says counts. Absence from a listing, a folder's departure and most of what the
 * feed says are no proof. What Drive tells too little of stays as it is.
 *
 * @param gone photos to remove, each proved or still in doubt
 * @param present photos that are still inside, as they are now
 * @param entered folders on the way to those that we did not know to be inside
 * @param hiding folders that are there and hide what lies in them: that their photos do not answer
 *     is trouble of the folder, and says nothing of the photos
 * @param hidden those photos
 */
record Absences(
    List<Removal> gone,
    List<DriveFile> present,
    Map<String, DriveFile> entered,
    List<DriveFile> hiding,
    List<HeldPhoto> hidden) {

  /**
   * @param ours whether a folder is or was one of the event's
   */
  static Absences settle(
      Lookups lookups, Climb climb, Predicate<String> ours, Collection<HeldPhoto> photos) {
    var settled =
        new Absences(
            new ArrayList<>(),
            new ArrayList<>(),
            new LinkedHashMap<>(),
            new ArrayList<>(),
            new ArrayList<>());
    if (!photos.isEmpty()) {
      lookups.requireRoot();
      // Photos share their folders: each is asked for, and climbed, once.
      var climbs = new HashMap<String, Climb.Result>();
      Function<String, Climb.Result> climbed = f -> climbs.computeIfAbsent(f, climb::from);
      var hides = new HashMap<String, Boolean>();
      lookups
          .get(photos)
          .forEach((photo, now) -> {
            if (now.isPresent()) {
              settled.settle(now.get(), climbed, ours);
            } else if (hides.computeIfAbsent(
                photo.parentId(), f -> settled.hides(lookups.hiding(f), climbed))) {
              settled.hidden.add(photo);
            } else {
              settled.gone.add(new Doubt(photo.driveFileId(), Doubt.Of.GONE));
            }
          });
    }
    return settled;
  }

  /** A folder that has left the event hides nothing of it, and its entries do not touch it. */
  private boolean hides(Optional<DriveFile> folder, Function<String, Climb.Result> climb) {
    if (folder.isEmpty()) {
      return false;
    }
    var end = climb.apply(folder.get().id()).end();
    if (end == Climb.End.INSIDE) {
      hiding.add(folder.get());
    }
    return end == Climb.End.INSIDE || end == Climb.End.UNKNOWN;
  }

  private void settle(
      DriveFile file, Function<String, Climb.Result> climb, Predicate<String> ours) {
    var id = file.id();
    if (file.trashed()) {
      gone.add(new Proof(id, file.version(), Proof.By.TRASHED));
    } else if (!file.isImage()) {
      gone.add(new Proof(id, file.version(), Proof.By.NOT_AN_IMAGE));
    } else if (file.parentId() == null) {
      // Drive leaves out a parent that we may not see, so this is no place outside.
      gone.add(new Doubt(id, Doubt.Of.FOLDER_HIDDEN));
    } else {
      place(file, climb.apply(file.parentId()), ours);
    }
  }

  private void place(DriveFile file, Climb.Result climbed, Predicate<String> ours) {
    switch (climbed.end()) {
      case INSIDE -> {
        present.add(file);
        climbed.path().forEach(f -> entered.put(f.id(), f));
      }
      case OUTSIDE -> gone.add(outside(file, climbed.last(), ours));
      case TRASHED -> gone.add(new Proof(file.id(), file.version(), Proof.By.TRASHED));
      case GONE -> gone.add(new Doubt(file.id(), Doubt.Of.FOLDER_HIDDEN));
      case UNKNOWN -> {}
    }
  }

  /** A folder of ours without a parent has become the top of what we see, wherever it lies. */
  private static Removal outside(DriveFile file, @Nullable String top, Predicate<String> ours) {
    return top != null && ours.test(top)
        ? new Doubt(file.id(), Doubt.Of.FOLDER_HIDDEN, top)
        : new Proof(file.id(), file.version(), Proof.By.MOVED_OUT);
  }
}
