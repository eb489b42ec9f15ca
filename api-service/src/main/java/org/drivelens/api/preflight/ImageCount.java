package org.drivelens.api.preflight;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.drivelens.api.folders.Warning;
import org.drivelens.drive.DriveCalls;
import org.drivelens.drive.DriveFile;
import org.drivelens.drive.DriveProblem;
import org.drivelens.drive.FilePage;
import org.drivelens.drive.FolderRef;
import org.drivelens.drive.GoogleDrive;
import org.jspecify.annotations.Nullable;

/** Counts images in a folder and below it, many folders at a time, until its calls are spent. */
final class ImageCount {

  /** Of one check in all; tries of a busy Drive count too. */
  private static final int CALLS = 20;

  static final int FOLDERS_AT_ONCE = 50;

  private final GoogleDrive drive;
  private final DriveCalls calls;
  private final Deque<FolderRef> waiting = new ArrayDeque<>();
  private final Set<String> known = new HashSet<>();
  private int images;
  private int unreadable;
  private boolean complete = true;

  ImageCount(GoogleDrive drive, DriveCalls calls) {
    this.drive = drive;
    this.calls = calls;
  }

  void below(DriveFile folder, @Nullable String resourceKey) {
    add(new FolderRef(folder.id(), resourceKey));
    while (!waiting.isEmpty() && complete) {
      list(next());
    }
  }

  int images() {
    return images;
  }

  int folders() {
    return known.size();
  }

  boolean isComplete() {
    return complete;
  }

  List<Warning> warnings() {
    var warnings = new ArrayList<Warning>();
    if (unreadable > 0) {
      warnings.add(
          Warning.of(
              Warning.Code.PARTLY_UNREADABLE,
              "Google Drive does not show what lies in some of the folders below (at least "
                  + unreadable
                  + "): their photos will be missing."));
    }
    if (images == 0 && complete) {
      warnings.add(
          Warning.of(
              Warning.Code.NO_IMAGES,
              "There are no images in this folder yet. Those that are added later appear by"
                  + " themselves."));
    }
    return warnings;
  }

  private void add(FolderRef folder) {
    if (known.add(folder.id())) {
      waiting.add(folder);
    }
  }

  private List<FolderRef> next() {
    var some = new ArrayList<FolderRef>();
    while (!waiting.isEmpty() && some.size() < FOLDERS_AT_ONCE) {
      some.add(waiting.remove());
    }
    return some;
  }

  private void list(List<FolderRef> folders) {
    String token = null;
    do {
      if (calls.total().calls() >= CALLS) {
        complete = false;
        return;
      }
      try {
        var page = drive.list(folders, token);
        count(page);
        token = page.nextPageToken();
      } catch (DriveProblem trouble) {
        // What was counted so far is true all the same.
        complete = false;
        return;
      }
    } while (token != null);
  }

  private void count(FilePage page) {
    complete &= !page.incompleteSearch();
    for (var file : page.files()) {
      if (file.isImage()) {
        images++;
      } else if (file.isFolder() && file.canListChildren()) {
        add(new FolderRef(file.id(), file.resourceKey()));
      } else if (file.isFolder()) {
        unreadable++;
      }
    }
  }
}
