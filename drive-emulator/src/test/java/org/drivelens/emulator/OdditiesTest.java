package org.drivelens.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.drivelens.emulator.OfficialClient.all;
import static org.drivelens.emulator.OfficialClient.children;
import static org.drivelens.emulator.OfficialClient.names;
import static org.drivelens.emulator.OfficialClient.reason;
import static org.drivelens.emulator.OfficialClient.refusal;

import com.google.api.services.drive.Drive;
import com.google.api.services.drive.model.Change;
import com.google.api.services.drive.model.ChangeList;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import org.drivelens.emulator.fault.Oddities;
import org.drivelens.emulator.fault.Oddities.How;
import org.drivelens.emulator.fault.Oddity;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each oddity seen by the official client, on and off. */
class OdditiesTest extends EmulatorTest {

  /** Far longer than any call takes, and short beside the life of a token. */
  private static final Duration LATE = Duration.ofSeconds(20);

  private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
  private Oddities oddities;
  private String token = "";

  /** The real time, and what the test has let pass besides. */
  @Override
  Clock clock() {
    return new Clock() {
      @Override
      public Instant instant() {
        return Instant.now().plus(ahead.get());
      }

      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }
    };
  }

  private void waitUntilLate() {
    ahead.updateAndGet(before -> before.plus(LATE));
  }

  @BeforeEach
  void begin() throws IOException {
    oddities = faults.oddities();
    oddities.seed(7);
    takeToken();
  }

  private void takeToken() throws IOException {
    token = drive.changes().getStartPageToken().execute().getStartPageToken();
  }

  private ChangeList page(String from) throws IOException {
    return drive
        .changes()
        .list(from)
        .setPageSize(10)
        .setFields("nextPageToken,newStartPageToken,changes(fileId,removed,file(version,trashed))")
        .execute();
  }

  private List<Change> changes() throws IOException {
    var found = new ArrayList<Change>();
    ChangeList page = page(token);
    found.addAll(page.getChanges());
    while (page.getNextPageToken() != null) {
      page = page(page.getNextPageToken());
      found.addAll(page.getChanges());
    }
    return found;
  }

  private List<String> changed() throws IOException {
    return changes().stream().map(Change::getFileId).toList();
  }

  private Drive.Files.List grouped(List<String> parents) throws IOException {
    String in = String.join("' in parents or '", parents);
    return children(drive, folder).setQ("('" + in + "' in parents) and trashed = false");
  }

  private List<String> folders(int count) {
    var ids = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      String id = library.createFolder(folder, "sub " + i);
      library.seedImages(id, "F" + i + "_", 3);
      ids.add(id);
    }
    return ids;
  }

  @Test
  void a_grouped_list_leaves_some_parents_out_and_says_nothing() throws IOException {
    var parents = folders(6);
    oddities.on(Oddity.PARTIAL_GROUPS, How.ALWAYS.times(1));

    var found = all(grouped(parents).setPageSize(4));
    var shown = new TreeSet<>(found.stream().map(file -> file.getParents().getFirst()).toList());
    assertThat(shown).hasSizeBetween(1, 5);
    assertThat(found).hasSize(3 * shown.size());
    assertThat(all(grouped(parents))).hasSize(18);
    oddities.on(Oddity.PARTIAL_GROUPS);
    assertThat(all(children(drive, parents.getFirst()))).hasSize(3);
  }

  @Test
  void a_grouped_list_finds_nothing_until_that_is_switched_off() throws IOException {
    var parents = folders(2);
    oddities.on(Oddity.EMPTY_GROUPS);

    var page = grouped(parents).execute();
    assertThat(page.getFiles()).isEmpty();
    assertThat(page.getIncompleteSearch()).isFalse();
    assertThat(page.getNextPageToken()).isNull();
    assertThat(grouped(parents).execute().getFiles()).isEmpty();
    assertThat(all(children(drive, parents.getFirst()))).hasSize(3);
    oddities.off(Oddity.EMPTY_GROUPS);
    assertThat(all(grouped(parents))).hasSize(6);
  }

  @Test
  void pages_of_any_length_hold_everything_together() throws IOException {
    library.seedImages(folder, "IMG_", 40);
    oddities.on(Oddity.SHORT_PAGES);
    oddities.on(Oddity.EMPTY_PAGES, How.ALWAYS.percent(50));

    long before = emulator.calls().units();
    assertThat(names(all(children(drive, folder).setPageSize(20))))
        .hasSize(40)
        .doesNotHaveDuplicates();
    long pages = (emulator.calls().units() - before) / 100;
    assertThat(pages).isGreaterThan(2);
    assertThat(changed()).hasSize(40).doesNotHaveDuplicates();
    faults.clear();
    assertThat(children(drive, folder).setPageSize(40).execute().getFiles()).hasSize(40);
  }

  @Test
  void a_file_is_listed_on_two_pages_and_told_twice() throws IOException {
    library.seedImages(folder, "IMG_", 25);
    oddities.on(Oddity.REPEATED_FILES);
    oddities.on(Oddity.REPEATED_CHANGES);

    var files = names(all(children(drive, folder).setPageSize(10)));
    assertThat(files).hasSizeGreaterThan(25);
    assertThat(new TreeSet<>(files)).hasSize(25);
    assertThat(names(all(children(drive, folder).setPageSize(10).setOrderBy("name"))))
        .hasSizeGreaterThan(25);
    assertThat(changed()).hasSizeGreaterThan(27);
    assertThat(new TreeSet<>(changed())).hasSize(25);
    faults.clear();
    assertThat(all(children(drive, folder).setPageSize(10))).hasSize(25);
    assertThat(changed()).hasSize(25);
  }

  @Test
  void what_vanishes_between_two_pages_pushes_another_file_out_of_sight() throws IOException {
    var images = library.seedImages(folder, "IMG_", 25);
    oddities.on(Oddity.COUNTED_PAGES);
    assertThat(all(children(drive, folder).setPageSize(10))).hasSize(25).doesNotHaveDuplicates();

    var list = children(drive, folder).setPageSize(10);
    var page = list.execute();
    var shown = new ArrayList<>(names(page.getFiles()));
    library.trash(images.getLast());
    while (page.getNextPageToken() != null) {
      page = list.setPageToken(page.getNextPageToken()).execute();
      shown.addAll(names(page.getFiles()));
    }

    assertThat(shown).doesNotHaveDuplicates().hasSize(24);
    assertThat(all(children(drive, folder))).hasSize(24);
    assertThat(shown).contains("IMG_000025.jpg").doesNotContain("IMG_000015.jpg");
  }

  @Test
  void entries_about_nothing_come_with_the_version_that_is_known() throws IOException {
    library.seedImages(folder, "IMG_", 20);
    takeToken();
    assertThat(changes()).isEmpty();
    oddities.on(Oddity.VIEWED_CHANGES);

    await().atMost(Duration.ofSeconds(10)).until(() -> !changes().isEmpty());
    for (Change change : changes()) {
      assertThat(change.getRemoved()).isFalse();
      assertThat(change.getFile().getVersion())
          .isEqualTo(library.find(change.getFileId()).orElseThrow().version());
    }
    oddities.off(Oddity.VIEWED_CHANGES);
    assertThat(changes()).isEmpty();
  }

  @Test
  void a_late_feed_tells_everything_in_the_end() throws IOException {
    oddities.on(Oddity.LATE_FEED);
    String id = library.addSyntheticImage(folder, "a.jpg");

    assertThat(all(children(drive, folder))).hasSize(1);
    var page = page(token);
    assertThat(page.getChanges()).doesNotHave(aboutFile(id));
    String meanwhile = page.getNewStartPageToken();
    String start = drive.changes().getStartPageToken().execute().getStartPageToken();
    oddities.off(Oddity.LATE_FEED);
    for (String each : List.of(meanwhile, start)) {
      assertThat(page(each).getChanges().stream().map(Change::getFileId)).contains(id);
    }
    oddities.on(Oddity.LATE_FEED, How.ALWAYS.late(LATE));
    String second = library.addSyntheticImage(folder, "b.jpg");
    assertThat(changed()).doesNotContain(second);
    waitUntilLate();
    assertThat(changed()).contains(second);
  }

  private static org.assertj.core.api.Condition<List<? extends Change>> aboutFile(String id) {
    return new org.assertj.core.api.Condition<>(
        changes -> changes.stream().anyMatch(change -> id.equals(change.getFileId())),
        "an entry about %s",
        id);
  }

  @Test
  void what_is_inside_a_shared_folder_is_told_late_or_never() throws IOException {
    oddities.on(Oddity.NEVER_INSIDE);
    String never = library.addSyntheticImage(folder, "never.jpg");
    library.rename(folder, "renamed");
    assertThat(changed()).containsExactly(folder);
    oddities.off(Oddity.NEVER_INSIDE);
    assertThat(changed()).containsExactly(folder);

    oddities.on(Oddity.LATE_INSIDE, How.ALWAYS.late(LATE));
    String late = library.addSyntheticImage(folder, "late.jpg");
    takeToken();
    assertThat(changed()).isEmpty();
    waitUntilLate();
    assertThat(changed()).containsExactly(late);
    oddities.off(Oddity.LATE_INSIDE);
    library.rename(never, "told.jpg");
    assertThat(changed()).containsExactly(late, never);
  }

  @Test
  void what_happens_to_a_folder_is_told_of_its_content_at_once_late_or_never() throws IOException {
    String sub = library.createFolder(folder, "sub");
    String photo = library.addSyntheticImage(sub, "a.jpg");
    takeToken();
    library.trash(sub);
    assertThat(changed()).containsExactly(sub);

    oddities.on(Oddity.ALL_BELOW);
    takeToken();
    library.untrash(sub);
    assertThat(changed()).containsExactly(sub, photo);
    takeToken();
    library.rename(sub, "renamed");
    assertThat(changed()).containsExactly(sub);
    oddities.off(Oddity.ALL_BELOW);

    oddities.on(Oddity.LATE_BELOW, How.ALWAYS.late(LATE));
    takeToken();
    library.delete(sub);
    assertThat(changed()).containsExactly(sub);
    waitUntilLate();
    assertThat(changed()).containsExactly(sub, photo);
    assertThat(changes()).allSatisfy(change -> assertThat(change.getRemoved()).isTrue());
  }

  @Test
  void what_lies_in_a_trashed_folder_hears_of_it_late() throws IOException {
    String sub = library.createFolder(folder, "sub");
    String photo = library.addSyntheticImage(sub, "a.jpg");
    oddities.on(Oddity.LATE_TRASH);
    library.trash(sub);

    var trashed = drive.files().get(photo).setFields("trashed,explicitlyTrashed");
    assertThat(drive.files().get(sub).setFields("trashed").execute().getTrashed()).isTrue();
    assertThat(trashed.execute().getTrashed()).isFalse();
    assertThat(all(children(drive, sub))).hasSize(1);
    assertThat(library.truth(folder)).isEmpty();
    oddities.off(Oddity.LATE_TRASH);
    assertThat(trashed.execute().getTrashed()).isTrue();
    assertThat(trashed.execute().getExplicitlyTrashed()).isFalse();

    oddities.on(Oddity.LATE_TRASH, How.ALWAYS.late(LATE));
    library.untrash(sub);
    assertThat(trashed.execute().getTrashed()).isTrue();
    waitUntilLate();
    assertThat(trashed.execute().getTrashed()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"400, invalid", "403, pageTokenExpired", "404, notFound", "410, gone"})
  void page_tokens_expire_in_every_way_that_was_seen(int status, String reason) throws IOException {
    library.seedImages(folder, "IMG_", 3);
    String next = children(drive, folder).setPageSize(2).execute().getNextPageToken();
    oddities.on(Oddity.LIST_TOKENS_EXPIRE, How.ALWAYS.times(1).status(status));
    oddities.on(Oddity.CHANGE_TOKENS_EXPIRE, How.ALWAYS.times(1).status(status));

    var list = children(drive, folder).setPageSize(2).setPageToken(next);
    var ofList = refusal(list::execute);
    var ofChanges = refusal(() -> page(token));
    for (var refusal : List.of(ofList, ofChanges)) {
      assertThat(refusal.getStatusCode()).isEqualTo(status);
      assertThat(reason(refusal)).isEqualTo(reason);
      assertThat(refusal.getDetails().getErrors().getFirst().getLocation()).isEqualTo("pageToken");
    }
    assertThat(list.execute().getFiles()).hasSize(1);
    assertThat(changes()).hasSize(3);
  }

  @Test
  void a_list_token_lives_for_its_time() throws IOException {
    library.seedImages(folder, "IMG_", 3);
    oddities.on(Oddity.LIST_TOKENS_EXPIRE, How.ALWAYS.late(LATE));
    String next = children(drive, folder).setPageSize(2).execute().getNextPageToken();
    var list = children(drive, folder).setPageSize(2).setPageToken(next);

    assertThat(list.execute().getFiles()).hasSize(1);
    waitUntilLate();
    assertThat(refusal(list::execute).getStatusCode()).isEqualTo(400);
  }

  @Test
  void lists_can_say_that_they_are_incomplete() throws IOException {
    assertThat(children(drive, folder).execute().getIncompleteSearch()).isFalse();
    oddities.on(Oddity.INCOMPLETE_SEARCH, How.ALWAYS.times(1));

    assertThat(children(drive, folder).execute().getIncompleteSearch()).isTrue();
    assertThat(children(drive, folder).execute().getIncompleteSearch()).isFalse();
  }

  @Test
  void the_same_seed_and_the_same_calls_give_the_same_oddities() throws IOException {
    var parents = folders(6);
    oddities.on(Oddity.PARTIAL_GROUPS, How.ALWAYS.percent(50));
    oddities.on(Oddity.SHORT_PAGES);

    List<List<Integer>> rounds = new ArrayList<>();
    for (long seed : List.of(1L, 1L, 2L)) {
      oddities.seed(seed);
      var sizes = new ArrayList<Integer>();
      for (int call = 0; call < 12; call++) {
        sizes.add(grouped(parents).execute().getFiles().size());
      }
      rounds.add(sizes);
    }
    assertThat(rounds.get(1)).isEqualTo(rounds.get(0));
    assertThat(rounds.get(2)).isNotEqualTo(rounds.get(0));
  }

  @Test
  void the_same_seed_gives_the_same_ids() {
    var ids = new ArrayList<String>();
    for (long seed : List.of(5L, 5L, 6L)) {
      try (var other = DriveEmulator.start(Settings.inMemory().seed(seed))) {
        ids.add(other.library().createFolder(null, "a"));
      }
    }
    assertThat(ids.get(1)).isEqualTo(ids.get(0));
    assertThat(ids.get(2)).isNotEqualTo(ids.get(0));
  }
}
