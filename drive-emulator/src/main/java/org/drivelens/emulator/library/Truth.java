package org.drivelens.emulator.library;

import java.util.ArrayList;
import java.util.List;

/** Walks down from a folder through what the robot sees, without any of the wire's oddities. */
final class Truth {

  private final Tree tree;
  private final Sight sight;
  private final List<TrueImage> images = new ArrayList<>();

  Truth(Tree tree) {
    this.tree = tree;
    this.sight = new Sight(tree, null);
  }

  List<TrueImage> below(String rootId) {
    Seen root = sight.of(tree.find(tree.resolve(rootId)));
    if (root != null && !root.trashed()) {
      walk(root.item(), List.of());
    }
    return List.copyOf(images);
  }

  private void walk(Item folder, List<String> path) {
    for (Item item : tree.childrenOf(folder.id())) {
      if (sight.of(item) == null || item.explicitlyTrashed()) {
        continue;
      }
      if (item.isFolder()) {
        var deeper = new ArrayList<>(path);
        deeper.add(item.name());
        walk(item, List.copyOf(deeper));
      } else if (item.isImage()) {
        images.add(TrueImage.of(item, folder.id(), path));
      }
    }
  }
}
