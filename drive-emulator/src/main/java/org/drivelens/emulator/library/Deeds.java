package org.drivelens.emulator.library;

import java.time.Instant;
import java.util.function.Consumer;
import org.drivelens.emulator.fault.Oddities;
import org.drivelens.emulator.picture.SyntheticImage;

/** Does deeds to the tree and tells the feed; the same for what is new and for what is replayed. */
final class Deeds {

  static final String OWNER = "photographer@example.org";

  private final Tree tree;
  private final Feeds feeds;
  private final Telling telling;
  private final DriveDeeds drives;

  Deeds(Tree tree, Feeds feeds, Oddities oddities) {
    this.tree = tree;
    this.feeds = feeds;
    telling = new Telling(tree, feeds, oddities);
    drives = new DriveDeeds(tree, feeds);
  }

  void apply(Deed deed) {
    switch (deed) {
      case Deed.Begun begun -> begin(begun);
      case Deed.Created created -> create(created);
      case Deed.Seeded seeded -> seed(seeded);
      case Deed.Renamed renamed -> rename(renamed);
      case Deed.Moved moved ->
          change(moved.id(), moved.at(), true, draft -> draft.parentId = moved.parentId());
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
    telling.tellOf(item, item.createdTime());
  }

  private void change(String id, Instant at, Consumer<Item.Draft> how) {
    change(id, at, false, how);
  }

  /** {@code below}: what is in a folder is concerned too, though normally nobody hears of it. */
  private void change(String id, Instant at, boolean below, Consumer<Item.Draft> how) {
    Item item = tree.existing(id);
    Telling.Before before = telling.look(item, below);
    var draft = item.draft();
    how.accept(draft);
    tree.put(draft.as(item.version() + 1));
    telling.tell(before, at);
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
        true,
        draft -> {
          draft.explicitlyTrashed = deed.trashed();
          draft.trashedTime = deed.trashed() ? deed.at() : null;
        });
    tree.trashings().note(deed.id(), deed.at(), deed.trashed());
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
    Telling.Before before = telling.look(item, true);
    tree.remove(item);
    telling.tell(before, deed.at());
  }

  private void share(Deed.Shared deed) {
    change(
        deed.id(),
        deed.at(),
        true,
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
    telling.tellOf(item, deed.at());
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
