package org.drivelens.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.drivelens.emulator.OfficialClient.reason;
import static org.drivelens.emulator.OfficialClient.refusal;

import com.google.api.services.drive.model.Change;
import com.google.api.services.drive.model.ChangeList;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.drivelens.emulator.picture.ImageMetadata;
import org.drivelens.emulator.picture.SyntheticImage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangesTest extends EmulatorTest {

  private static final String FIELDS =
      "nextPageToken,newStartPageToken,changes(changeType,removed,time,fileId,file("
          + OfficialClient.FILE
          + "))";

  private String token = "";

  @BeforeEach
  void takeToken() throws IOException {
    token = drive.changes().getStartPageToken().execute().getStartPageToken();
  }

  private ChangeList page() throws IOException {
    return drive.changes().list(token).setFields(FIELDS).execute();
  }

  private List<Change> changes() throws IOException {
    return page().getChanges();
  }

  private Change only() throws IOException {
    var changes = changes();
    assertThat(changes).hasSize(1);
    return changes.getFirst();
  }

  @Test
  void nothing_new_gives_the_same_token_back() throws IOException {
    var page = page();

    assertThat(page.getChanges()).isEmpty();
    assertThat(page.getNewStartPageToken()).isEqualTo(token);
    assertThat(page.getNextPageToken()).isNull();
  }

  @Test
  void an_added_file_is_an_entry_with_its_state() throws IOException {
    String id = library.addSyntheticImage(folder, "new.jpg");

    var change = only();

    assertThat(change.getFileId()).isEqualTo(id);
    assertThat(change.getRemoved()).isFalse();
    assertThat(change.getChangeType()).isEqualTo("file");
    assertThat(change.getTime()).isNotNull();
    assertThat(change.getFile().getName()).isEqualTo("new.jpg");
    assertThat(change.getFile().getParents()).containsExactly(folder);
  }

  @Test
  void many_changes_of_a_file_are_one_entry_with_the_state_at_reading() throws IOException {
    String first = library.addSyntheticImage(folder, "a.jpg");
    String second = library.addSyntheticImage(folder, "b.jpg");
    library.rename(first, "c.jpg");
    library.replaceContent(first, SyntheticImage.of(7));

    var changes = changes();

    assertThat(changes.stream().map(Change::getFileId).toList()).containsExactly(second, first);
    assertThat(changes.getLast().getFile().getName()).isEqualTo("c.jpg");
    assertThat(changes.getLast().getFile().getVersion()).isEqualTo(3);
    library.rename(second, "seen only now.jpg");
    assertThat(changes().getLast().getFile().getName()).isEqualTo("seen only now.jpg");
  }

  @Test
  void replaced_content_has_a_new_md5_and_head_revision() throws IOException {
    String id = library.addImage(folder, "a.jpg", photo("gps/DSCN0010.jpg"));
    var before = only().getFile();
    library.replaceContent(id, photo("orientation/portrait_6.jpg"));

    var after = only().getFile();

    assertThat(after.getMd5Checksum()).isNotEqualTo(before.getMd5Checksum());
    assertThat(after.getHeadRevisionId()).isNotEqualTo(before.getHeadRevisionId());
    assertThat(after.getImageMediaMetadata().getRotation()).isEqualTo(1);
    assertThat(after.getVersion()).isGreaterThan(before.getVersion());
  }

  @Test
  void trash_and_restore_flip_the_flags_and_leave_the_modified_time() throws IOException {
    String id = library.addSyntheticImage(folder, "a.jpg");
    var before = only().getFile();
    library.trash(id);
    var trashed = only().getFile();
    library.untrash(id);

    assertThat(trashed.getTrashed()).isTrue();
    assertThat(trashed.getExplicitlyTrashed()).isTrue();
    assertThat(trashed.getModifiedTime()).isEqualTo(before.getModifiedTime());
    assertThat(only().getFile().getTrashed()).isFalse();
  }

  @Test
  void a_deleted_file_leaves_a_tombstone_without_a_file() throws IOException {
    String id = library.addSyntheticImage(folder, "a.jpg");
    library.delete(id);

    var change = only();

    assertThat(change.getFileId()).isEqualTo(id);
    assertThat(change.getRemoved()).isTrue();
    assertThat(change.getFile()).isNull();
    var withoutRemoved = drive.changes().list(token).setIncludeRemoved(false).execute();
    assertThat(withoutRemoved.getChanges()).isEmpty();
  }

  @Test
  void who_never_saw_a_file_hears_nothing_of_it() throws IOException {
    String secret = library.createFolder(null, "secret");
    String id = library.addSyntheticImage(secret, "a.jpg");
    library.delete(id);

    assertThat(changes()).isEmpty();
  }

  @Test
  void moves_into_and_out_of_sight_appear_and_disappear() throws IOException {
    String secret = library.createFolder(null, "secret");
    String id = library.addSyntheticImage(secret, "a.jpg");

    library.move(id, folder);
    assertThat(only().getFile().getParents()).containsExactly(folder);
    library.move(id, secret);
    assertThat(only().getRemoved()).isTrue();
  }

  @Test
  void a_file_shared_by_itself_has_no_visible_parent() throws IOException {
    String secret = library.createFolder(null, "secret");
    String id = library.addSyntheticImage(secret, "a.jpg");
    library.share(id);

    assertThat(only().getFile().getParents()).isNull();
    library.unshare(id);
    assertThat(only().getRemoved()).isTrue();
  }

  @Test
  void what_happens_to_a_folder_is_one_entry_and_its_descendants_emit_nothing() throws IOException {
    String sub = library.createFolder(folder, "sub");
    String inside = library.addSyntheticImage(sub, "a.jpg");
    String other = library.createFolder(folder, "other");
    takeToken();
    List<Runnable> deeds =
        List.of(
            () -> library.rename(sub, "renamed"),
            () -> library.move(sub, other),
            () -> library.trash(sub),
            () -> library.untrash(sub),
            () -> library.unshare(sub),
            () -> library.share(sub));

    for (Runnable deed : deeds) {
      long version = library.find(inside).orElseThrow().version();
      deed.run();
      assertThat(only().getFileId()).isEqualTo(sub);
      assertThat(library.find(inside).orElseThrow().version()).isEqualTo(version);
      takeToken();
    }
    library.delete(sub);
    assertThat(only().getRemoved()).isTrue();
    assertThat(refusal(() -> drive.files().get(inside).execute()).getStatusCode()).isEqualTo(404);
  }

  @Test
  void unsharing_takes_the_folder_and_everything_below_out_of_sight() throws IOException {
    String inside = library.addSyntheticImage(folder, "a.jpg");
    takeToken();
    library.unshare(folder);

    assertThat(only().getRemoved()).isTrue();
    assertThat(refusal(() -> drive.files().get(inside).execute()).getStatusCode()).isEqualTo(404);
    library.share(folder);
    assertThat(only().getRemoved()).isFalse();
    assertThat(drive.files().get(inside).execute().getId()).isEqualTo(inside);
  }

  @Test
  void opening_a_file_is_an_entry_about_nothing() throws IOException {
    String id = library.addSyntheticImage(folder, "a.jpg");
    long version = only().getFile().getVersion();
    takeToken();
    library.touchViewed(id);

    assertThat(only().getFile().getVersion()).isEqualTo(version);
  }

  @Test
  void late_image_metadata_comes_with_an_entry_or_without() throws IOException {
    var image = SyntheticImage.of(3).withoutMetadata();
    String id = library.addSyntheticImage(folder, "a.jpg", image);
    assertThat(only().getFile().getImageMediaMetadata()).isNull();
    takeToken();

    library.setImageMetadataSilently(id, ImageMetadata.ofSize(10, 20));
    assertThat(changes()).isEmpty();
    library.setImageMetadata(id, ImageMetadata.ofSize(30, 40));
    assertThat(only().getFile().getImageMediaMetadata().getWidth()).isEqualTo(30);
  }

  @Test
  void pages_have_a_next_token_until_the_last_has_a_new_start_token() throws IOException {
    var ids = library.seedImages(folder, "IMG_", 25);
    var seen = new ArrayList<String>();
    var list = drive.changes().list(token).setPageSize(10).setFields(FIELDS);
    ChangeList page = list.execute();
    while (page.getNextPageToken() != null) {
      assertThat(page.getNewStartPageToken()).isNull();
      page.getChanges().forEach(change -> seen.add(change.getFileId()));
      page = list.setPageToken(page.getNextPageToken()).execute();
    }
    page.getChanges().forEach(change -> seen.add(change.getFileId()));

    assertThat(seen).containsExactlyElementsOf(ids);
    assertThat(page.getNewStartPageToken()).isNotEqualTo(token);
    token = page.getNewStartPageToken();
    assertThat(changes()).isEmpty();
  }

  @Test
  void empty_pages_come_before_full_ones_when_told_so() throws IOException {
    library.seedImages(folder, "IMG_", 3);
    faults.emptyPages(true);

    var first = page();
    assertThat(first.getChanges()).isEmpty();
    assertThat(first.getNextPageToken()).isNotNull();
    token = first.getNextPageToken();
    assertThat(page().getChanges()).hasSize(3);
    assertThat(page().getNewStartPageToken()).isNotNull();
  }

  @Test
  void restricted_to_my_drive_shared_files_are_left_out() throws IOException {
    library.addSyntheticImage(folder, "a.jpg");

    assertThat(drive.changes().list(token).setRestrictToMyDrive(true).execute().getChanges())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"garbage", "1", "999999999999", "-5"})
  void a_bad_token_is_400_at_page_token(String bad) {
    var refusal = refusal(() -> drive.changes().list(bad).execute());

    assertThat(refusal.getStatusCode()).isEqualTo(400);
    assertThat(reason(refusal)).isEqualTo("invalid");
    assertThat(refusal.getDetails().getErrors().getFirst().getLocation()).isEqualTo("pageToken");
  }

  @Test
  void a_missing_token_is_400_with_its_sentence() throws Exception {
    var response = get("drive/v3/changes", "Authorization", bearer());

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body())
        .contains("\"message\" : \"Required parameter: pageToken\"")
        .contains("\"reason\" : \"required\"");
  }

  @Test
  void forgotten_tokens_are_refused_and_a_fresh_one_works() throws IOException {
    library.addSyntheticImage(folder, "a.jpg");
    library.forgetChanges();

    assertThat(refusal(this::page).getStatusCode()).isEqualTo(400);
    takeToken();
    assertThat(changes()).isEmpty();
  }

  @Test
  void the_feed_of_an_unknown_shared_drive_is_404() {
    var refusal =
        refusal(() ->
            drive
                .changes()
                .getStartPageToken()
                .setDriveId("0AnoSuchDrive")
                .setSupportsAllDrives(true)
                .execute());

    assertThat(refusal.getStatusCode()).isEqualTo(404);
  }
}
