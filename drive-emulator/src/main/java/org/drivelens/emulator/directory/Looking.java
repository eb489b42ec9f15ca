package org.drivelens.emulator.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.drivelens.emulator.library.Library;
import org.jspecify.annotations.Nullable;

/**
 * One look at some names, or at everything. First those that are known by their file, wherever they
 * lie now; then strangers; what is gone comes last, since it may have turned up elsewhere.
 */
final class Looking {

  private final Library library;
  private final MirroredItems items;
  private final Moves moves;
  private final Reading reading;
  private final Watch watch;
  private final Troubles troubles;
  private final Deque<Open> open = new ArrayDeque<>();
  private final Deque<Stranger> strangers = new ArrayDeque<>();
  private final List<Mirrored> missing = new ArrayList<>();

  /** Folders to look into: at these names, or at all of them if null. */
  private record Open(String folderId, @Nullable Set<Path> names) {}

  private record Stranger(String folderId, Found found) {}

  Looking(
      Library library,
      MirroredItems items,
      Moves moves,
      Reading reading,
      Watch watch,
      Troubles troubles) {
    this.library = library;
    this.items = items;
    this.moves = moves;
    this.reading = reading;
    this.watch = watch;
    this.troubles = troubles;
  }

  void at(Map<String, Set<Path>> names) {
    names.forEach((folder, some) -> open.add(new Open(folder, some)));
    look();
  }

  void at(Mirrored top) {
    open.add(new Open(top.id(), null));
    look();
  }

  private void look() {
    while (true) {
      if (!open.isEmpty()) {
        lookInto(open.remove());
      } else if (!strangers.isEmpty()) {
        Stranger stranger = strangers.remove();
        welcome(stranger.folderId(), stranger.found());
      } else {
        break;
      }
    }
    missing.forEach(this::removeIfMissing);
    moves.removeDisplaced();
  }

  private void lookInto(Open folder) {
    Mirrored item = items.find(folder.folderId());
    Path path = item == null || item.away() ? null : items.path(item);
    if (path == null || item == null) {
      return;
    }
    try {
      Collection<Path> names = folder.names();
      if (names == null) {
        watch.on(path, item.id());
        names = everyName(item, path);
      }
      for (Path name : names) {
        lookAt(item, path.resolve(name), folder.names() == null);
      }
      troubles.over(path);
    } catch (IOException e) {
      // Nothing is known of what lies in it: it stays as it was.
      troubles.add(path, e);
    }
  }

  private Set<Path> everyName(Mirrored folder, Path path) throws IOException {
    var names = new HashSet<>(Found.names(path));
    reading.forgetAllBut(names, folder.id());
    items.in(folder.id()).forEach(child -> names.add(child.leaf()));
    return names;
  }

  private void lookAt(Mirrored folder, Path path, boolean deep) {
    Found found;
    try {
      found = Found.at(path);
    } catch (IOException e) {
      troubles.add(path, e);
      return;
    }
    Mirrored here = items.at(folder.id(), path.getFileName().toString());
    if (found == null) {
      if (here != null && !here.away() && here.leaf().equals(path.getFileName())) {
        missing.add(here);
      }
    } else {
      meet(folder.id(), found, here, deep);
    }
  }

  private void meet(String folderId, Found found, @Nullable Mirrored here, boolean deep) {
    try {
      if (here != null && !here.away() && here.is(found)) {
        if (here.folder() && deep) {
          open.add(new Open(here.id(), null));
        }
        return;
      }
      Mirrored known = items.ofKey(found.key());
      if (known != null && known.is(found) && !moves.isThere(known)) {
        moves.place(known, folderId, found);
        if (known.folder()) {
          open.add(new Open(known.id(), null));
        }
      } else {
        strangers.add(new Stranger(folderId, found));
      }
    } catch (IOException e) {
      troubles.add(found.path(), e);
    }
  }

  private void welcome(String folderId, Found found) {
    if (!found.folder()) {
      reading.expect(folderId, found);
      return;
    }
    Mirrored here = items.at(folderId, found.name());
    if (here != null && here.folder()) {
      // Another directory in the place of the old one: whoever restores a backup means the same.
      moves.place(here, folderId, found);
      open.add(new Open(here.id(), null));
    } else {
      String id = library.createFolder(folderId, found.name());
      moves.clear(folderId, found.name(), id);
      items.put(Mirrored.folder(id, folderId, found));
      open.add(new Open(id, null));
    }
  }

  private void removeIfMissing(Mirrored seen) {
    Mirrored item = items.find(seen.id());
    Path path = item == null || !item.equals(seen) ? null : items.path(item);
    Path above = path == null ? null : path.getParent();
    try {
      // Its folder may have gone meanwhile, and then nothing can be told of the item itself.
      if (path != null && above != null && isDirectory(above) && Found.at(path) == null) {
        moves.remove(seen);
      }
    } catch (IOException e) {
      troubles.add(path == null ? seen.leaf() : path, e);
    }
  }

  private static boolean isDirectory(Path path) {
    return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
  }
}
