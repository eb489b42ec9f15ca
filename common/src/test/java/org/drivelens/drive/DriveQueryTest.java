package org.drivelens.drive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** For any ids: what is asked is what was meant, and nothing can be smuggled in. */
class DriveQueryTest {

  private static final String LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
  private static final String OTHERS = "'\"\\ /,:;()\n\r\t\u0000äé%=&";
  private static final Pattern PARENT = Pattern.compile("'([^']*)' in parents");

  private final Random random = new Random(23);

  @Test
  void a_query_asks_for_the_children_of_just_these_folders_in_their_order() {
    for (int i = 0; i < 1_000; i++) {
      var parents = folders(1 + random.nextInt(50));
      assertThat(DriveQuery.childrenOf(parents)).endsWith(") and trashed = false");
      asksFor(parents, DriveQuery.childrenOf(parents), " and trashed = false");
      asksFor(
          parents,
          DriveQuery.childrenAndTrashOf(parents),
          " and (trashed = false or trashed = true)");
    }
  }

  private static void asksFor(List<FolderRef> parents, String query, String rest) {
    assertThat(query).startsWith("(").endsWith(")" + rest);
    var group = query.substring(1, query.length() - rest.length() - 1);
    var asked =
        List.of(group.split(" or ", -1)).stream()
            .map(PARENT::matcher)
            .peek(one -> assertThat(one.matches()).isTrue())
            .map(one -> one.group(1))
            .toList();
    assertThat(asked).isEqualTo(parents.stream().map(FolderRef::id).toList());
  }

  @Test
  void each_resource_key_stands_beside_its_item_and_only_where_there_is_one() {
    for (int i = 0; i < 1_000; i++) {
      var items = folders(random.nextInt(20));
      var header = DriveQuery.resourceKeys(items);
      var said = new ArrayList<FolderRef>();
      for (var pair : header.isEmpty() ? new String[0] : header.split(",", -1)) {
        var parts = pair.split("/", -1);
        assertThat(parts).hasSize(2);
        said.add(new FolderRef(parts[0], parts[1]));
      }
      assertThat(said).isEqualTo(items.stream().filter(f -> f.resourceKey() != null).toList());
    }
  }

  @Test
  void what_is_no_id_of_drives_never_reaches_a_query_or_a_header() {
    for (int i = 0; i < 1_000; i++) {
      var id = id();
      var at = random.nextInt(id.length() + 1);
      var other = OTHERS.charAt(random.nextInt(OTHERS.length()));
      var bad = id.substring(0, at) + other + id.substring(at);
      var folder = List.of(new FolderRef(id), new FolderRef(bad));
      assertRefused(() -> DriveQuery.childrenOf(folder));
      assertRefused(() -> DriveQuery.childrenAndTrashOf(folder));
      assertRefused(() -> DriveQuery.resourceKeys(List.of(new FolderRef(bad, "key"))));
      assertRefused(() -> DriveQuery.resourceKeys(List.of(new FolderRef(id, bad))));
      assertThat(DriveQuery.checked(id)).isEqualTo(id);
    }
    assertRefused(() -> DriveQuery.checked(null));
    assertRefused(() -> DriveQuery.checked(""));
  }

  private static void assertRefused(Runnable asking) {
    assertThatThrownBy(asking::run).isInstanceOf(DriveProblem.BadRequest.class);
  }

  private List<FolderRef> folders(int count) {
    var folders = new ArrayList<FolderRef>();
    for (int i = 0; i < count; i++) {
      folders.add(new FolderRef(id(), random.nextInt(3) == 0 ? id() : null));
    }
    return folders;
  }

  private String id() {
    var id = new StringBuilder();
    for (int length = 1 + random.nextInt(40); length > 0; length--) {
      id.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return id.toString();
  }
}
