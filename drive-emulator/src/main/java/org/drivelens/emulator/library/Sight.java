package org.drivelens.emulator.library;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the robot sees during one call. Remembers each parent's state, so that a page of a large
 * folder climbs to the top once and not a thousand times.
 */
final class Sight {

  private final Tree tree;
  private final Map<String, Above> aboves = new HashMap<>();

  /** What an item inherits from its parent. */
  private record Above(boolean visible, boolean childrenVisible, boolean trashed) {}

  private static final Above NOTHING = new Above(false, false, false);

  Sight(Tree tree) {
    this.tree = tree;
  }

  @Nullable Seen of(@Nullable Item item) {
    if (item == null) {
      return null;
    }
    Above above = above(item.parentId());
    boolean visible =
        switch (item.access()) {
          case GRANTED -> true;
          case WITHHELD -> false;
          case INHERITED -> above.childrenVisible();
        };
    if (!visible) {
      return null;
    }
    boolean trashed = item.explicitlyTrashed() || above.trashed();
    return new Seen(item, trashed, above.visible() ? item.parentId() : null);
  }

  private Above above(@Nullable String parentId) {
    Item parent = tree.find(parentId);
    if (parent == null) {
      return NOTHING;
    }
    return aboves.computeIfAbsent(
        parent.id(),
        id -> {
          boolean visible = tree.isVisible(parent);
          return new Above(visible, visible && parent.listable(), tree.isTrashed(parent));
        });
  }
}
