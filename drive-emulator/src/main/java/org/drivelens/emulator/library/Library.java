package org.drivelens.emulator.library;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.LongStream;
import org.drivelens.emulator.fault.Oddities;
import org.drivelens.emulator.picture.Exif;
import org.drivelens.emulator.picture.ImageMetadata;
import org.drivelens.emulator.picture.SyntheticImage;
import org.jspecify.annotations.Nullable;

/**
 * What lies in the emulated Drive, as its owner sees and changes it. Every method may be called
 * from any thread and is done when it returns; unknown ids and impossible requests throw
 * IllegalArgumentException with a sentence.
 */
public final class Library implements AutoCloseable {

  final Store store;

  /**
   * Keeps everything in the directory, or in memory if it is null.
   *
   * @param oddities how late and incompletely changes are told
   * @param seed from which the ids of a new library follow
   */
  public Library(@Nullable Path directory, Clock clock, Oddities oddities, long seed) {
    store = new Store(directory, clock, oddities, seed);
  }

  /** A folder at the top of the owner's My Drive if the parent is null; not shared by itself. */
  public String createFolder(@Nullable String parentId, String name) {
    return create(parentId, name, Item.FOLDER, null, null);
  }

  /** A picture with what its bytes say about it: type, size, EXIF. */
  public String addImage(String parentId, String name, byte[] bytes) {
    String type = Exif.mimeType(bytes);
    return addFile(parentId, name, type == null ? "image/jpeg" : type, bytes);
  }

  public String addSyntheticImage(String parentId, String name) {
    return addSyntheticImage(
        parentId, name, SyntheticImage.of(store.now().toEpochMilli() ^ name.hashCode()));
  }

  public String addSyntheticImage(String parentId, String name, SyntheticImage image) {
    return create(parentId, name, "image/jpeg", Content.Drawn.of(image), image.metadata());
  }

  /** Adds made-up images {@code <prefix>000001.jpg} and on; their ids in that order. */
  public List<String> seedImages(String parentId, String prefix, int count) {
    return store.write(tree -> {
      long first = tree.nextOrdinal();
      var ids = LongStream.range(first, first + count).mapToObj(tree::idOf).toList();
      String parent = folder(tree, parentId).id();
      return new Store.Plan<>(new Deed.Seeded(store.now(), parent, prefix, 1, count), ids);
    });
  }

  /** Any other file; its EXIF is read if the type is an image's. */
  public String addFile(String parentId, String name, String mimeType, byte[] bytes) {
    ImageMetadata image = mimeType.startsWith("image/") ? Exif.read(bytes) : null;
    return create(parentId, name, mimeType, store.contents().keep(bytes), image);
  }

  public void rename(String id, String name) {
    change(id, (tree, item) -> new Deed.Renamed(store.now(), id, name));
  }

  /** Same file, new bytes: new MD5 and head revision, metadata read anew. */
  public void replaceContent(String id, byte[] bytes) {
    var content = store.contents().keep(bytes);
    change(
        id,
        (tree, item) -> {
          requireFile(item);
          return new Deed.Replaced(
              store.now(), id, content, item.isImage() ? Exif.read(bytes) : null);
        });
  }

  /** Same file, another made-up picture. */
  public void replaceContent(String id, SyntheticImage image) {
    change(
        id,
        (tree, item) -> {
          requireFile(item);
          return new Deed.Replaced(store.now(), id, Content.Drawn.of(image), image.metadata());
        });
  }

  public void move(String id, String newParentId) {
    change(
        id,
        (tree, item) -> {
          if (tree.isBelow(folder(tree, newParentId), id)) {
            throw new IllegalArgumentException("A folder cannot be moved into itself");
          }
          return new Deed.Moved(store.now(), id, newParentId);
        });
  }

  /** To the bin; what lies in a trashed folder counts as trashed, but only by implication. */
  public void trash(String id) {
    change(id, (tree, item) -> new Deed.Trashed(store.now(), id, true));
  }

  public void untrash(String id) {
    change(id, (tree, item) -> new Deed.Trashed(store.now(), id, false));
  }

  /** For good, with everything below. */
  public void delete(String id) {
    change(id, (tree, item) -> new Deed.Deleted(store.now(), id));
  }

