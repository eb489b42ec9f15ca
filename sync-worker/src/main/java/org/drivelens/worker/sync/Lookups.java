package org.drivelens.worker.sync;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.drivelens.drive.DriveFile;
import org.drivelens.drive.DriveProblem;
import org.drivelens.drive.FilePage;
import org.drivelens.drive.FolderRef;
import org.drivelens.drive.GoogleDrive;
import org.drivelens.event.SyncErrorCode;
import org.drivelens.worker.photos.HeldPhoto;
import org.drivelens.worker.trouble.RootTrouble;
import org.jspecify.annotations.Nullable;

/** Asks Drive about single items: how a doubt is settled when it is applied. */
final class Lookups {

  private static final int AT_ONCE = 16;

  private final GoogleDrive drive;
  private final Claim claim;
  private final Map<String, DriveProblem.Unreadable> unreadable = new ConcurrentHashMap<>();
  private final EventState state;
  private @Nullable Boolean rootReadable;

  /** The event's own folder has moved to another drive: another feed tells of it, so it walks. */
  static final class OtherDrive extends RuntimeException {
    OtherDrive() {
      super("the folder has moved to another drive", null, false, false);
    }
  }

  Lookups(GoogleDrive drive, Claim claim, EventState state) {
    this.drive = drive;
    this.claim = claim;
    this.state = state;
  }

  /**
   * The item as it is now; empty when it is gone or we may not see it. A shortcut to an image is
   * followed: without what it leads to it is as good as gone.
   *
   * @throws DriveProblem.Unreadable if Drive tells too little of it: then nothing is known
   */
  Optional<DriveFile> get(String id, @Nullable String resourceKey) {
    try {
      var item = drive.get(id, resourceKey);
      var shortcut = item.isShortcut() ? item.shortcut() : null;
      return Optional.of(
          shortcut == null || !shortcut.leadsToImage()
              ? item
              : item.through(drive.get(shortcut.targetId(), shortcut.targetResourceKey())));
    } catch (DriveProblem.NotFound | DriveProblem.AccessDenied e) {
      return Optional.empty();
    } catch (DriveProblem.Unreadable e) {
      unreadable.put(id, e);
      throw e;
    }
  }

  /** The items of which Drive told too little so far: trouble of theirs, not of the run. */
  Map<String, DriveProblem.Unreadable> unreadable() {
    return unreadable;
  }

  /** Many items, some at once; those of which Drive tells too little are left out. */
  Map<HeldPhoto, Optional<DriveFile>> get(Collection<HeldPhoto> photos) {
    var permits = new Semaphore(AT_ONCE);
    var found = new HashMap<HeldPhoto, Optional<DriveFile>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var futures = new ArrayList<Map.Entry<HeldPhoto, Future<Optional<DriveFile>>>>();
      for (var photo : photos) {
        permits.acquireUninterruptibly();
        futures.add(Map.entry(photo, threads.submit(() -> get(photo, permits))));
      }
      for (var future : futures) {
        try {
          found.put(future.getKey(), result(future.getValue()));
        } catch (DriveProblem.Unreadable _) {
          // Noted; one bad file says nothing of the others.
        }
      }
    }
    return found;
  }

  private Optional<DriveFile> get(HeldPhoto photo, Semaphore permits) {
    try {
      return get(photo.driveFileId(), photo.resourceKey());
    } finally {
      permits.release();
    }
  }

  /** The folder, if it is there and hides what lies in it. */
  Optional<DriveFile> hiding(String folder) {
    try {
      return get(folder, null).filter(f -> f.isFolder() && !f.trashed() && !f.canListChildren());
    } catch (DriveProblem.Unreadable e) {
      return Optional.empty();
    }
  }

  /** One page of what lies in these folders, in the trash or not. */
  FilePage listWithTrash(Collection<FolderRef> folders, @Nullable String pageToken) {
    return drive.listWithTrash(folders, pageToken);
  }

  private static <T> T result(Future<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /**
   * The event's own folder must answer, and not be trashed, before anything is removed: the trouble
   * may be with us.
   *
   * @throws RootTrouble if it does not
   * @throws OtherDrive if it has moved to another drive
   */
  void requireRoot() {
    if (rootReadable == null) {
      requireDrive(root());
      rootReadable = true;
    }
  }

  /**
   * @param root the event's own folder as Drive shows it
   * @throws OtherDrive if it has moved to another drive since the last walk began
   */
  void requireDrive(DriveFile root) {
    if (!state.follows(root)) {
      throw new OtherDrive();
    }
  }

  /** The event's own folder, readable and not in the trash. */
  DriveFile root() {
    DriveFile root;
    try {
      root = drive.get(claim.root(), claim.resourceKey());
    } catch (DriveProblem.NotFound e) {
      throw new RootTrouble(SyncErrorCode.FOLDER_NOT_FOUND);
    } catch (DriveProblem.AccessDenied e) {
      throw new RootTrouble(SyncErrorCode.FOLDER_NOT_SHARED);
    }
    if (!root.isFolder()) {
      throw new RootTrouble(SyncErrorCode.NOT_A_FOLDER);
    }
    if (root.trashed()) {
      throw new RootTrouble(SyncErrorCode.FOLDER_TRASHED);
    }
    if (!root.canListChildren()) {
      throw new RootTrouble(SyncErrorCode.FOLDER_NOT_SHARED);
    }
    return root;
  }

  /** The folders above, as far as we can see them. */
  List<DriveFile> above(DriveFile folder) {
    var above = new ArrayList<DriveFile>();
    var next = parent(folder);
    while (next != null && !above.contains(next)) {
      above.add(next);
      next = parent(next);
    }
    return above;
  }

  private @Nullable DriveFile parent(DriveFile folder) {
    try {
      return folder.parentId() == null ? null : get(folder.parentId(), null).orElse(null);
    } catch (DriveProblem.Unreadable e) {
      return null;
    }
  }
}
