package org.drivelens.chaos;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.drivelens.emulator.library.Access;
import org.drivelens.emulator.library.Item;
import org.drivelens.emulator.picture.SyntheticImage;

/** What people do in Drive. */
enum Mutation {
  ADD_IMAGE(10),
  ADD_FOLDER(3),
  ADD_OTHER_FILE(1),
  ADD_SHORTCUT(1),
  RENAME_IMAGE(5),
  RENAME_FOLDER(3),
  REPLACE_CONTENT(5),
  MOVE_IMAGE(12),
  MOVE_FOLDER(8),
  TRASH_IMAGE(5),
  RESTORE_IMAGE(5),
  DELETE_IMAGE(2),
  TRASH_FOLDER(3),
  RESTORE_FOLDER(4),
  DELETE_FOLDER(0.5),
  UNSHARE_FOLDER(2),
  SHARE_FOLDER(3),
  LIMIT_FOLDER(1),
  OPEN_FOLDER(2),
  VIEW(3),
  LATE_METADATA(1),
  LINK_FOLDER(2),
  TRASH_EVENT(0.6),
  RESTORE_EVENT(1.5),
  UNSHARE_EVENT(0.4),
  SHARE_EVENT(1.5),
  LEAVE_DRIVE(0.4),
  JOIN_DRIVE(1.5);

  private final double weight;

  Mutation(double weight) {
    this.weight = weight;
  }

  /** All that a tally must show over some seeds: moves are told by where they lead. */
  static Collection<String> kinds() {
    var kinds = new TreeSet<String>();
    Arrays.stream(values()).map(Enum::name).filter(k -> !k.startsWith("MOVE")).forEach(kinds::add);
    for (var what : List.of("IMAGE", "FOLDER")) {
      for (var where : List.of("WITHIN", "IN", "OUT", "BETWEEN")) {
        kinds.add("MOVE_" + what + "_" + where);
      }
    }
    return kinds;
  }

  static Mutation any(Scene scene) {
    double all = Arrays.stream(values()).mapToDouble(m -> m.weight).sum();
    double left = scene.random(1_000_000) / 1e6 * all;
    for (var mutation : values()) {
      left -= mutation.weight;
      if (left < 0) {
        return mutation;
      }
    }
    return VIEW;
  }

  /** Does it, if there is anything to do it to; says in the tally what came of it. */
  void happen(Scene scene, Tally tally) {
    switch (this) {
      case ADD_IMAGE, ADD_FOLDER, ADD_OTHER_FILE, ADD_SHORTCUT -> add(scene, tally);
      case RENAME_IMAGE,
          REPLACE_CONTENT,
          TRASH_IMAGE,
          RESTORE_IMAGE,
          DELETE_IMAGE,
          LATE_METADATA,
          VIEW ->
          changeFile(scene, tally);
      case RENAME_FOLDER,
          TRASH_FOLDER,
          RESTORE_FOLDER,
          DELETE_FOLDER,
          UNSHARE_FOLDER,
          SHARE_FOLDER,
          LIMIT_FOLDER,
          OPEN_FOLDER,
          LINK_FOLDER ->
          changeFolder(scene, tally);
      case TRASH_EVENT, RESTORE_EVENT, UNSHARE_EVENT, SHARE_EVENT -> changeRoot(scene, tally);
      case LEAVE_DRIVE, JOIN_DRIVE -> changeMembership(scene, tally);
      case MOVE_IMAGE -> move(scene, scene.file(f -> true), tally);
      case MOVE_FOLDER -> move(scene, scene.loose(f -> true), tally);
    }
  }

  private void add(Scene scene, Tally tally) {
    var folder = scene.folder(f -> true);
    if (folder == null) {
      return;
    }
    switch (this) {
      case ADD_IMAGE -> scene.addFile(scene.library.addSyntheticImage(folder.id(), scene.name()));
      case ADD_FOLDER -> scene.addFolder(folder.id());
      case ADD_SHORTCUT -> scene.addShortcut(folder.id());
      default ->
          scene.addFile(
              scene.library.addFile(folder.id(), "list.pdf", "application/pdf", new byte[] {1}));
    }
    tally.add(name());
  }

