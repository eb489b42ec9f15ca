package org.drivelens.emulator.library;

import java.nio.file.Path;
import org.drivelens.emulator.picture.ImageMetadata;
import org.jspecify.annotations.Nullable;

/** Files of the library whose bytes lie outside it and are never copied into it. */
public final class OutsideFiles {

  private final Library library;
  private final Store store;

  public OutsideFiles(Library library) {
    this.library = library;
    this.store = library.store;
  }

  /** Knows where the files lie. */
  public interface Finder {

    /** Null unless a file with this content, as far as size and time tell, lies there now. */
    @Nullable Path find(Content.Outside content);
  }

  /** Asked whenever somebody wants the bytes; without one they cannot be read. */
  public void foundBy(Finder finder) {
    store.contents().findOutside(finder);
  }

  /** A new file, with what its bytes show; its id. */
  public String add(
      String parentId,
      String name,
      String mimeType,
      Content.Outside content,
      @Nullable ImageMetadata image) {
    return library.create(parentId, name, mimeType, content, image);
  }

  /** Same file, new bytes. */
  public void replace(String id, Content.Outside content, @Nullable ImageMetadata image) {
    library.change(id, (tree, item) -> new Deed.Replaced(store.now(), id, content, image));
  }
}
