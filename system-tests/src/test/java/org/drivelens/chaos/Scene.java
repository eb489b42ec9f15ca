package org.drivelens.chaos;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.drivelens.emulator.library.Access;
import org.drivelens.emulator.library.Item;
import org.drivelens.emulator.library.Library;
import org.drivelens.system.Gallery;
import org.drivelens.system.Installation;
import org.jspecify.annotations.Nullable;

/**
 * The folders of one seed with five galleries: two of one folder, one nested in it, one of its own
 * and one in a shared drive; and places outside, seen and unseen.
 */
final class Scene {

  /** What a file system, a query or a page might stumble over. */
  private static final List<String> NASTY =
      List.of(
          "a/b\\c.jpg",
          "O'Brien \"quoted\".jpg",
          "two\nlines\tand a tab.jpg",
          "Hochzeit Grün ß 結婚式 🎉👩‍👩‍👧.jpg",
          "%2e%2e <script>alert(1)</script>.jpg",
          " leading and trailing ",
          "e\u0301 is not \u00e9.jpg",
          "same.jpg",
          "same.jpg",
          "x".repeat(1_000));

  /** In each so-manieth seed folders are opened by a link. */
  private static final int LINKING = 5;

  private final Random random;
  final Library library;
  private final List<String> folders = new ArrayList<>();
  private final List<String> files = new ArrayList<>();
  private final Set<String> fixed = new HashSet<>();
  private final Set<String> shortcuts = new HashSet<>();
  private final List<String> roots = new ArrayList<>();
  private final String drive;
  private final boolean linking;
  private boolean member = true;
  private boolean linked;
  private int named;

  Scene(Installation drivelens, long seed) {
    this.random = new Random(seed);
    this.library = drivelens.drive().library();
    this.linking = seed % LINKING == 0;
    this.drive = library.sharedDrives().create("Drive " + seed);
    var wedding = fixed(drivelens.sharedFolder("Wedding " + seed));
    var dinner = fixed(folder(wedding, "Dinner"));
    var party = fixed(library.createFolder(drive, "Party " + seed));
    var fair = fixed(drivelens.sharedFolder("Fair " + seed));
    roots.addAll(List.of(wedding, dinner, wedding, party, fair));
    folder(dinner, "Speeches");
    folder(folder(wedding, "Church"), "Choir");
    folder(party, "Dance");
    folder(fair, "Stand");
    var seen = fixed(drivelens.sharedFolder("Seen " + seed));
    var unseen = fixed(library.createFolder(null, "Unseen " + seed));
    folder(seen, "Leftovers");
    folder(drive, "Beside the party");
    folder(unseen, "Private");
    for (var folder : List.copyOf(folders)) {
      library.seedImages(folder, "image-", 3).forEach(files::add);
    }
  }

  private String fixed(String folder) {
    fixed.add(folder);
    if (!folders.contains(folder)) {
      folders.add(folder);
    }
    return folder;
  }

  private String folder(String parent, String name) {
    var folder = library.createFolder(parent, name);
    folders.add(folder);
    return folder;
  }

  List<Gallery> galleries(Installation drivelens) {
    return roots.stream().map(drivelens::gallery).toList();
  }

  int random(int bound) {
    return random.nextInt(bound);
  }

  /** Sometimes a nasty one, mostly a plain one. */
  String name() {
    return random.nextInt(3) == 0
        ? NASTY.get(random.nextInt(NASTY.size()))
        : "photo-" + ++named + ".jpg";
  }

  void addFolder(String parent) {
    folder(parent, name());
  }

  /** To a folder or to an image, wherever it lies. */
  void addShortcut(String parent) {
    var target = random.nextBoolean() ? folder(f -> true) : file(Item::isImage);
    if (target != null) {
      var shortcut = library.links().createShortcut(parent, "to " + target.id(), target.id());
      files.add(shortcut);
      shortcuts.add(shortcut);
    }
  }

  void addFile(String id) {
    files.add(id);
  }

  @Nullable Item file(Predicate<Item> wanted) {
    return pick(files, wanted);
  }

  @Nullable Item folder(Predicate<Item> wanted) {
    return pick(folders, wanted);
  }

  /** A folder that may be moved, trashed or taken away. */
  @Nullable Item loose(Predicate<Item> wanted) {
    return folder(f -> mayGo(f) && wanted.test(f));
  }

  /** The folder of an event itself. */
  @Nullable Item root(Predicate<Item> wanted) {
    return pick(roots, wanted);
  }

  /**
   * Whether folders may be opened by a link here. No change log tells what happens in such a folder
   * (drive-api 5.4), so in the end every gallery is asked for with a full sync.
   */
  boolean links() {
    return linking;
  }

  /** Opens a folder to whoever has the link, instead of sharing it. */
  void link(String folder) {
    library.links().share(folder);
    linked = true;
  }

  /** Whether something happened that only a full sync finds. */
  boolean needsFullSync() {
    return linked || shortcuts.stream().anyMatch(this::leadsToAnotherDrive);
  }

  /** The change log of one drive tells nothing of what lies in another. */
  private boolean leadsToAnotherDrive(String id) {
    var shortcut = library.robotView().find(id);
    var link = shortcut == null ? null : shortcut.item().shortcut();
    var target = link == null ? null : library.robotView().find(link.targetId());
    return shortcut != null
        && target != null
        && !Objects.equals(shortcut.driveId(), target.driveId());
  }

  /** Whether we are a member of the shared drive. */
  boolean member() {
    return member;
  }

  void join() {
    library.sharedDrives().join(drive);
    member = true;
  }

  void leave() {
    library.sharedDrives().leave(drive);
    member = false;
  }

  boolean mayGo(Item folder) {
    return !fixed.contains(folder.id()) && fixed.stream().noneMatch(f -> isBelow(f, folder.id()));
  }

  boolean isBelow(String id, String top) {
    for (var at = library.find(id).orElse(null); at != null; at = parent(at)) {
      if (at.id().equals(top)) {
        return true;
      }
    }
    return false;
  }

  private @Nullable Item parent(Item item) {
    return item.parentId() == null ? null : library.find(item.parentId()).orElse(null);
  }

  /** Which events an item lies in, by its parents. */
  Set<Integer> eventsOf(String id) {
    var events = new HashSet<Integer>();
    for (int n = 0; n < roots.size(); n++) {
      if (isBelow(id, roots.get(n))) {
        events.add(n);
      }
    }
    return events;
  }

  private @Nullable Item pick(List<String> ids, Predicate<Item> wanted) {
    var found =
        ids.stream()
            .map(id -> library.find(id).orElse(null))
            .filter(Objects::nonNull)
            .filter(wanted)
            .toList();
    return found.isEmpty() ? null : found.get(random.nextInt(found.size()));
  }

  /** What cannot be listed or seen at the end could not be compared. */
  void openAll() {
    if (!member) {
      join();
    }
    for (var root : fixed) {
      var top = library.find(root).orElseThrow();
      if (top.explicitlyTrashed()) {
        library.untrash(root);
      }
      if (roots.contains(root) && hides(root)) {
        library.share(root);
      }
    }
    folders.stream()
        .flatMap(id -> library.find(id).stream())
        .filter(f -> !f.listable())
        .forEach(f -> library.setListable(f.id(), true));
  }

  /** Whether the robot does not see an event's own folder. */
  private boolean hides(String root) {
    return library.robotView().find(root) == null;
  }

  static boolean isWithheld(Item item) {
    return item.access() == Access.WITHHELD;
  }
}
