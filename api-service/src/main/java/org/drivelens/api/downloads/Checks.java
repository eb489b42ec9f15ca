package org.drivelens.api.downloads;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.drivelens.drive.DriveFile;
import org.drivelens.drive.DriveProblem;
import org.drivelens.drive.GoogleDrive;
import org.drivelens.drive.Priority;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Asks Drive, before anything is sent, whether each photo is still the one that was chosen. */
@Component
class Checks {

  /** Of all downloads together: connections to Drive are for images first. */
  private static final int AT_ONCE = 16;

  /** A file that does not answer is left out; when more than this do not, Drive is down. */
  private static final int MOST_BUSY = 16;

  private final GoogleDrive drive;
  private final Semaphore turns = new Semaphore(AT_ONCE, true);

  Checks(GoogleDrive drive) {
    // After images, which people wait for.
    this.drive = drive.at(Priority.INTERACTIVE);
  }

  /**
   * @return what cannot be sent, and why
   * @throws DriveProblem if Drive as a whole cannot be asked
   */
  Missing missing(List<Selection.Item> items) {
    var check = new Check(items.size());
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      // As many threads as turns: whoever waits for a turn has no thread of his own.
      var next = items.iterator();
      var lines =
          IntStream.range(0, Math.min(AT_ONCE, items.size())).mapToObj(_ -> line(check, next));
      for (var line : threads.invokeAll(lines.toList())) {
        line.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking Google Drive", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException failure
          ? failure
          : new IllegalStateException(e.getCause());
    }
    check.throwIfDriveIsDown();
    return Missing.of(check.reasons);
  }

  private Callable<Void> line(Check check, Iterator<Selection.Item> items) {
    return () -> {
      for (var item = check.next(items); item != null; item = check.next(items)) {
        turns.acquire();
        try {
          check.note(item, reason(item, check));
        } finally {
          turns.release();
        }
      }
      return null;
    };
  }

  private @Nullable String reason(Selection.Item item, Check check) {
    if (!item.shown()) {
      return "It was taken out of the gallery.";
    }
    if (item.refused() != null) {
      return item.refused();
    }
    try {
      return reason(item, drive.get(item.fileId(), item.resourceKey()));
    } catch (DriveProblem.NotFound _) {
      return "Google Drive no longer gives it: it was removed or unshared.";
    } catch (DriveProblem.Busy busy) {
      check.busy(busy);
      return "Google Drive did not answer. Try again later.";
    } catch (DriveProblem.CredentialsRefused | DriveProblem.DayQuotaSpent down) {
      check.down(down);
      return null;
    } catch (DriveProblem refused) {
      return Objects.requireNonNullElse(refused.getMessage(), "Google Drive refused it.");
    }
  }

  private static @Nullable String reason(Selection.Item item, DriveFile now) {
    if (now.trashed()) {
      return "It lies in the trash of Google Drive.";
    }
    if (item.size() == null) {
      return "Google Drive did not say how large it is.";
    }
    return Objects.equals(now.size(), item.size())
            && (item.md5() == null || item.md5().equals(now.md5()))
        ? null
        : "It was replaced by another version after this link was made.";
  }

  /** One go through the items of a selection. */
  private static final class Check {

    private final Map<Integer, String> reasons = new ConcurrentHashMap<>();
    private final Queue<DriveProblem> busy = new ConcurrentLinkedQueue<>();
    private final AtomicReference<@Nullable DriveProblem> down = new AtomicReference<>();
    private final int size;

    Check(int size) {
      this.size = size;
    }

    synchronized Selection.@Nullable Item next(Iterator<Selection.Item> items) {
      return down.get() == null && items.hasNext() ? items.next() : null;
    }

    void note(Selection.Item item, @Nullable String reason) {
      if (reason != null) {
        reasons.put(item.number(), reason);
      }
    }

    void busy(DriveProblem problem) {
      busy.add(problem);
      if (busy.size() > MOST_BUSY) {
        down(problem);
      }
    }

    void down(DriveProblem problem) {
      down.compareAndSet(null, problem);
    }

    void throwIfDriveIsDown() {
      var problem = down.get();
      if (problem == null && busy.size() == size) {
        problem = busy.peek();
      }
      if (problem != null) {
        throw problem;
      }
    }
  }
}
