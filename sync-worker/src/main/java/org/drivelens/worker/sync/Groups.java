package org.drivelens.worker.sync;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.drivelens.drive.FolderRef;

/** Puts waiting folders into queries: many folders of one drive into each. */
final class Groups {

  /** Folders in one query, as many as others found to work (drive-api 2). */
  static final int LARGEST = 50;

  /** With so many in flight a smaller group waits until it has grown. */
  private static final int ENOUGH = 4;

  private Groups() {}

  /** Those that are to be listed by themselves stay alone. */
  static List<List<FolderRef>> of(List<Waiting> waiting, int inFlight) {
    var groups = new ArrayList<List<FolderRef>>();
    var growing = new LinkedHashMap<String, List<FolderRef>>();
    for (var folder : waiting) {
      if (folder.alone()) {
        groups.add(List.of(folder.ref()));
        continue;
      }
      var drive = String.valueOf(folder.driveId());
      var group = growing.computeIfAbsent(drive, d -> new ArrayList<>());
      group.add(folder.ref());
      if (group.size() == LARGEST) {
        groups.add(growing.remove(drive));
      }
    }
    for (var rest : growing.values()) {
      if (inFlight + groups.size() < ENOUGH) {
        groups.add(rest);
      }
    }
    return groups;
  }
}
