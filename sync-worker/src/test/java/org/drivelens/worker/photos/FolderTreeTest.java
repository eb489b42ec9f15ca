package org.drivelens.worker.photos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.drivelens.drive.DriveFile;
import org.drivelens.worker.photos.FolderTree.Folder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever entries come, in whatever order: the newest word of each folder counts. */
class FolderTreeTest {

  private static final String ROOT = "root";
  private static final int FOLDERS = 12;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void the_tree_is_that_of_the_newest_entries_whatever_their_order(long seed) {
    var random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      var held = entries(random, FOLDERS);
      var tree = new FolderTree(ROOT, held.values());
      var newest = new HashMap<>(held);
      var changed = new HashSet<String>();
      var dropped = new HashSet<String>();
      for (int step = 0; step < 20; step++) {
        var folder = folder(random, "f" + random.nextInt(FOLDERS));
        if (random.nextInt(5) == 0) {
          tree.drop(folder.folderId());
          newest.remove(folder.folderId());
          changed.remove(folder.folderId());
          dropped.add(folder.folderId());
          continue;
        }
        tree.put(folder);
        var known = newest.get(folder.folderId());
        if (known == null
            || known.version() < folder.version()
            || (known.version() == folder.version()
                && !Objects.equals(known.shortcutId(), folder.shortcutId()))) {
          newest.put(folder.folderId(), folder);
          changed.add(folder.folderId());
          dropped.remove(folder.folderId());
        }
      }
      assertThat(tree.ids()).isEqualTo(newest.keySet());
      newest.forEach((id, folder) -> {
        assertThat(tree.has(id)).isTrue();
        assertThat(tree.get(id)).isEqualTo(folder);
        assertThat(tree.shortcutTo(id)).isEqualTo(folder.shortcutId());
        if (folder.shortcutId() != null) {
          assertThat(tree.behind(folder.shortcutId()))
              .hasValueSatisfying(behind ->
                  assertThat(Objects.requireNonNull(newest.get(behind)).shortcutId())
                      .isEqualTo(folder.shortcutId()));
        }
      });
      assertThat(tree.has("never")).isFalse();
      assertThat(tree.shortcutTo("never")).isNull();
      assertThat(tree.behind("never")).isEmpty();
      assertThat(tree.changed())
          .extracting(Folder::folderId)
          .containsExactlyInAnyOrderElementsOf(changed);
      assertThat(tree.dropped()).isEqualTo(dropped);
      var tops = some(random);
      assertThat(tree.below(tops)).isEqualTo(below(newest, tops));
      assertThat(tree.highest(tops)).isEqualTo(highest(newest, tops));
    }
  }

  @Test
  void a_climb_notes_where_a_folder_lies_but_not_that_it_was_listed() {
    var random = new Random(77);
    for (int round = 0; round < 2_000; round++) {
      var held = entries(random, FOLDERS);
      var tree = new FolderTree(ROOT, held.values());
      var seen = file("f" + random.nextInt(FOLDERS), "p" + random.nextInt(3), random.nextInt(6));
      tree.place(seen);
      var before = held.get(seen.id());
      var now = Objects.requireNonNull(tree.get(seen.id()));
      if (before == null) {
        assertThat(now).isEqualTo(Folder.of(seen));
        assertThat(tree.changed()).containsExactly(now);
      } else if (before.version() < seen.version()
          || (before.version() == seen.version() && before.shortcutId() != null)) {
        assertThat(now.parentId()).isEqualTo(seen.parentId());
        assertThat(now.version()).isEqualTo(before.version());
        assertThat(tree.changed()).containsExactly(now);
      } else {
        assertThat(now).isEqualTo(before);
        assertThat(tree.changed()).isEmpty();
      }
    }
  }

  @Test
  void the_events_own_folder_has_no_parent_and_another_folder_has_its_own() {
    var file = file("id", "above", 3);
    assertThat(Folder.root(file).parentId()).isNull();
    assertThat(Folder.of(file))
        .isEqualTo(new Folder("id", "above", "name", "key", "drive", null, 3));
  }

  private static DriveFile file(String id, String parent, long version) {
    return new DriveFile(
        id,
        "name",
        "application/vnd.google-apps.folder",
        parent,
        false,
        false,
        version,
        null,
        null,
        null,
        true,
        "key",
        "drive",
        null);
  }

  /** By the definition: one of them is on the way up. Circles end the way. */
  private static Set<String> below(Map<String, Folder> folders, Set<String> tops) {
    var found = new HashSet<String>();
    for (var id : folders.keySet()) {
      var met = new HashSet<String>();
      var at = id;
      while (at != null && met.add(at)) {
        if (tops.contains(at)) {
          found.add(id);
        }
        var folder = folders.get(at);
        at = folder == null ? null : folder.parentId();
      }
    }
    found.remove(ROOT);
    return found;
  }

  private static Set<String> highest(Map<String, Folder> folders, Set<String> of) {
    var found = new HashSet<String>();
    for (var id : of) {
      var others = new HashSet<>(of);
      others.remove(id);
      if (!below(folders, others).contains(id)) {
        found.add(id);
      }
    }
    return found;
  }

  private static Set<String> some(Random random) {
    var some = new HashSet<String>();
    for (int n = random.nextInt(4); n > 0; n--) {
      some.add(random.nextInt(6) == 0 ? ROOT : "f" + random.nextInt(FOLDERS));
    }
    return some;
  }

  private static Map<String, Folder> entries(Random random, int most) {
    var entries = new HashMap<String, Folder>();
    entries.put(ROOT, new Folder(ROOT, null, "root", null, null, null, 1));
    for (int n = 0; n < most; n++) {
      if (random.nextBoolean()) {
        entries.put("f" + n, folder(random, "f" + n));
      }
    }
    return entries;
  }

  private static Folder folder(Random random, String id) {
    var parents = new ArrayList<>(List.of(ROOT, "elsewhere"));
    for (int n = 0; n < FOLDERS; n++) {
      parents.add("f" + n);
    }
    parents.remove(id);
    var parent = parents.get(random.nextInt(parents.size()));
    var shortcut = random.nextInt(8) == 0 ? "s" + random.nextInt(2) : null;
    return new Folder(id, parent, "name", null, null, shortcut, random.nextInt(6));
  }
}
