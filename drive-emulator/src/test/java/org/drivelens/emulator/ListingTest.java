package org.drivelens.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.drivelens.emulator.OfficialClient.all;
import static org.drivelens.emulator.OfficialClient.children;
import static org.drivelens.emulator.OfficialClient.names;
import static org.drivelens.emulator.OfficialClient.reason;
import static org.drivelens.emulator.OfficialClient.refusal;

import com.google.api.services.drive.model.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.drivelens.emulator.call.DriveMethod;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListingTest extends EmulatorTest {

  private List<String> found(String q) throws IOException {
    return names(all(drive.files().list().setQ(q).setFields("nextPageToken,files(name)")));
  }

  @Test
  void a_large_folder_arrives_whole_and_each_file_once() throws IOException {
    var ids = library.seedImages(folder, "IMG_", 2500);

    var files = all(children(drive, folder).setPageSize(1000));

    assertThat(files).hasSize(2500);
    assertThat(files.stream().map(File::getId).collect(Collectors.toSet()))
        .isEqualTo(new HashSet<>(ids));
    assertThat(emulator.calls().count(DriveMethod.FILES_LIST)).isEqualTo(3);
  }

  @Test
  void a_file_added_between_two_pages_is_not_in_the_later_one() throws IOException {
    library.seedImages(folder, "IMG_", 30);
    var list = children(drive, folder).setPageSize(20);
    var first = list.execute();
    library.addSyntheticImage(folder, "late.jpg");

    var rest = all(list.setPageToken(first.getNextPageToken()));

    assertThat(first.getFiles()).hasSize(20);
    assertThat(names(rest)).hasSize(10).doesNotContain("late.jpg");
  }

  @Test
  void without_a_mask_a_file_shows_four_fields_and_a_page_has_a_hundred() throws IOException {
    library.seedImages(folder, "IMG_", 101);

    var page = drive.files().list().setQ("'" + folder + "' in parents").execute();

    assertThat(page.getFiles()).hasSize(100);
    assertThat(page.getFiles().getFirst().keySet())
        .containsExactlyInAnyOrder("kind", "id", "name", "mimeType");
    assertThat(page.getIncompleteSearch()).isFalse();
    assertThat(page.getKind()).isEqualTo("drive#fileList");
  }

  @Test
  void many_parents_are_asked_for_at_once_and_come_as_a_form_when_the_url_is_long()
      throws IOException {
    var folders =
        IntStream.range(0, 50).mapToObj(i -> library.createFolder(folder, "f" + i)).toList();
    folders.forEach(each -> library.seedImages(each, "a", 3));
    String q =
        folders.stream()
            .map(id -> "'" + id + "' in parents")
            .collect(Collectors.joining(" or ", "(", ") and trashed = false"));

    var files =
        all(
            drive
                .files()
                .list()
                .setQ(q)
                .setPageSize(40)
                .setFields("nextPageToken,files(id,parents)"));

    assertThat(files).hasSize(150);
    assertThat(files.stream().map(file -> file.getParents().getFirst()).distinct().toList())
        .containsExactlyInAnyOrderElementsOf(folders);
    var call = emulator.calls().all().getFirst();
    assertThat(call.ids()).hasSize(50);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          mimeType = 'image/jpeg'                                   | b.jpg, it's.jpg
          mimeType != 'image/jpeg'                                  | notes.txt, sub
          mimeType contains 'image/'                                | b.jpg, it's.jpg
          mimeType contains 'image/' or mimeType = 'text/plain'     | b.jpg, it's.jpg, notes.txt
          not mimeType contains 'image/'                            | notes.txt, sub
          NOT (mimeType = 'text/plain' OR name = 'sub')             | b.jpg, it's.jpg
          name = 'B.JPG'                                            | b.jpg
          name = 'it\\'s.jpg'                                       | it's.jpg
          name contains 'not'                                       | notes.txt
          name contains 'otes'                                      | ""
          name != 'sub' and not name contains 'b' and trashed=false | it's.jpg, notes.txt
          name = 'sub' or name = 'b.jpg' and mimeType = 'none'      | sub
          modifiedTime > '2020-01-01T00:00:00'                      | b.jpg, it's.jpg, notes.txt, sub
          createdTime < '2020-01-01T00:00:00Z'                      | ""
          createdTime >= '2020-01-01'                               | b.jpg, it's.jpg, notes.txt, sub
          'photographer@example.org' in owners                      | b.jpg, it's.jpg, notes.txt, sub
          'me' in owners                                            | ""
          starred = false and 'me' in readers                       | b.jpg, it's.jpg, notes.txt, sub
          sharedWithMe                                              | ""
          """)
  void q_means_what_google_means(String clause, String expected) throws IOException {
    library.addSyntheticImage(folder, "b.jpg");
    library.addSyntheticImage(folder, "it's.jpg");
    library.addFile(folder, "notes.txt", "text/plain", "hi".getBytes(StandardCharsets.UTF_8));
    library.createFolder(folder, "sub");

    var names = found("'" + folder + "' in parents and (" + clause + ")");

    assertThat(String.join(", ", names.stream().sorted().toList())).isEqualTo(expected);
  }

  @Test
  void shared_with_me_are_the_shared_folders_themselves() throws IOException {
    library.addSyntheticImage(folder, "inside.jpg");
    library.rename(folder, "the shared one");

    assertThat(found("sharedWithMe and name = 'the shared one'")).containsExactly("the shared one");
    assertThat(found("sharedWithMe = true")).doesNotContain("inside.jpg");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name",
        "name =",
        "name = 5",
        "colour = 'red'",
        "(name = 'a'",
        "name = 'a' name = 'b'",
        "id > 'x'",
        "trashed = 'true'",
        "modifiedTime > 'yesterday'",
        "'a' in",
        "'a' in b",
        "name = 'open",
        "mimeType < 'a'",
        "and"
      })
  void a_bad_clause_is_400_at_q(String q) {
    var refusal = refusal(() -> drive.files().list().setQ(q).execute());

    assertThat(refusal.getStatusCode()).isEqualTo(400);
    assertThat(refusal.getDetails().getMessage()).isEqualTo("Invalid Value");
    var error = refusal.getDetails().getErrors().getFirst();
    assertThat(error.getReason()).isEqualTo("invalid");
    assertThat(error.getLocation()).isEqualTo("q");
    assertThat(error.get("locationType")).isEqualTo("parameter");
  }

  @Test
  void comparing_names_by_order_makes_google_fail() {
    var refusal = refusal(() -> drive.files().list().setQ("name > 'a'").execute());

    assertThat(refusal.getStatusCode()).isEqualTo(500);
    assertThat(reason(refusal)).isEqualTo("internalError");
  }

  @Test
  void children_of_an_unknown_or_unshared_folder_are_404() {
    String secret = library.createFolder(null, "secret");

    for (String id : List.of("1unknown", secret)) {
      var refusal = refusal(() -> children(drive, id).execute());
      assertThat(refusal.getStatusCode()).isEqualTo(404);
      assertThat(refusal.getDetails().getMessage()).isEqualTo("File not found: .");
      assertThat(refusal.getDetails().getErrors().getFirst().getLocation()).isEqualTo("fileId");
    }
  }

  @Test
  void what_lies_in_a_trashed_folder_is_trashed_by_implication() throws IOException {
    String sub = library.createFolder(folder, "sub");
    library.addSyntheticImage(sub, "a.jpg");
    library.trash(folder);

    var list = children(drive, sub);

    assertThat(list.execute().getFiles()).isEmpty();
    var file = list.setQ("'" + sub + "' in parents").execute().getFiles().getFirst();
    assertThat(file.getTrashed()).isTrue();
    assertThat(file.getExplicitlyTrashed()).isFalse();
  }

  @Test
  void the_robots_own_drive_is_empty() throws IOException {
    assertThat(found("'root' in parents")).isEmpty();
  }

  @Test
  void nothing_is_found_that_is_not_shared() throws IOException {
    String secret = library.createFolder(null, "secret");
    library.addSyntheticImage(secret, "hidden-from-the-robot.jpg");

    assertThat(found("name = 'hidden-from-the-robot.jpg'")).isEmpty();
  }

  @Test
  void a_limited_folder_is_seen_but_not_what_is_in_it() throws IOException {
    String sub = library.createFolder(folder, "sub");
    String inside = library.addSyntheticImage(sub, "a.jpg");
    library.setListable(sub, false);

    var shown = drive.files().get(sub).setFields("capabilities(canListChildren)").execute();
    assertThat(shown.getCapabilities().getCanListChildren()).isFalse();
    assertThat(children(drive, sub).execute().getFiles()).isEmpty();
    assertThat(refusal(() -> drive.files().get(inside).execute()).getStatusCode()).isEqualTo(404);
    assertThat(library.truth(folder)).isEmpty();
  }
}
