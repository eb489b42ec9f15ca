package org.drivelens.worker.sync;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.drivelens.drive.DriveFile;
import org.drivelens.drive.DriveProblem;
import org.drivelens.drive.FilePage;
import org.drivelens.drive.GoogleDrive;
import org.drivelens.worker.sync.ShortcutWays.Way;
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

  /**
   * A page with what its shortcuts show; one that leads to nothing we may see stays as it is, and
   * one that leads into the trash is left out.
   *
   * @param ways of its shortcuts
   */
  record Followed(FilePage page, List<Way> ways) {}

  Followed follow(FilePage page) throws InterruptedException {
    var asked = new LinkedHashMap<DriveFile, Future<List<DriveFile>>>();
    var answers = new Answers();
    for (var file : page.files()) {
      var shortcut = file.isShortcut() ? file.shortcut() : null;
      if (shortcut != null && (shortcut.leadsToImage() || shortcut.leadsToFolder())) {
        asked.put(file, threads.submit(() -> up(shortcut, answers)));
      }
    }
    return asked.isEmpty() ? new Followed(page, List.of()) : followed(page, asked);
  }

  /** What it leads to, and all above. */
  private static List<DriveFile> up(DriveFile.Shortcut shortcut, Answers answers)
      throws InterruptedException {
    var up = new ArrayList<DriveFile>();
    var met = new HashSet<String>();
    var next = answers.to(new Question(shortcut.targetId(), shortcut.targetResourceKey()));
    while (next != null && met.add(next.id())) {
      up.add(next);
      var above = next.parentId();
      next = above == null ? null : answers.to(new Question(above, null));
    }
    return up;
  }

  private record Question(String id, @Nullable String resourceKey) {}

  /** Shortcuts of one page often lead to one place: what lies there is asked for once. */
  private final class Answers {

    private final Map<Question, Future<Optional<DriveFile>>> asked = new ConcurrentHashMap<>();

    /** Null for what we may not see, or of which Drive tells too little. */
    @Nullable DriveFile to(Question question) throws InterruptedException {
      return result(asked.computeIfAbsent(question, q -> threads.submit(() -> ask(q))))
          .orElse(null);
    }

    private Optional<DriveFile> ask(Question question) throws InterruptedException {
      calls.acquire();
      try {
        return Optional.of(drive.get(question.id(), question.resourceKey()));
      } catch (DriveProblem.NotFound | DriveProblem.AccessDenied | DriveProblem.Unreadable e) {
        return Optional.empty();
      } finally {
        calls.release();
      }
    }
  }

  private static Followed followed(FilePage page, Map<DriveFile, Future<List<DriveFile>>> asked)
      throws InterruptedException {
    List<DriveFile> files = new ArrayList<>();
    var ways = new ArrayList<Way>();
    for (var file : page.files()) {
      var future = asked.get(file);
      if (future == null) {
        files.add(file);
        continue;
      }
      var up = result(future);
      ways.add(new Way(file, up));
      // What lies above was asked for later, and may be in the trash by now.
      if (up.stream().noneMatch(DriveFile::explicitlyTrashed)) {
        files.add(up.isEmpty() ? file : file.through(up.getFirst()));
      }
    }
    return new Followed(
        new FilePage(files, page.unreadable(), page.incompleteSearch(), page.nextPageToken()),
        ways);
  }

  private static <T> T result(Future<T> future) throws InterruptedException {
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
