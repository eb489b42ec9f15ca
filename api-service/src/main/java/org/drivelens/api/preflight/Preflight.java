package org.drivelens.api.preflight;

import java.util.ArrayList;
import java.util.List;
import org.drivelens.api.folders.FolderUrl;
import org.drivelens.api.folders.Overlaps;
import org.drivelens.api.folders.Warning;
import org.drivelens.drive.DriveCalls;
import org.drivelens.drive.DriveFile;
import org.drivelens.drive.DriveProblem;
import org.drivelens.drive.GoogleDrive;
import org.drivelens.drive.QuotaProperties;
import org.drivelens.event.SyncErrorCode;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Looks at a folder as a sync would, for no more than a few calls to Drive. */
@Component
class Preflight {

  /** To the top of somebody's Drive; mostly the first one is not shared with us already. */
  private static final int CLIMBED = 5;

  private static final int PAGE = 1000;

  private final GoogleDrive drive;
  private final Overlaps overlaps;
  private final QuotaProperties quota;

  Preflight(GoogleDrive drive, Overlaps overlaps, Environment environment) {
    this.drive = drive;
    this.overlaps = overlaps;
    quota = Binder.get(environment).bindOrCreate("drivelens.quota", QuotaProperties.class);
  }

  /**
   * @throws DriveProblem if Drive as a whole cannot be asked
   */
  FolderCheck check(FolderUrl url) {
    var calls = new DriveCalls();
    var counting = drive.counting(calls);
    DriveFile folder;
    try {
      folder = counting.get(url.folderId(), url.resourceKey());
    } catch (DriveProblem.NotFound _) {
      return unreachable(url, calls, SyncErrorCode.FOLDER_NOT_FOUND, Warning.Code.FOLDER_NOT_FOUND);
    } catch (DriveProblem.AccessDenied _) {
      return unreachable(
          url, calls, SyncErrorCode.FOLDER_NOT_SHARED, Warning.Code.FOLDER_NOT_SHARED);
    }
    var warnings = new ArrayList<>(overlaps.of(folder.id(), above(counting, folder)));
    var lack = lack(folder);
    if (lack != null) {
      warnings.add(lack);
      return result(folder, null, calls, warnings);
    }
    var count = new ImageCount(counting, calls);
    count.below(folder, url.resourceKey());
    count.warnings().forEach(warnings::add);
    return result(folder, count, calls, warnings);
  }

  private FolderCheck unreachable(
      FolderUrl url, DriveCalls calls, SyncErrorCode why, Warning.Code code) {
    var warnings = new ArrayList<>(overlaps.of(url.folderId(), List.of()));
    warnings.addFirst(Warning.of(code, why.sentence(drive.robot())));
    return new FolderCheck(
        url.folderId(),
        false,
        null,
        null,
        drive.robot(),
        null,
        null,
        null,
        null,
        asked(calls),
        warnings);
  }

  private FolderCheck result(
      DriveFile folder, @Nullable ImageCount count, DriveCalls calls, List<Warning> warnings) {
    return new FolderCheck(
        folder.id(),
        true,
        folder.isFolder(),
        folder.name(),
        drive.robot(),
        count == null ? null : count.images(),
        count == null ? null : count.folders(),
        count == null ? null : count.isComplete(),
        count == null ? null : seconds(count),
        asked(calls),
        List.copyOf(warnings));
  }

  private static @Nullable Warning lack(DriveFile file) {
    if (!file.isFolder()) {
      return Warning.of(Warning.Code.NOT_A_FOLDER, SyncErrorCode.NOT_A_FOLDER.sentence(""));
    }
    if (file.trashed()) {
      return Warning.of(
          Warning.Code.FOLDER_TRASHED,
          "The folder is in the trash of Google Drive. Restore it there.");
    }
    return file.canListChildren()
        ? null
        : Warning.of(
            Warning.Code.FOLDER_NOT_LISTABLE,
            "Google Drive shows this folder to Drivelens, but not what lies in it.");
  }

  /** The folders that lead to it, as far as we see them. */
  private static List<String> above(GoogleDrive drive, DriveFile folder) {
    var above = new ArrayList<String>();
    var parent = folder.parentId();
    while (parent != null && above.size() < CLIMBED && !above.contains(parent)) {
      above.add(parent);
      try {
        parent = drive.get(parent, null).parentId();
      } catch (DriveProblem.NotFound | DriveProblem.AccessDenied _) {
        parent = null;
      }
    }
    return above;
  }

  /** A sync lists many folders at a time, a thousand files a page; a file costs nothing more. */
  private long seconds(ImageCount count) {
    var pages = 1 + count.folders() / ImageCount.FOLDERS_AT_ONCE + count.images() / PAGE;
    var units = (long) pages * quota.costs().list();
    return Math.max(1, Math.ceilDiv(units * 60, quota.unitsPerMinute()));
  }

  private static int asked(DriveCalls calls) {
    return Math.toIntExact(calls.total().calls());
  }
}
