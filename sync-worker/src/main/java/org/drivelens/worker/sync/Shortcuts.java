package org.drivelens.worker.sync;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.drivelens.drive.DriveFile;
import org.drivelens.drive.DriveProblem;
import org.drivelens.drive.FilePage;
import org.drivelens.drive.GoogleDrive;
import org.jspecify.annotations.Nullable;

/**
 * Follows the shortcuts of a page. A listing shows the shortcut and not what it leads to (drive-api
 * 3), so each target is asked for, some at once.
 */
final class Shortcuts {

  private final GoogleDrive drive;
  private final Semaphore calls;
  private final ExecutorService threads;

  Shortcuts(GoogleDrive drive, Semaphore calls, ExecutorService threads) {
    this.drive = drive;
    this.calls = calls;
    this.threads = threads;
  }

  /** The page with what its shortcuts show; one that leads to nothing we may see stays as it is. */
  FilePage follow(FilePage page) throws InterruptedException {
    var asked = new LinkedHashMap<DriveFile, Future<@Nullable DriveFile>>();
    for (var file : page.files()) {
      var shortcut = file.isShortcut() ? file.shortcut() : null;
      if (shortcut != null && (shortcut.leadsToImage() || shortcut.leadsToFolder())) {
        asked.put(file, threads.submit(() -> target(shortcut)));
      }
    }
    return asked.isEmpty() ? page : followed(page, asked);
  }

  private @Nullable DriveFile target(DriveFile.Shortcut shortcut) throws InterruptedException {
    calls.acquire();
    try {
      return drive.get(shortcut.targetId(), shortcut.targetResourceKey());
    } catch (DriveProblem.NotFound | DriveProblem.AccessDenied | DriveProblem.Unreadable e) {
      return null;
    } finally {
      calls.release();
    }
  }

  private static FilePage followed(FilePage page, Map<DriveFile, Future<@Nullable DriveFile>> asked)
      throws InterruptedException {
    List<DriveFile> files = new ArrayList<>();
    for (var file : page.files()) {
      var future = asked.get(file);
      var target = future == null ? null : result(future);
      files.add(target == null ? file : file.through(target));
    }
    return new FilePage(files, page.unreadable(), page.incompleteSearch(), page.nextPageToken());
  }

  private static @Nullable DriveFile result(Future<@Nullable DriveFile> future)
      throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
