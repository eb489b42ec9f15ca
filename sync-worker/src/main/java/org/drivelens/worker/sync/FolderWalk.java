package org.drivelens.worker.sync;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.drivelens.drive.DriveFile;
import org.drivelens.drive.DriveProblem;
import org.drivelens.drive.FilePage;
import org.drivelens.drive.FolderRef;
import org.drivelens.drive.GoogleDrive;
import org.drivelens.worker.photos.FolderTree.Folder;
import org.drivelens.worker.photos.Issues.Kind;
import org.drivelens.worker.photos.Issues.Trouble;
import org.drivelens.worker.trouble.IncompleteListing;
import org.jspecify.annotations.Nullable;

/**
 * Lists the event's folder and all below it, breadth first, a page at a time. Each page is written
 * together with the place where the walk stands, so that it resumes wherever it was left.
 */
final class FolderWalk {

  private static final Trouble MAY_NOT_LIST =
      new Trouble("canListChildren", "Google Drive does not let Drivelens list this folder.");

  private final GoogleDrive drive;
  private final Lookups lookups;
  private final Lease lease;
  private final Claim claim;
  private final Storage storage;

  FolderWalk(GoogleDrive drive, Lookups lookups, Lease lease, Storage storage) {
    this.drive = drive;
    this.lookups = lookups;
    this.lease = lease;
    this.claim = lease.claim();
    this.storage = storage;
  }

  /**
   * Opens a walk. Its position is the head of the log as it was before the first listing: what
   * changes from then on is found there.
   */
  void begin(EventState state) {
    var root = lookups.root();
    var above = new LinkedHashMap<String, Long>();
    lookups.above(root).forEach(f -> above.put(f.id(), f.version()));
    lease.write(() -> {
      storage.walks().begin(claim, state);
      storage
          .folders()
          .put(
              claim.key(),
              List.of(
                  new Folder(root.id(), null, root.name(), root.resourceKey(), root.version())));
      storage.folders().replaceAncestors(claim.key(), above);
      storage.states().walking(claim);
      storage.runs().walks(claim);
    });
  }

  /** Lists one page of the folder that was met first. */
  void listNext() {
    var folder = storage.walks().next(claim).orElseThrow();
    try {
      page(folder).ifPresent(page -> store(folder, page));
    } catch (DriveProblem.NotFound | DriveProblem.AccessDenied e) {
      // Only the event's own folder can fail a run; it is asked again, for Drive's exact word.
      if (folder.folderId().equals(claim.root())) {
        lookups.root();
        throw e;
      }
      lease.write(() -> unreadable(folder.folderId(), null, Trouble.of(e)));
    }
  }

  /** The next page, or nothing if the place in the listing is lost and it starts again. */
  private Optional<FilePage> page(Walks.Frontier folder) {
    try {
      var page =
          drive.list(
              List.of(new FolderRef(folder.folderId(), folder.resourceKey())), folder.pageToken());
      if (page.incompleteSearch()) {
        throw new IncompleteListing();
      }
      return Optional.of(page);
    } catch (DriveProblem.TokenRejected e) {
      if (folder.pageToken() == null) {
        throw e;
      }
      lease.write(() -> storage.walks().enter(claim.event(), List.of(folder.folderId())));
      return Optional.empty();
    }
  }

  private void store(Walks.Frontier folder, FilePage page) {
    var images = new LinkedHashMap<String, DriveFile>();
    var folders = new LinkedHashMap<String, DriveFile>();
    for (var file : page.files()) {
      if (file.isFolder() && !file.id().equals(claim.root())) {
        folders.put(file.id(), file);
      } else if (file.isImage() && !file.trashed()) {
        images.put(file.id(), file);
      }
    }
    lease.write(() -> {
      var tally = storage.photos().put(claim.key(), images.values());
      meet(folders.values());
      storage.issues().resolve(claim.key(), images.keySet());
      storage.issues().resolve(claim.key(), List.of(folder.folderId()));
      var seen = new ArrayList<>(images.keySet());
      page.unreadable().forEach(this::skip);
      page.unreadable().forEach(file -> seen.add(file.id()));
      storage.walks().store(claim, folder, seen, page.nextPageToken());
      storage.runs().add(claim, tally);
      storage.states().progressed(claim);
    });
  }

  /** One bad file never fails a run: it is recorded, and what we show of it stays. */
  private void skip(FilePage.Unreadable file) {
    storage
        .issues()
        .record(
            claim.key(),
            file.id(),
            Kind.FILE,
            file.name(),
            new Trouble(
                "unreadable", "Google Drive tells too little of it: " + file.reason() + "."));
  }

  /** A folder that is new, or newer than when it was last listed, is listed again. */
  private void meet(Iterable<DriveFile> files) {
    var shown = new ArrayList<Folder>();
    files.forEach(f -> shown.add(Folder.of(f)));
    var newer = storage.folders().put(claim.key(), shown);
    storage.walks().enter(claim.event(), newer);
    storage.walks().meet(claim.event(), shown.stream().map(Folder::folderId).toList());
    for (var file : files) {
      if (!file.canListChildren()) {
        unreadable(file.id(), file.name(), MAY_NOT_LIST);
      }
    }
  }

  /** One unreadable sub-folder never fails a run: it is recorded, and what we know of it stays. */
  private void unreadable(String folder, @Nullable String name, Trouble trouble) {
    storage.walks().unreadable(claim, folder);
    storage.issues().record(claim.key(), folder, Kind.FOLDER, name, trouble);
  }
}
