package org.drivelens.emulator.library;

import org.jspecify.annotations.Nullable;

/** Shortcuts, and items that only a link or its key opens; as the owner makes them. */
public final class Links {

  private final Library library;
  private final Store store;

  Links(Library library, Store store) {
    this.library = library;
    this.store = store;
  }

  /** Leads to a file or folder anywhere, whether the robot can see that or not. */
  public String createShortcut(String parentId, String name, String targetId) {
    return store.write(tree -> {
      var shortcut = new Shortcut(targetId, tree.existing(targetId).mimeType());
      String parent = Library.folder(tree, parentId).id();
      return new Store.Plan<>(
          new Deed.Pointed(store.now(), parent, name, shortcut), tree.idOf(tree.nextOrdinal()));
    });
  }

  /** Open to whoever has the link: reached by id and by parent, never told by a change log. */
  public void share(String id) {
    library.change(id, (tree, item) -> new Deed.Shared(store.now(), id, Access.LINKED));
  }

  /** The item is reached only by callers that send this key (drive-api 3); null ends that. */
  public void requireKey(String id, @Nullable String key) {
    library.change(id, (tree, item) -> new Deed.Keyed(store.now(), id, key));
  }
}