  private void changeFile(Scene scene, Tally tally) {
    var library = scene.library;
    var file =
        scene.file(f ->
            switch (this) {
              case RESTORE_IMAGE -> f.explicitlyTrashed();
              case TRASH_IMAGE -> !f.explicitlyTrashed();
              default -> f.isImage();
            });
    if (file == null) {
      return;
    }
    switch (this) {
      case RENAME_IMAGE -> library.rename(file.id(), scene.name());
      case REPLACE_CONTENT ->
          library.replaceContent(file.id(), SyntheticImage.of(scene.random(9_999)));
      case TRASH_IMAGE -> library.trash(file.id());
      case RESTORE_IMAGE -> library.untrash(file.id());
      case DELETE_IMAGE -> library.delete(file.id());
      case LATE_METADATA ->
          library.setImageMetadata(file.id(), SyntheticImage.of(scene.random(9_999)).metadata());
      default -> library.touchViewed(file.id());
    }
    tally.add(name());
  }

  private void changeFolder(Scene scene, Tally tally) {
    var library = scene.library;
    var folder = scene.loose(this::mayHappenTo);
    if (folder == null || (this == LINK_FOLDER && !scene.links())) {
      return;
    }
    switch (this) {
      case RENAME_FOLDER -> library.rename(folder.id(), scene.name());
      case TRASH_FOLDER -> library.trash(folder.id());
      case RESTORE_FOLDER -> library.untrash(folder.id());
      case DELETE_FOLDER -> library.delete(folder.id());
      case UNSHARE_FOLDER -> library.unshare(folder.id());
      case SHARE_FOLDER -> library.share(folder.id());
      case LINK_FOLDER -> scene.link(folder.id());
      default -> library.setListable(folder.id(), this == OPEN_FOLDER);
    }
    tally.add(name());
  }

  /** The folder of an event goes, and comes back: its gallery is kept meanwhile. */
  private void changeRoot(Scene scene, Tally tally) {
    var library = scene.library;
    var root =
        scene.root(f ->
            switch (this) {
              case TRASH_EVENT -> !f.explicitlyTrashed();
              case RESTORE_EVENT -> f.explicitlyTrashed();
              case UNSHARE_EVENT -> f.access() == Access.GRANTED;
              default -> f.access() != Access.GRANTED;
            });
    if (root == null) {
      return;
    }
    switch (this) {
      case TRASH_EVENT -> library.trash(root.id());
      case RESTORE_EVENT -> library.untrash(root.id());
      case UNSHARE_EVENT -> library.unshare(root.id());
      default -> library.share(root.id());
    }
    tally.add(name());
  }

  private void changeMembership(Scene scene, Tally tally) {
    if (scene.member() == (this == JOIN_DRIVE)) {
      return;
    }
    if (this == JOIN_DRIVE) {
      scene.join();
    } else {
      scene.leave();
    }
    tally.add(name());
  }

  private boolean mayHappenTo(Item folder) {
    return switch (this) {
      case TRASH_FOLDER -> !folder.explicitlyTrashed();
      case RESTORE_FOLDER -> folder.explicitlyTrashed();
      case UNSHARE_FOLDER -> !Scene.isWithheld(folder);
      case SHARE_FOLDER -> Scene.isWithheld(folder);
      case LIMIT_FOLDER -> folder.listable();
      case OPEN_FOLDER -> !folder.listable();
      case LINK_FOLDER -> folder.access() != Access.LINKED;
      default -> true;
    };
  }

  private static void move(Scene scene, @org.jspecify.annotations.Nullable Item item, Tally tally) {
    var into =
        item == null
            ? null
            : scene.folder(
                f -> !f.id().equals(item.parentId()) && !scene.isBelow(f.id(), item.id()));
    if (item == null || into == null) {
      return;
    }
    var before = scene.eventsOf(item.id());
    scene.library.move(item.id(), into.id());
    tally.add(
        "MOVE_"
            + (item.isFolder() ? "FOLDER" : "IMAGE")
            + where(before, scene.eventsOf(item.id())));
  }

  private static String where(Set<Integer> before, Set<Integer> after) {
    if (before.isEmpty() || after.isEmpty()) {
      return before.isEmpty() == after.isEmpty() ? "_OUTSIDE" : before.isEmpty() ? "_IN" : "_OUT";
    }
    var both = new HashSet<>(before);
    both.retainAll(after);
    return both.isEmpty() ? "_BETWEEN" : "_WITHIN";
  }
}
