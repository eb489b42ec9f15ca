package org.drivelens.worker.sync;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.drivelens.drive.DriveFile;
import org.drivelens.drive.DriveProblem;
import org.drivelens.drive.FilePage;
import org.drivelens.drive.FolderRef;
import org.drivelens.worker.photos.FolderTree;
import org.drivelens.worker.photos.HeldPhoto;
import org.drivelens.worker.photos.Removal;
import org.drivelens.worker.photos.Removal.Doubt;
import org.drivelens.worker.photos.Removal.Proof;

/**
 * Settles what left together with folders. That a folder has left says nothing of what lay in it
 * when we last looked: it may have been moved out before. So the folder is listed where it is now,
 * and what is still in it has left with it; the rest is asked for, item by item.
 *
 * <p>What is proved is written at once, so that memory does not grow with the folder. Used once.
 */
final class Departures {

  /** A page of a listing costs as much of the quota as twenty lookups. */
  private static final int WORTH_A_LISTING = 20;

  private static final int GROUP = 50;
  private static final int AT_ONCE = 5_000;

  private final Lookups lookups;
  private final Lease lease;
  private final Claim claim;
  private final Storage storage;
  private final FolderTree tree;
  private final Climb climb;

  /** Folders that are there, each with the top of what we see above it. */
  private final Map<String, String> hidden = new HashMap<>();

  private final Predicate<String> ours;
  private final Settled settled =
      new Settled(new HashSet<>(), new HashSet<>(), new ArrayList<>(), new LinkedHashMap<>());

  /**
   * What became of the folders and of what was in them.
   *
   * @param left folders that are not inside any more
   * @param back folders that are inside, whatever was said of them; to be listed again
   * @param present photos that are still inside, as they are now
   * @param entered folders on the way to what is still inside
   */
  record Settled(
      Set<String> left, Set<String> back, List<DriveFile> present, Map<String, DriveFile> entered) {

    boolean isKnown(String folder) {
      return left.contains(folder) || back.contains(folder);
    }
  }

  Departures(Lookups lookups, Lease lease, Storage storage, FolderTree tree) {
    this.lookups = lookups;
    this.lease = lease;
    this.claim = lease.claim();
    this.storage = storage;
    this.tree = tree;
    this.climb = Climb.asking(lookups, claim.root(), tree);
    this.ours = storage.removals().ours(claim.key(), tree::has);
  }

  /**
   * @param departed folders of the tree that are said to have left, with all below them
   * @param spoken items of which the feed speaks itself: they are left alone
   */
  Settled settle(Set<String> departed, Set<String> spoken) {
    var below = tree.below(departed);
    if (below.isEmpty()) {
      return settled;
    }
    lookups.requireRoot();
    var children = new HashMap<String, Set<String>>();
    below.forEach(f -> children.computeIfAbsent(parent(f), p -> new HashSet<>()).add(f));
    var listing = below.size() + storage.photos().count(claim.key(), below) > WORTH_A_LISTING;
    var level = climbed(departed.stream().filter(below::contains).toList());
    while (!level.isEmpty()) {
      settled.left().addAll(level);
      var shown = listing ? list(level, spoken) : Set.<String>of();
      var next = level.stream().flatMap(f -> children.getOrDefault(f, Set.of()).stream()).toList();
      level = climbed(next.stream().filter(f -> !shown.contains(f)).toList());
      next.stream().filter(shown::contains).filter(f -> !settled.isKnown(f)).forEach(level::add);
    }
    askForTheRest(spoken);
    return settled;
  }

  private String parent(String id) {
    var folder = tree.get(id);
    return folder == null ? "" : String.valueOf(folder.parentId());
  }

  /** Those that have left, by their own word and that of the folders above them. */
  private Set<String> climbed(Collection<String> folders) {
    var outside = new HashSet<String>();
    for (var folder : folders) {
      var climbed = climb.from(folder);
      switch (climbed.end()) {
        case INSIDE -> {
          settled.back().add(folder);
          climbed.path().forEach(f -> settled.entered().put(f.id(), f));
        }
        case UNKNOWN -> {}
        case OUTSIDE, TRASHED, GONE -> {
          if (!settled.isKnown(folder)) {
            outside.add(folder);
          }
          // A folder of ours without a parent has become the top of what we see, wherever it lies.
          var top = climbed.last();
          if (climbed.end() == Climb.End.OUTSIDE && top != null && ours.test(top)) {
            hidden.put(folder, top);
          }
        }
      }
    }
    return outside;
  }

  /** Removes the photos that lie in these folders; returns the folders that lie in them. */
  private Set<String> list(Collection<String> folders, Set<String> spoken) {
    var shown = new HashSet<String>();
    var group = new ArrayList<FolderRef>();
    for (var id : folders) {
      var folder = tree.get(id);
      group.add(new FolderRef(id, folder == null ? null : folder.resourceKey()));
      if (group.size() == GROUP) {
        list(group, spoken, shown);
        group.clear();
      }
    }
    if (!group.isEmpty()) {
      list(group, spoken, shown);
    }
    return shown;
  }

  private void list(List<FolderRef> group, Set<String> spoken, Set<String> shown) {
    var parents = group.stream().map(FolderRef::id).collect(Collectors.toSet());
    String token = null;
    do {
      FilePage page;
      try {
        page = lookups.listWithTrash(group, token);
      } catch (DriveProblem.NotFound
          | DriveProblem.AccessDenied
          | DriveProblem.TokenRejected unlistable) {
        // What is not shown is asked for.
        return;
      }
      remove(page, parents, spoken);
      page.files().stream()
          .filter(f -> f.isFolder() && f.parentId() != null && parents.contains(f.parentId()))
          .forEach(f -> {
            shown.add(f.id());
            var top = hidden.get(f.parentId());
            if (top != null) {
              hidden.put(f.id(), top);
            }
          });
      token = page.nextPageToken();
    } while (token != null);
  }

  private void remove(FilePage page, Set<String> parents, Set<String> spoken) {
    var removals =
        page.files().stream()
            .filter(f -> !f.isFolder() && !spoken.contains(f.id()))
            .filter(f -> f.parentId() != null && parents.contains(f.parentId()))
            .map(this::left)
            .toList();
    write(removals, List.of());
  }

  /** Listed now, in a folder that left: proof, unless we cannot see where that folder lies. */
  private Removal left(DriveFile file) {
    if (file.trashed()) {
      return new Proof(file.id(), file.version(), Proof.By.TRASHED);
    }
    var top = hidden.get(file.parentId());
    return top != null
        ? new Doubt(file.id(), Doubt.Of.FOLDER_HIDDEN, top)
        : new Proof(file.id(), file.version(), Proof.By.MOVED_OUT);
  }

  private void askForTheRest(Set<String> spoken) {
    var after = "";
    List<HeldPhoto> held;
    do {
      held = storage.photos().in(claim.key(), settled.left(), after, AT_ONCE);
      var asked = held.stream().filter(p -> !spoken.contains(p.driveFileId())).toList();
      var absences = Absences.settle(lookups, climb, ours, asked);
      write(absences.gone(), absences.hiding());
      settled.present().addAll(absences.present());
      settled.entered().putAll(absences.entered());
      after = held.isEmpty() ? after : held.getLast().driveFileId();
    } while (held.size() == AT_ONCE);
  }

  private void write(List<Removal> removals, List<DriveFile> hiding) {
    if (!removals.isEmpty() || !hiding.isEmpty()) {
      lease.write(() -> {
        storage.runs().add(claim, storage.removals().apply(claim.key(), removals));
        storage.issues().mayNotList(claim.key(), hiding);
      });
    }
  }
}
