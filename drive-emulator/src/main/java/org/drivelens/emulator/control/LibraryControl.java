package org.drivelens.emulator.control;

import java.util.List;
import java.util.Map;
import org.drivelens.emulator.library.Item;
import org.drivelens.emulator.library.Library;
import org.drivelens.emulator.picture.ImageMetadata;
import org.drivelens.emulator.picture.SyntheticImage;
import org.drivelens.emulator.wire.Reply;
import org.drivelens.emulator.wire.Request;
import org.jspecify.annotations.Nullable;

/** Looks into and changes the library. */
final class LibraryControl {

  private static final int MOST_SEEDED = 1_000_000;

  private final Library library;

  LibraryControl(Library library) {
    this.library = library;
  }

  /** Null if the method and first word are about something else. */
  @Nullable Reply route(String what, Request request) {
    return switch (what) {
      case "GET tree" -> tree(Input.of(request));
      case "GET truth" -> truth(Input.of(request));
      case "POST folders" -> createFolder(Input.of(request));
      case "POST files" -> addFile(Input.ofUrl(request), request);
      case "POST images" -> addImage(Input.of(request));
      case "POST seed" -> seed(Input.of(request));
      case "POST shortcuts" -> addShortcut(Input.of(request));
      default -> null;
    };
  }

  private Reply tree(Input input) {
    String folder = input.get("folder");
    return Reply.pretty(200, new FileView(library).tree(library.children(folder)));
  }

  private Reply truth(Input input) {
    var images = library.truth(input.required("folder"));
    return input.flag("count")
        ? Reply.pretty(200, Map.of("count", images.size()))
        : Reply.pretty(200, Map.of("count", images.size(), "images", images));
  }

  private Reply createFolder(Input input) {
    String id = library.createFolder(input.get("parent"), input.required("name"));
    if (input.flag("share")) {
      library.share(id);
    }
    return created(id);
  }

  /** The request's body is the file. */
  private Reply addFile(Input input, Request request) {
    String parent = input.required("parent");
    String name = input.required("name");
    if (request.body().length == 0) {
      throw new IllegalArgumentException(
          "Send the file as the body: curl --data-binary @photo.jpg");
    }
    String type = input.get("type");
    return created(
        type == null
            ? library.addImage(parent, name, request.body())
            : library.addFile(parent, name, type, request.body()));
  }

  /** One made-up image. */
  private Reply addImage(Input input) {
    String name = input.required("name");
    return created(library.addSyntheticImage(input.required("parent"), name, image(input, name)));
  }

  private Reply addShortcut(Input input) {
    String target = input.required("target");
    return created(
        library
            .links()
            .createShortcut(
                input.required("parent"), input.get("name", existing(target).name()), target));
  }

  /** Many made-up images. */
  private Reply seed(Input input) {
    int count = input.number("count", 100);
    if (count < 1 || count > MOST_SEEDED) {
      throw new IllegalArgumentException("count must be 1 to " + MOST_SEEDED);
    }
    List<String> ids =
        library.seedImages(input.required("parent"), input.get("prefix", "IMG_"), count);
    return Reply.pretty(
        201, Map.of("count", count, "firstId", ids.getFirst(), "lastId", ids.getLast()));
  }

  Reply show(String id) {
    return Reply.pretty(200, FileView.of(existing(id)));
  }

  Reply delete(String id) {
    library.delete(existing(id).id());
    return Reply.pretty(200, Map.of("deleted", id));
  }

  /** {@code POST /emulator/files/<id>/<deed>}; null if there is no such deed. */
  @Nullable Reply act(String id, String deed, Request request) {
    existing(id);
    Input input = deed.equals("replace") ? Input.ofUrl(request) : Input.of(request);
    switch (deed) {
      case "rename" -> library.rename(id, input.required("name"));
      case "move" -> library.move(id, input.required("parent"));
      case "trash" -> library.trash(id);
      case "untrash" -> library.untrash(id);
      case "share" -> share(id, input);
      case "key" -> library.links().requireKey(id, input.get("key", "0-" + id.substring(1, 23)));
      case "unkey" -> library.links().requireKey(id, null);
      case "unshare" -> library.unshare(id);
      case "view" -> library.touchViewed(id);
      case "limit" -> library.setListable(id, false);
      case "unlimit" -> library.setListable(id, true);
      case "replace" -> replace(id, input, request);
      case "metadata" -> metadata(id, input);
      default -> {
        return null;
      }
    }
    return show(id);
  }

  private void share(String id, Input input) {
    if (input.flag("link")) {
      library.links().share(id);
    } else {
      library.share(id);
    }
  }

  private void replace(String id, Input input, Request request) {
    if (request.body().length > 0) {
      library.replaceContent(id, request.body());
    } else {
      Item item = existing(id);
      library.replaceContent(id, image(input, item.name() + item.version()));
    }
  }

  /** Without a width the picture's metadata goes; {@code silently} keeps version and change log. */
  private void metadata(String id, Input input) {
    ImageMetadata image = input.has("width") ? image(input, id).metadata() : null;
    if (input.flag("silently")) {
      library.setImageMetadataSilently(id, image);
    } else {
      library.setImageMetadata(id, image);
    }
  }

  private static SyntheticImage image(Input input, String seed) {
    var image = SyntheticImage.of(seed.hashCode());
    return image
        .sized(input.number("width", image.width()), input.number("height", image.height()))
        .rotated(input.number("rotation", 0))
        .taken(input.get("takenAt", image.takenAt() == null ? "" : image.takenAt()))
        .by(input.get("cameraMake", "Canon"), input.get("cameraModel", "EOS R6"));
  }

  private Reply created(String id) {
    return Reply.pretty(201, FileView.of(existing(id)));
  }

  private Item existing(String id) {
    return library
        .find(id)
        .orElseThrow(() -> new IllegalArgumentException("The library has no item " + id));
  }
}
