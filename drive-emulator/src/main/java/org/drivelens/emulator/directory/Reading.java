package org.drivelens.emulator.directory;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.drivelens.emulator.library.Content;
import org.drivelens.emulator.library.Item;
import org.drivelens.emulator.library.Library;
import org.drivelens.emulator.library.OutsideFiles;
import org.drivelens.emulator.picture.Exif;
import org.drivelens.emulator.picture.ImageMetadata;
import org.jspecify.annotations.Nullable;

/** Reads the files that stand still, one after the other, and puts them into the library. */
final class Reading {

  private final Library library;
  private final OutsideFiles outside;
  private final MirroredItems items;
  private final Moves moves;
  private final WaitingFiles waiting;
  private final Troubles troubles;
  private final Map<String, Map<Path, Found>> noPictures = new HashMap<>();

  Reading(
      Library library, MirroredItems items, Moves moves, WaitingFiles waiting, Troubles troubles) {
    this.library = library;
    this.outside = new OutsideFiles(library);
    this.items = items;
    this.moves = moves;
    this.waiting = waiting;
    this.troubles = troubles;
  }

  /** New or changed. What was read already and is no picture is not read again. */
  void expect(String folderId, Found found) {
    Found known = noPictures.getOrDefault(folderId, Map.of()).get(found.path().getFileName());
    // An empty file is one whose writing has just begun.
    if (found.size() > 0 && (known == null || !known.unchangedSince(found))) {
      waiting.add(folderId, found);
    }
  }

  void forgetAllBut(Set<Path> names, String folderId) {
    noPictures.getOrDefault(folderId, new HashMap<>()).keySet().retainAll(names);
  }

  /** The next file that is ready, if there is one. */
  void readOne() {
    var next = waiting.takeReady();
    Mirrored folder = next == null ? null : items.find(next.folderId());
    Path directory = folder == null || folder.away() ? null : items.path(folder);
    if (next == null || folder == null || directory == null) {
      return;
    }
    Path file = directory.resolve(next.found().path().getFileName());
    try {
      Found before = Found.at(file);
      if (before != null && !before.folder()) {
        read(folder.id(), next.found(), before);
      }
      troubles.over(file);
    } catch (IOException e) {
      troubles.add(file, e);
    }
  }

  private void read(String folderId, Found waited, Found before) throws IOException {
    if (before.size() == 0 || !before.unchangedSince(waited)) {
      waiting.again(folderId, before);
      return;
    }
    Path file = before.path();
    String type = Pictures.type(file);
    if (type == null) {
      noPictures.computeIfAbsent(folderId, id -> new HashMap<>()).put(file.getFileName(), before);
      Mirrored here = items.at(folderId, before.name());
      if (here != null && !here.away() && !here.folder()) {
        moves.remove(here);
      }
      return;
    }
    String md5 = Pictures.md5(file);
    ImageMetadata image = Exif.read(file);
    Found after = Found.at(file);
    if (after == null || !after.unchangedSince(before)) {
      if (after != null) {
        waiting.again(folderId, after);
      }
      return;
    }
    put(folderId, after, type, new Content.Outside(md5, after.size()), image);
  }

  /** At its old place it is the same file, else it may have come from another one. */
  private void put(
      String folderId,
      Found found,
      String type,
      Content.Outside content,
      @Nullable ImageMetadata image)
      throws IOException {
    Mirrored here = items.at(folderId, found.name());
    if (here == null || !isFile(here, type)) {
      here = cameFrom(content.md5(), type);
    }
    if (here == null) {
      String id = outside.add(folderId, found.name(), type, content, image);
      moves.clear(folderId, found.name(), id);
      items.put(Mirrored.file(id, folderId, found, content.md5()));
      return;
    }
    moves.place(here, folderId, found);
    if (!content.md5().equals(here.md5())) {
      outside.replace(here.id(), content, image);
    }
    items.put(Mirrored.file(here.id(), folderId, found, content.md5()));
  }

  /** A file with the same content that is not where it was, or null. */
  private @Nullable Mirrored cameFrom(String md5, String type) throws IOException {
    for (Mirrored item : items.ofMd5(md5)) {
      if (isFile(item, type) && (item.away() || !moves.isThere(item))) {
        return item;
      }
    }
    return null;
  }

  private boolean isFile(Mirrored item, String type) {
    return !item.folder()
        && library.find(item.id()).map(Item::mimeType).filter(type::equals).isPresent();
  }
}
