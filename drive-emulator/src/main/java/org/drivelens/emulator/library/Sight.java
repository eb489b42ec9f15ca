package org.drivelens.emulator.library;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the robot sees during one call. Remembers each parent's state, so that a page of a large
 * folder climbs to the top once and not a thousand times.
 */
final class Sight {

  private final Tree tree;
  private final @Nullable Instant tooYoung;
  private final Map<String, Above> aboves = new HashMap<>();

  /** What an item inherits from its parent; {@code access} is never INHERITED. */
  private record Above(boolean visible, Access access, boolean trashed, @Nullable String driveId) {}

  private static final Above NOTHING = new Above(false, Access.WITHHELD, false, null);

  /** {@code tooYoung}: no item has heard yet of what folders above it did since. */
  Sight(Tree tree, @Nullable Instant tooYoung) {
    this.tree = tree;
    this.tooYoung = tooYoung;
  }

  @Nullable Seen of(@Nullable Item item) {
    if (item == null) {
      return null;
    }
    Above above = above(item.parentId());
    Access access = item.access() == Access.INHERITED ? above.access() : item.access();
    if (access == Access.WITHHELD) {
      return null;
    }
    boolean trashed = item.explicitlyTrashed() || above.trashed();
    String parentId = above.visible() ? item.parentId() : null;
    String driveId = item.parentId() == null ? tree.driveOf(item) : above.driveId();
    return new Seen(item, trashed, parentId, driveId, access == Access.LINKED);
  }

  private Above above(@Nullable String parentId) {
    Item parent = tree.find(parentId);
    if (parent == null) {
      return NOTHING;
    }
    return aboves.computeIfAbsent(
        parent.id(),
        id -> {
          Access access = tree.access(parent);
          return new Above(
              access != Access.WITHHELD,
              // A limited folder shows itself but not what is in it.
              parent.listable() ? access : Access.WITHHELD,
              tree.isTrashed(parent, tooYoung),
              tree.driveOf(parent));
        });
  }
}
