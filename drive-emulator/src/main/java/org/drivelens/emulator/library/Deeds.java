package org.drivelens.emulator.library;

import java.time.Instant;
import java.util.function.Consumer;
import org.drivelens.emulator.picture.ImageMetadata;
import org.drivelens.emulator.picture.SyntheticImage;
import org.jspecify.annotations.Nullable;

/** Does deeds to the tree and tells the feed; the same for what is new and for what is replayed. */
final class Deeds {

  static final String OWNER = "photographer@example.org";

  private final Tree tree;
  private final Feed feed;

  Deeds(Tree tree, Feed feed) {
    this.tree = tree;
    this.feed = feed;
  }

  void apply(Deed deed) {
    switch (deed) {
      case Deed.Begun begun -> begin(begun);
      case Deed.Created created -> create(created);
      case Deed.Seeded seeded -> seed(seeded);
      case Deed.Renamed renamed ->
          change(
              renamed.id(),
              renamed.at(),
              draft -> {
                draft.name = renamed.name();
                draft.modifiedTime = renamed.at();
              });
      case Deed.Moved moved ->
          change(moved.id(), moved.at(), draft -> draft.parentId = moved.parentId());
      case Deed.Replaced replaced -> replace(replaced);
      // drive-api 5.3: trash and untrash leave modifiedTime alone, and descendants emit nothing.
      case Deed.Trashed trashed ->
          change(trashed.id(), trashed.at(), draft -> draft.explicitlyTrashed = trashed.trashed());
      case Deed.Deleted deleted -> delete(deleted);
      case Deed.Shared shared -> share(shared);
      case Deed.Viewed viewed -> view(viewed);
      case Deed.Measured measured -> measure(measured);
      case Deed.Limited limited ->
          change(limited.id(), limited.at(), draft -> draft.listable = limited.listable());
    }
  }

  /** The owner's My Drive and the robot's own, which stays empty (drive-api 7). */
  private void begin(Deed.Begun begun) {
    putRoot(OWNER, Access.INHERITED, begun.at());
    putRoot(Item.ROBOT, Access.GRANTED, begun.at());
  }

  private void putRoot(String owner, Access access, Instant at) {
    long ordinal = tree.takeOrdinal();
    tree.put(
        new Item(
            tree.rootIdOf(ordinal),
            ordinal,
            "My Drive",
            Item.FOLDER,
            null,
            owner,
            at,
            at,
            null,
            1,
            0,
            false,
            access,
            null,
            true,
            null,
            null));
  }

  private void create(Deed.Created deed) {
    long ordinal = tree.takeOrdinal();
    add(
        fresh(
            tree.idOf(ordinal),
            ordinal,
            deed.parentId(),
            deed.name(),
            deed.mimeType(),
            deed.at(),
            deed.content(),
            deed.image()));
  }

  private void seed(Deed.Seeded deed) {
    for (int number = deed.first(); number < deed.first() + deed.count(); number++) {
      long ordinal = tree.takeOrdinal();
      var image = SyntheticImage.of(ordinal);
      String name = "%s%06d.jpg".formatted(deed.prefix(), number);
      add(
          fresh(
              tree.idOf(ordinal),
              ordinal,
              deed.parentId(),
              name,
              "image/jpeg",
              deed.at(),
              Content.Drawn.of(image),
              image.metadata()));
    }
  }

  private void add(Item item) {
    tree.put(item);
    if (tree.isVisible(item)) {
      feed.add(item.id(), item.createdTime());
    }
  }

  private static Item fresh(
      String id,
      long ordinal,
      @Nullable String parentId,
      String name,
      String mimeType,
      Instant at,
      @Nullable Content content,
      @Nullable ImageMetadata image) {
    return new Item(
        id,
        ordinal,
        name,
        mimeType,
        parentId,
        OWNER,
        at,
        at,
        null,
        1,
        content == null ? 0 : 1,
        false,
        Access.INHERITED,
        null,
        true,
        content,
        image);
  }

  private void change(String id, Instant at, Consumer<Item.Draft> how) {
    Item before = tree.existing(id);
    boolean wasVisible = tree.isVisible(before);
    var draft = before.draft();
    how.accept(draft);
    Item after = draft.as(before.version() + 1);
    tree.put(after);
    // Nobody who never saw an item hears of it; who loses it gets a tombstone (drive-api 5.3).
    if (wasVisible || tree.isVisible(after)) {
      feed.add(id, at);
    }
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
    boolean wasVisible = tree.isVisible(item);
    tree.remove(item);
    if (wasVisible) {
      feed.add(deed.id(), deed.at());
    }
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
    if (tree.isVisible(item)) {
      feed.add(deed.id(), deed.at());
    }
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
