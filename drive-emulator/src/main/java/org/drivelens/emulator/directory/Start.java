package org.drivelens.emulator.directory;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import org.drivelens.emulator.library.Content;
import org.drivelens.emulator.library.Item;
import org.drivelens.emulator.library.Library;
import org.jspecify.annotations.Nullable;

/** What the library knows of a directory from earlier, or a new folder for it. */
record Start(Mirrored top, MirroredItems items) {

  static Start of(Found root, Library library, @Nullable Path data) throws IOException {
    Memory memory = Memory.recall(data, root);
    if (memory == null || library.find(memory.folderId()).isEmpty()) {
      String id = library.createFolder(null, nameOf(root));
      library.share(id);
      var top = new Mirrored(id, null, root.path(), root.key(), 0, Mirrored.UNKNOWN, null, false);
      return new Start(top, new MirroredItems(root.path(), top));
    }
    Item folder = library.find(memory.folderId()).orElseThrow();
    if (!folder.name().equals(nameOf(root))) {
      library.rename(folder.id(), nameOf(root));
    }
    Mirrored top = mirrored(folder, null, root.path(), memory, false);
    var items = new MirroredItems(root.path(), top);
    recall(library, top, memory, items);
    return new Start(top, items);
  }

  private static String nameOf(Found root) {
    Path name = root.path().getFileName();
    return name == null ? "photos" : name.toString();
  }

  private static void recall(Library library, Mirrored top, Memory memory, MirroredItems items) {
    var open = new ArrayDeque<String>();
    open.add(top.id());
    while (!open.isEmpty()) {
      String folder = open.remove();
      for (Item item : library.children(folder)) {
        // Whatever else somebody put into the folder is none of ours.
        if (item.isFolder() || item.content() instanceof Content.Outside) {
          Path leaf = leaf(top.leaf().getFileSystem(), item);
          items.put(mirrored(item, folder, leaf, memory, item.explicitlyTrashed()));
          if (item.isFolder()) {
            open.add(item.id());
          }
        }
      }
    }
  }

  /** A name that the disk cannot have is found again by file or content. */
  private static Path leaf(FileSystem disk, Item item) {
    try {
      return disk.getPath(item.name());
    } catch (InvalidPathException e) {
      return disk.getPath(item.id());
    }
  }

  private static Mirrored mirrored(
      Item item, @Nullable String parentId, Path leaf, Memory memory, boolean away) {
    var trace = memory.traces().get(item.id());
    var content = item.content();
    return new Mirrored(
        item.id(),
        parentId,
        leaf,
        trace == null ? "" : trace.key(),
        content == null ? 0 : content.size(),
        trace == null ? Mirrored.UNKNOWN : trace.time(),
        content == null ? null : content.md5(),
        away);
  }
}
