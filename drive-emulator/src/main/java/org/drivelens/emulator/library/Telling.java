package org.drivelens.emulator.library;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.drivelens.emulator.fault.Oddities;
import org.drivelens.emulator.fault.Oddity;
import org.jspecify.annotations.Nullable;

/** Tells the change logs what happened, as faithfully as the oddities allow. */
final class Telling {

  private final Tree tree;
  private final Feeds feeds;
  private final Oddities oddities;

  Telling(Tree tree, Feeds feeds, Oddities oddities) {
    this.tree = tree;
    this.feeds = feeds;
    this.oddities = oddities;
  }

  /** An item with what of it the logs depend on, as it was before a deed. */
  record Before(Item item, boolean heard, @Nullable String driveId, List<Before> below) {}

  /** To be asked before the deed; what is below a folder only if somebody will want it. */
  Before look(Item item, boolean withBelow) {
    boolean wanted =
        withBelow
            && item.isFolder()
            && (oddities.how(Oddity.ALL_BELOW) != null || oddities.how(Oddity.LATE_BELOW) != null);
    List<Before> below =
        wanted
            ? tree.withDescendants(item).stream().skip(1).map(each -> look(each, false)).toList()
            : List.of();
    return new Before(item, isHeard(item), tree.driveOf(item), below);
  }

  /** What only a link leads to is in no log (drive-api 5.4). */
  private boolean isHeard(Item item) {
    return tree.access(item) == Access.GRANTED;
  }

  /** A new item. */
  void tellOf(Item item, Instant at) {
    tell(look(item, false), at);
  }

  /** To be called when the deed is done. */
  void tell(Before before, Instant at) {
    String id = before.item().id();
    Item after = tree.find(id);
    String drive = after == null ? before.driveId() : tree.driveOf(after);
    // Nobody who never saw an item hears of it; who loses it gets a tombstone (drive-api 5.3).
    boolean heard = before.heard() || (after != null && isHeard(after));
    var entry = new Feeds.Told(id, at, before.driveId(), drive);
    // drive-api 5.4: whether changes inside of what was shared are told is not promised.
    boolean inside = before.item().access() == Access.INHERITED && drive == null;
    if (inside && oddities.strikes(Oddity.NEVER_INSIDE, id)) {
      heard = false;
    }
    if (heard && inside && oddities.strikes(Oddity.LATE_INSIDE, id)) {
      feeds.addLater(entry, at.plus(delay(Oddity.LATE_INSIDE)));
      heard = false;
    }
    feeds.add(entry, heard);
    before.below().forEach(each -> tellBelow(each, at));
  }

  private void tellBelow(Before before, Instant at) {
    String id = before.item().id();
    Item after = tree.find(id);
    String drive = after == null ? before.driveId() : tree.driveOf(after);
    boolean heard = before.heard() || (after != null && isHeard(after));
    var entry = new Feeds.Told(id, at, before.driveId(), drive);
    if (oddities.strikes(Oddity.ALL_BELOW, id)) {
      feeds.add(entry, heard);
    } else if (heard && oddities.strikes(Oddity.LATE_BELOW, id)) {
      feeds.addLater(entry, at.plus(delay(Oddity.LATE_BELOW)));
    }
  }

  private Duration delay(Oddity oddity) {
    Oddities.How how = oddities.how(oddity);
    return how == null || how.delay() == null ? Duration.ofDays(365) : how.delay();
  }
}