  /** Gives the robot access to the item and everything below it. */
  public void share(String id) {
    change(id, (tree, item) -> new Deed.Shared(store.now(), id, Access.GRANTED));
  }

  /** Takes the robot's access away from here on, also if a folder above is shared. */
  public void unshare(String id) {
    change(
        id,
        (tree, item) -> {
          Item parent = tree.find(item.parentId());
          boolean inherited = parent != null && tree.isVisible(parent);
          return new Deed.Shared(store.now(), id, inherited ? Access.WITHHELD : Access.INHERITED);
        });
  }

  /** Somebody opened the file: a change entry about nothing, without a new version. */
  public void touchViewed(String id) {
    change(id, (tree, item) -> new Deed.Viewed(store.now(), id));
  }

  /** Drive has read (or, with null, lost) the picture's metadata: a new version and an entry. */
  public void setImageMetadata(String id, @Nullable ImageMetadata image) {
    change(id, (tree, item) -> new Deed.Measured(store.now(), id, image, false));
  }

  /** As above, but under the old version and without an entry, as it happens after an upload. */
  public void setImageMetadataSilently(String id, @Nullable ImageMetadata image) {
    change(id, (tree, item) -> new Deed.Measured(store.now(), id, image, true));
  }

  /** False: a limited folder that the robot sees but cannot look into. */
  public void setListable(String folderId, boolean listable) {
    change(folderId, (tree, item) -> new Deed.Limited(store.now(), folderId, listable));
  }

  /** Refuses every change token handed out so far, whatever log it is of. */
  public void forgetChanges() {
    store.write(tree -> new Store.Plan<>(new Deed.Forgotten(store.now()), true));
  }

  /** Empty if there is no such item (any more); sharing does not matter here. */
  public Optional<Item> find(String id) {
    return store.read(tree -> Optional.ofNullable(tree.find(id)));
  }

  /** Oldest first, trashed ones too; those at the top of the owner's My Drive if null. */
  public List<Item> children(@Nullable String folderId) {
    return store.read(tree -> tree.childrenOf(folderId == null ? tree.ownersRoot() : folderId));
  }

  /**
   * The images that a gallery of this folder must show: not trashed, and reached by the robot from
   * the folder downwards. Nothing if the folder itself is trashed or out of its sight.
   */
  public List<TrueImage> truth(String rootId) {
    return store.read(tree -> new Truth(tree).below(rootId));
  }

  /** Without the My Drives and shared drives themselves. */
  public int itemCount() {
    return store.read(Tree::size);
  }

  /** Shortcuts, and what only a link or its key opens. */
  public Links links() {
    return new Links(this, store);
  }

  public SharedDrives sharedDrives() {
    return new SharedDrives(store);
  }

  /** Calls this after everything that is done from now on; one listener, the latest. */
  public void onDeed(Runnable listener) {
    store.watch(listener);
  }

  public RobotView robotView() {
    return new RobotView(store);
  }

  @Override
  public void close() {
    store.close();
  }

  String create(
      @Nullable String parentId,
      String name,
      String mimeType,
      @Nullable Content content,
      @Nullable ImageMetadata image) {
    return store.write(tree -> {
      String parent = folder(tree, parentId == null ? tree.ownersRoot() : parentId).id();
      var deed = new Deed.Created(store.now(), parent, name, mimeType, content, image);
      return new Store.Plan<>(deed, tree.idOf(tree.nextOrdinal()));
    });
  }

  void change(String id, BiFunction<Tree, Item, Deed> decide) {
    store.write(tree -> {
      Item item = tree.existing(id);
      if (item.parentId() == null) {
        throw new IllegalArgumentException(
            "A My Drive or shared drive itself cannot be changed like a file");
      }
      return new Store.Plan<>(decide.apply(tree, item), true);
    });
  }

  static Item folder(Tree tree, String id) {
    Item item = tree.existing(id);
    if (!item.isFolder()) {
      throw new IllegalArgumentException(id + " is not a folder");
    }
    return item;
  }

  private static void requireFile(Item item) {
    if (item.isFolder()) {
      throw new IllegalArgumentException(item.id() + " is a folder, it has no content");
    }
  }
}
