package org.drivelens.emulator.library;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** When folders went to the bin and came back: what lies in them may hear of it late. */
final class Trashings {

  private final Map<String, TreeMap<Instant, Boolean>> byFolder = new HashMap<>();

  void note(String folderId, Instant at, boolean trashed) {
    byFolder.computeIfAbsent(folderId, id -> new TreeMap<>()).put(at, trashed);
  }

  /** Whether what lies in the folder knows it trashed, not having heard of anything too young. */
  boolean isKnown(Item folder, @Nullable Instant tooYoung) {
    if (tooYoung == null) {
      return folder.explicitlyTrashed();
    }
    TreeMap<Instant, Boolean> history = byFolder.get(folder.id());
    var heard = history == null ? null : history.lowerEntry(tooYoung);
    return heard != null && heard.getValue();
  }
}
