package org.drivelens.drive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import javax.imageio.ImageIO;
import org.drivelens.drive.DriveChannels.Wanted;
import org.drivelens.drive.DriveProblem.BadRequest;
import org.drivelens.drive.DriveProblem.RangeNotSatisfiable;
import org.drivelens.emulator.DriveEmulator;
import org.drivelens.emulator.call.DriveMethod;
import org.drivelens.emulator.call.Match;
import org.drivelens.emulator.fault.Trouble;
import org.drivelens.emulator.library.Library;
import org.drivelens.emulator.picture.SyntheticImage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class GoogleDriveTest {

  private static final DriveEmulator emulator = Drives.EMULATOR;
  private static final GoogleDrive drive = Drives.connect();

  private final Library library = emulator.library();
  private String folder;

  @BeforeEach
  void share() {
    folder = library.createFolder(null, "Wedding");
    library.share(folder);
  }

  @AfterEach
  void forget() {
    emulator.faults().clear();
    emulator.calls().clear();
  }

  @AfterAll
  static void end() {
    drive.close();
  }

  @Test
  void a_call_is_drawn_for_its_caller() {
    var image = library.addSyntheticImage(folder, "a.jpg");
    var before = spent();
    drive.at(Priority.VIEWER).get(image, null);
    drive.at(Priority.BULK).list(List.of(new FolderRef(folder)), null);
    drive.at(Priority.FEED).get(image, null);
    drive.counting(new DriveCalls()).at(Priority.INTERACTIVE).get(image, null);
    drive.at(Priority.INTERACTIVE).counting(new DriveCalls()).get(image, null);
    assertThat(spent()).containsExactly(before.get(0) + 5, before.get(1) + 10, before.get(2) + 105);
  }

  @Test
  void a_channel_draws_quota_and_what_google_does_not_like_of_it_concerns_nothing_else() {
    emulator.channels().allowHttpHere(true);
    var channels = drive.at(Priority.BULK).channels();
    var token = drive.startPageToken(null);
    var end = Instant.ofEpochMilli(4_000_000_000_000L);
    var before = spent();
    var opened = channels.watch(token, null, new Wanted("one", "s", "http://127.0.0.1:9/", end));
    channels.stop("one", opened.resourceId());
    // Once more does no harm.
    channels.stop("one", opened.resourceId());
    assertThat(spent().get(2)).isEqualTo(before.get(2) + 15);
    assertThat(opened.expiration()).isNotNull().isBefore(end);

    assertThatThrownBy(
            () -> channels.watch(token, null, new Wanted("two", "s", "http://x.example.org/", end)))
        .isInstanceOf(DriveProblem.ChannelRefused.class)
        .hasMessageContaining("https");
    emulator
        .faults()
        .fail(
            Match.on(DriveMethod.CHANGES_WATCH),
            Trouble.google(401, "push.webhookUrlUnauthorized"));
    assertThatThrownBy(
            () -> channels.watch(token, null, new Wanted("three", "s", "http://127.0.0.1:9/", end)))
        .isInstanceOf(DriveProblem.ChannelRefused.class)
        .hasMessageContaining("not verified");
    emulator.channels().allowHttpHere(false);
  }

  /** By viewers, interactive syncs, bulk. */
  private static List<Integer> spent() {
    return JdbcClient.create(QuotaDatabase.shared())
        .sql(
            "select viewer_units, interactive_units, bulk_units from drive_quota where credential ="
                + " ?")
        .param(drive.robot())
        .query((row, n) -> List.of(row.getInt(1), row.getInt(2), row.getInt(3)))
        .optional()
        .orElse(List.of(0, 0, 0));
  }

  @Test
  void a_picture_is_told_with_all_that_drive_knows() {
    var id =
        library.addSyntheticImage(
            folder,
            "It's a \"kiss\" \\ ä.jpg",
            SyntheticImage.of(7)
                .sized(640, 480)
                .rotated(1)
                .taken("2026:05:31 14:30:05")
                .by("Canon", "Canon EOS R6"));
    var file = drive.get(id, null);
    var truth = library.truth(folder).getFirst();
    assertThat(file.name()).isEqualTo("It's a \"kiss\" \\ ä.jpg");
    assertThat(file.isImage()).isTrue();
    assertThat(file.parentId()).isEqualTo(folder);
    assertThat(file.size()).isEqualTo(truth.size());
    assertThat(file.md5()).isEqualTo(truth.md5());
    assertThat(file.version()).isEqualTo(truth.version());
    assertThat(file.trashed()).isFalse();
    assertThat(file.image())
        .isEqualTo(
            new ImageMetadata(
                640, 480, 1, LocalDateTime.of(2026, 5, 31, 14, 30, 5), "Canon EOS R6"));
  }

  @Test
  void a_picture_that_drive_has_not_looked_into_yet_has_no_metadata() {
    var id = library.addSyntheticImage(folder, "new.jpg", SyntheticImage.of(1).withoutMetadata());
    assertThat(drive.get(id, null).image()).isNull();
  }

  @Test
  void a_folder_says_whether_it_may_be_listed() {
    assertThat(drive.get(folder, null).isFolder()).isTrue();
    assertThat(drive.get(folder, null).canListChildren()).isTrue();
    library.setListable(folder, false);
    assertThat(drive.get(folder, null).canListChildren()).isFalse();
  }

  @Test
  void trash_by_itself_and_trash_by_a_folder_above_are_told_apart() {
    var sub = library.createFolder(folder, "sub");
    var id = library.addSyntheticImage(sub, "a.jpg");
    library.trash(sub);
    assertThat(drive.get(sub, null).explicitlyTrashed()).isTrue();
    assertThat(drive.get(id, null).explicitlyTrashed()).isFalse();
  }

  @Test
  void a_listing_is_followed_to_its_end_however_short_or_empty_its_pages() {
    var ids = library.seedImages(folder, "p", 25);
    emulator.faults().pagesOfAtMost(4);
    emulator.faults().emptyPages(true);
    assertThat(listed(List.of(new FolderRef(folder)))).containsExactlyInAnyOrderElementsOf(ids);
  }

  @Test
  void what_is_trashed_is_not_listed() {
    var ids = library.seedImages(folder, "p", 3);
    library.trash(ids.getFirst());
    assertThat(listed(List.of(new FolderRef(folder))))
        .containsExactlyInAnyOrderElementsOf(ids.subList(1, 3));
  }

  @Test
  void fifty_folders_are_listed_by_one_question_though_its_url_is_too_long() {
    var folders = new ArrayList<FolderRef>();
    var ids = new ArrayList<String>();
    for (var i = 0; i < 50; i++) {
      var sub = library.createFolder(folder, "sub" + i);
      folders.add(new FolderRef(sub));
      ids.addAll(library.seedImages(sub, "p", 2));
    }
    assertThat(listed(folders)).containsExactlyInAnyOrderElementsOf(ids);
    assertThat(emulator.calls().count(DriveMethod.FILES_LIST)).isEqualTo(1);
  }

  @Test
  void an_id_that_could_end_its_word_is_never_sent() {
    for (var id : List.of("", "a' or trashed = true or 'x", "../about", "a\r\nb", "a/b")) {
      assertThatThrownBy(() -> drive.get(id, null)).isInstanceOf(BadRequest.class);
      assertThatThrownBy(() -> drive.list(List.of(new FolderRef(id)), null))
          .isInstanceOf(BadRequest.class);
      assertThatThrownBy(() -> drive.get(folder, id)).isInstanceOf(BadRequest.class);
    }
    assertThat(emulator.calls().all()).isEmpty();
  }

  @Test
  void the_change_log_tells_what_happened_since_a_position() {
    var token = drive.startPageToken(null);
    assertThat(drive.changes(token, null).changes()).isEmpty();
    var kept = library.addSyntheticImage(folder, "kept.jpg");
    var gone = library.addSyntheticImage(folder, "gone.jpg");
    library.rename(kept, "renamed.jpg");
    library.delete(gone);
    var changes = new ArrayList<DriveChange>();
    emulator.faults().pagesOfAtMost(1);
    var page = drive.changes(token, null);
    changes.addAll(page.changes());
    while (page.nextPageToken() != null) {
      page = drive.changes(page.position(), null);
      changes.addAll(page.changes());
    }
    assertThat(changes)
        .anySatisfy(change -> {
          assertThat(change.fileId()).isEqualTo(kept);
          assertThat(change.time()).isNotNull();
          assertThat(change.file()).isEqualTo(drive.get(kept, null));
        })
        .anySatisfy(change -> {
          assertThat(change.fileId()).isEqualTo(gone);
          assertThat(change.removed()).isTrue();
          assertThat(change.file()).isNull();
        });
    assertThat(drive.changes(page.position(), null).changes()).isEmpty();
  }

  @Test
  void an_original_comes_whole_or_in_part() throws IOException {
    var id = library.addImage(folder, "a.jpg", bytes(100_000));
    try (var whole = drive.media(id, null, null)) {
      assertThat(whole.status()).isEqualTo(200);
      assertThat(whole.contentType()).isEqualTo("image/jpeg");
      assertThat(whole.length()).isEqualTo(100_000);
      assertThat(whole.content().readAllBytes()).isEqualTo(bytes(100_000));
    }
    try (var part = drive.media(id, null, "bytes=10-19")) {
      assertThat(part.status()).isEqualTo(206);
      assertThat(part.contentRange()).isEqualTo("bytes 10-19/100000");
      assertThat(part.length()).isEqualTo(10);
      assertThat(part.content().readAllBytes()).hasSize(10).startsWith(bytes(11)[10]);
    }
  }

  @Test
  void a_range_outside_an_original_is_told_with_its_size() {
    var id = library.addImage(folder, "a.jpg", bytes(1000));
    assertThatThrownBy(() -> drive.media(id, null, "bytes=5000-"))
        .isInstanceOfSatisfying(
            RangeNotSatisfiable.class, range -> assertThat(range.size()).isEqualTo(1000));
  }

  @Test
  void originals_that_nobody_reads_to_the_end_do_not_use_up_the_connections() throws IOException {
    var id = library.addImage(folder, "a.jpg", bytes(1 << 20));
    for (var i = 0; i < 40; i++) {
      try (var media = drive.media(id, null, null)) {
        assertThat(media.content().read()).isNotNegative();
      }
    }
    assertThat(drive.get(id, null).id()).isEqualTo(id);
  }

  @Test
  void a_thumbnail_comes_in_the_width_that_is_asked_for() throws IOException {
    var id = library.addSyntheticImage(folder, "a.jpg", SyntheticImage.of(1).sized(1200, 900));
    try (var thumbnail = drive.thumbnail(id, null, 300).orElseThrow()) {
      var media = thumbnail.media();
      var image = ImageIO.read(new ByteArrayInputStream(media.content().readAllBytes()));
      assertThat(image.getWidth()).isEqualTo(300);
      assertThat(media.contentType()).startsWith("image/");
      var file = drive.get(id, null);
      assertThat(thumbnail.md5()).isEqualTo(file.md5()).isNotNull();
      assertThat(thumbnail.version()).isEqualTo(file.version());
    }
  }

  @Test
  void what_has_no_thumbnail_has_none() {
    var id = library.addFile(folder, "notes.txt", "text/plain", new byte[] {1});
    assertThat(drive.thumbnail(id, null, 300)).isEmpty();
  }

  @Test
  void the_robot_is_whom_folders_are_shared_with() {
    assertThat(drive.robot()).contains("@").contains(".iam.gserviceaccount.com");
  }

  @Test
  void calls_are_counted_as_google_counts_them() throws IOException {
    var id = library.addImage(folder, "a.jpg", bytes(10));
    var tally = new DriveCalls();
    var counting = drive.counting(tally);
    counting.list(List.of(new FolderRef(folder)), null);
    counting.changes(counting.startPageToken(null), null);
    counting.get(id, null);
    counting.media(id, null, null).close();
    drive.get(id, null);
    assertThat(tally.total()).isEqualTo(new DriveCalls.Count(5, 410));
    assertThat(tally.byMethod())
        .containsEntry("files.list", new DriveCalls.Count(1, 100))
        .containsEntry("changes.list", new DriveCalls.Count(1, 100))
        .containsEntry("media", new DriveCalls.Count(1, 200));
    assertThat(emulator.calls().units()).isEqualTo(tally.total().units() + 5);
  }

  @Test
  void many_first_calls_at_once_sign_in_once() throws Exception {
    try (var fresh = Drives.connect()) {
      assertThat(together(32, () -> fresh.get(folder, null).id())).containsOnly(folder);
    }
    assertThat(emulator.calls().count(DriveMethod.TOKEN)).isEqualTo(1);
  }

  @Test
  void a_token_that_is_void_is_replaced_once_for_all_calls() throws Exception {
    drive.get(folder, null);
    emulator.calls().clear();
    emulator.tokens().revokeAll();
    assertThat(together(32, () -> drive.get(folder, null).id())).containsOnly(folder);
    assertThat(emulator.calls().count(DriveMethod.TOKEN)).isEqualTo(1);
  }

  @Test
  void only_what_is_read_is_asked_for() {
    drive.list(List.of(new FolderRef(folder)), null);
    drive.changes(drive.startPageToken(null), null);
    for (var call : emulator.calls().matching(Match.any())) {
      if (call.method() != DriveMethod.TOKEN) {
        assertThat(call.parameters())
            .containsEntry("supportsAllDrives", "true")
            .hasEntrySatisfying("fields", mask -> assertThat(mask).doesNotContain("*"));
      }
    }
    assertThat(emulator.calls().matching(Match.on(DriveMethod.FILES_LIST)))
        .allSatisfy(call ->
            assertThat(call.parameters())
                .containsEntry("includeItemsFromAllDrives", "true")
                .containsEntry("pageSize", "1000"));
    assertThat(emulator.calls().matching(Match.on(DriveMethod.CHANGES_LIST)))
        .allSatisfy(call ->
            assertThat(call.parameters())
                .containsEntry("includeItemsFromAllDrives", "true")
                .containsEntry("restrictToMyDrive", "false"));
  }

  private List<String> listed(List<FolderRef> folders) {
    var ids = new ArrayList<String>();
    @Nullable String token = null;
    do {
      var page = drive.list(folders, token);
      page.files().forEach(file -> ids.add(file.id()));
      token = page.nextPageToken();
    } while (token != null);
    return ids;
  }

  private static List<String> together(int calls, Callable<String> call) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers = new ArrayList<String>();
      for (var answer : threads.invokeAll(Collections.nCopies(calls, call))) {
        answers.add(answer.get());
      }
      return answers;
    }
  }

  private static byte[] bytes(int length) {
    var bytes = new byte[length];
    for (var i = 0; i < length; i++) {
      bytes[i] = (byte) (i % 251);
    }
    return bytes;
  }
}
