package org.drivelens.emulator.library;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Walks down from a folder through what the robot sees, without any of the wire's oddities. A
 * shortcut to an image is an image; one to a folder shows what lies in it, unless that is shown
 * already.
 */
final class Truth {

  private final Tree tree;
  private final Sight sight;
  private final List<TrueImage> images = new ArrayList<>();
  private final Set<String> reached = new HashSet<>();
  private final Deque<Ahead> shortcuts = new ArrayDeque<>();

  /** A shortcut to a folder that is to be followed when all else is reached. */
  private record Ahead(Item shortcut, List<String> path) {}

  Truth(Tree tree) {
    this.tree = tree;
    this.sight = new Sight(tree, null);
  }

  List<TrueImage> below(String rootId) {
    Seen root = sight.of(tree.find(tree.resolve(rootId)));
    if (root != null && !root.trashed()) {
      enter(root.item(), List.of());
    }
    while (!shortcuts.isEmpty()) {
      var ahead = shortcuts.remove();
      var target = target(ahead.shortcut());
      if (target != null) {
        enter(target, deeper(ahead.path(), ahead.shortcut()));
      }
    }
    return List.copyOf(images);
  }

  private void enter(Item folder, List<String> path) {
    if (reached.add(folder.id())) {
      walk(folder, path);
    }
  }

  private void walk(Item folder, List<String> path) {
    for (Item item : tree.childrenOf(folder.id())) {
      if (sight.of(item) == null || item.explicitlyTrashed()) {
        continue;
      }
      if (item.isFolder()) {
        enter(item, deeper(path, item));
      } else if (item.isImage()) {
        images.add(TrueImage.of(item, item, folder.id(), path));
      } else if (item.shortcut() != null) {
        follow(item, folder, path);
      }
    }
  }

  private void follow(Item shortcut, Item folder, List<String> path) {
    var target = target(shortcut);
    if (target != null && target.isFolder()) {
      shortcuts.add(new Ahead(shortcut, path));
    } else if (target != null && target.isImage()) {
      images.add(TrueImage.of(shortcut, target, folder.id(), path));
    }
  }

  /** What a shortcut leads to, if the robot sees it and it is not in the trash. */
  private @Nullable Item target(Item shortcut) {
    var link = shortcut.shortcut();
    var seen = link == null ? null : sight.of(tree.find(link.targetId()));
    return seen == null || seen.trashed() ? null : seen.item();
  }

  private static List<String> deeper(List<String> path, Item by) {
    var deeper = new ArrayList<>(path);
    deeper.add(by.name());
    return List.copyOf(deeper);
  }
}
