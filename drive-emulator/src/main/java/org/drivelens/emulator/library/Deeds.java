package org.drivelens.emulator.library;

import java.time.Instant;
import java.util.function.Consumer;
import org.drivelens.emulator.picture.SyntheticImage;

/** Does deeds to the tree and tells the feed; the same for what is new and for what is replayed. */
final class Deeds {

  static final String OWNER = "photographer@example.org";

  private final Tree tree;
  private final Feeds feeds;
  private final DriveDeeds drives;

  Deeds(Tree tree, Feeds feeds) {
    this.tree = tree;
    this.feeds = feeds;
    drives = new DriveDeeds(tree, feeds);
  }

  void apply(Deed deed) {
    switch (deed) {
      case Deed.Begun begun -> begin(begun);
      case Deed.Created created -> create(created);
      case Deed.Seeded seeded -> seed(seeded);
      case Deed.Renamed renamed -> rename(renamed);
      case Deed.Moved moved ->
          change(moved.id(), moved.at(), draft -> draft.parentId = moved.parentId());
      case Deed.Replaced replaced -> replace(replaced);
      case Deed.Trashed trashed -> trash(trashed);
      case Deed.Deleted deleted -> delete(deleted);
      case Deed.Shared shared -> share(shared);
      case Deed.Viewed viewed -> view(viewed);
      case Deed.Measured measured -> measure(measured);
      case Deed.Limited limited ->
          change(limited.id(), limited.at(), draft -> draft.listable = limited.listable());
      case Deed.Pointed pointed -> point(pointed);
      case Deed.Keyed keyed ->
          change(keyed.id(), keyed.at(), draft -> draft.resourceKey = keyed.resourceKey());
      case Deed.Forgotten _ -> feeds.forget();
      case Deed.OfDrive ofDrive -> drives.apply(ofDrive);
    }
  }

  /** The owner's My Drive and the robot's own, which stays empty (drive-api 7). */
  private void begin(Deed.Begun begun) {
    drives.putTop(OWNER, "My Drive", Access.INHERITED, begun.at());
    drives.putTop(Item.ROBOT, "My Drive", Access.GRANTED, begun.at());
  }

  private void create(Deed.Created deed) {
    Item.Draft draft = fresh(deed.parentId(), deed.name(), deed.mimeType(), deed.at());
    if (deed.content() != null) {
      draft.content = deed.content();
      draft.revision = 1;
    }
    draft.image = deed.image();
    add(draft);
  }

  private void point(Deed.Pointed deed) {
    Item.Draft draft = fresh(deed.parentId(), deed.name(), Item.SHORTCUT, deed.at());
    draft.shortcut = deed.shortcut();
    add(draft);
  }

  private void seed(Deed.Seeded deed) {
    for (int number = deed.first(); number < deed.first() + deed.count(); number++) {
      var image = SyntheticImage.of(tree.nextOrdinal());
      String name = "%s%06d.jpg".formatted(deed.prefix(), number);
      Item.Draft draft = fresh(deed.parentId(), name, "image/jpeg", deed.at());
      draft.content = Content.Drawn.of(image);
      draft.revision = 1;
      draft.image = image.metadata();
      add(draft);
    }
  }

  private Item.Draft fresh(String parentId, String name, String mimeType, Instant at) {
    long ordinal = tree.takeOrdinal();
    return Item.fresh(tree.idOf(ordinal), ordinal, parentId, name, mimeType, OWNER, at).draft();
  }

  private void add(Item.Draft draft) {
    Item item = draft.as(1);
    tree.put(item);
    String drive = tree.driveOf(item);
    feeds.add(item.id(), item.createdTime(), isHeard(item), drive, drive);
  }

  /** What only a link leads to is in no log (drive-api 5.4). */
  private boolean isHeard(Item item) {
    return tree.access(item) == Access.GRANTED;
  }

  private void change(String id, Instant at, Consumer<Item.Draft> how) {
    Item before = tree.existing(id);
    boolean wasHeard = isHeard(before);
    String from = tree.driveOf(before);
    var draft = before.draft();
    how.accept(draft);
    Item after = draft.as(before.version() + 1);
    tree.put(after);
    // Nobody who never saw an item hears of it; who loses it gets a tombstone (drive-api 5.3).
    feeds.add(id, at, wasHeard || isHeard(after), from, tree.driveOf(after));
  }

  private void rename(Deed.Renamed deed) {
    change(
        deed.id(),
        deed.at(),
        draft -> {
          draft.name = deed.name();
          draft.modifiedTime = deed.at();
        });
  }

  /** drive-api 5.3: trash and untrash leave modifiedTime alone, and descendants emit nothing. */
  private void trash(Deed.Trashed deed) {
    change(
        deed.id(),
        deed.at(),
        draft -> {
          draft.explicitlyTrashed = deed.trashed();
          draft.trashedTime = deed.trashed() ? deed.at() : null;
        });
  }

  private void replace(Deed.Replaced deed) {
    change(
        deed.id(),
        deed.at(),
        draft -> {
          draft.content = deed.content();
          draft.image = deed.image();
          draft.modifiedTime = deed.at();
          draft.revision++;
        });
  }

  private void delete(Deed.Deleted deed) {
    Item item = tree.existing(deed.id());
    boolean wasHeard = isHeard(item);
    String drive = tree.driveOf(item);
    tree.remove(item);
    feeds.add(deed.id(), deed.at(), wasHeard, drive, drive);
  }

  private void share(Deed.Shared deed) {
    change(
        deed.id(),
        deed.at(),
        draft -> {
          draft.access = deed.access();
          draft.sharedTime = deed.access() == Access.GRANTED ? deed.at() : null;
        });
  }

  /** drive-api 5.2: opening a file produces an entry although nothing about it changed. */
  private void view(Deed.Viewed deed) {
    Item item = tree.existing(deed.id());
    var draft = item.draft();
    draft.viewedTime = deed.at();
    tree.put(draft.as(item.version()));
    String drive = tree.driveOf(item);
    feeds.add(deed.id(), deed.at(), isHeard(item), drive, drive);
  }

  private void measure(Deed.Measured deed) {
    if (!deed.silently()) {
      change(deed.id(), deed.at(), draft -> draft.image = deed.image());
      return;
    }
    // drive-api 3: metadata may come after the upload, under the same version and without an entry.
    Item item = tree.existing(deed.id());
    var draft = item.draft();
    draft.image = deed.image();
    tree.put(draft.as(item.version()));
  }
}
