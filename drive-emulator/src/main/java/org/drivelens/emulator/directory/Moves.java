package org.drivelens.emulator.directory;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import org.drivelens.emulator.library.Library;

/** Items that come, go and change places, in the library and in what we know of it. */
final class Moves {

  private final Library library;
  private final MirroredItems items;
  private final Set<String> displaced = new LinkedHashSet<>();

  Moves(Library library, MirroredItems items) {
    this.library = library;
    this.items = items;
  }

  /** Whether the very file, or directory, is still where it was seen last. */
  boolean isThere(Mirrored item) throws IOException {
    Path path = item.away() ? null : items.path(item);
    Found found = path == null ? null : Found.at(path);
    return found != null && found.key().equals(item.key());
  }

  /** The item is what was found in the folder, wherever it was before. */
  void place(Mirrored item, String folderId, Found found) {
    clear(folderId, found.name(), item.id());
    if (item.away()) {
      library.untrash(item.id());
    }
    if (!folderId.equals(item.parentId())) {
      library.move(item.id(), folderId);
    }
    if (!found.name().equals(item.name())) {
      library.rename(item.id(), found.name());
    }
    items.put(item.at(folderId, found));
  }

  /** Whoever had this place before, and is not the new one, has to be found elsewhere. */
  void clear(String folderId, String name, String newId) {
    Mirrored before = items.at(folderId, name);
    if (before != null && !before.away() && !before.id().equals(newId)) {
      displaced.add(before.id());
    }
  }

  /** It is not there any more. Drive keeps what its owner removes in the bin. */
  void remove(Mirrored item) {
    library.trash(item.id());
    items.put(item.goneAway());
  }

  /** Those that lost their place and were not found elsewhere. */
  void removeDisplaced() {
    var ids = Set.copyOf(displaced);
    displaced.clear();
    for (String id : ids) {
      Mirrored item = items.find(id);
      if (item != null && !item.away() && !items.isInItsPlace(item)) {
        remove(item);
      }
    }
  }
}
