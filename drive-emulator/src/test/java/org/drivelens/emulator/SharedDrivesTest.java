package org.drivelens.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.drivelens.emulator.OfficialClient.all;
import static org.drivelens.emulator.OfficialClient.children;
import static org.drivelens.emulator.OfficialClient.names;
import static org.drivelens.emulator.OfficialClient.reason;
import static org.drivelens.emulator.OfficialClient.refusal;

import com.google.api.services.drive.Drive;
import com.google.api.services.drive.model.Change;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.drivelens.emulator.library.SharedDrives;
import org.drivelens.emulator.library.TrueImage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SharedDrivesTest extends EmulatorTest {

  private static final String CHANGES =
      "nextPageToken,newStartPageToken,"
          + "changes(changeType,removed,fileId,driveId,file(id,name,driveId),drive(id,name))";

  private SharedDrives drives;
  private String shared;

  @BeforeEach
  void createDrive() {
    drives = library.sharedDrives();
    shared = drives.create("Studio");
  }

  @AfterEach
  void deleteDrives() {
    drives.list().forEach(drive -> drives.delete(drive.id()));
  }

  private Drive.Files.List inDrive() throws IOException {
    return drive
        .files()
        .list()
        .setCorpora("drive")
        .setDriveId(shared)
        .setSupportsAllDrives(true)
        .setIncludeItemsFromAllDrives(true);
  }

  private String token(@Nullable String driveId) throws IOException {
    return drive
        .changes()
        .getStartPageToken()
        .setDriveId(driveId)
        .setSupportsAllDrives(true)
        .execute()
        .getStartPageToken();
  }

  private List<Change> changes(String token, @Nullable String driveId, boolean everyDrive)
      throws IOException {
    return drive
        .changes()
        .list(token)
        .setDriveId(driveId)
        .setSupportsAllDrives(true)
        .setIncludeItemsFromAllDrives(everyDrive)
        .setFields(CHANGES)
        .execute()
        .getChanges();
  }

  @Test
  void a_member_lists_and_gets_the_drive_and_its_top_folder_by_the_same_id() throws IOException {
    var other = drives.create("Archive");

    var page = drive.drives().list().setPageSize(1).execute();
    assertThat(page.getDrives().getFirst().getName()).isEqualTo("Studio");
    var next = drive.drives().list().setPageToken(page.getNextPageToken()).execute();
    assertThat(next.getDrives().getFirst().getId()).isEqualTo(other);
    assertThat(next.getNextPageToken()).isNull();
    assertThat(drive.drives().get(shared).setFields("*").execute().getCreatedTime()).isNotNull();
    var top = drive.files().get(shared).setSupportsAllDrives(true).setFields("*").execute();
    assertThat(top.getId()).isEqualTo(shared);
    assertThat(top.getDriveId()).isEqualTo(shared);
    assertThat(top.getParents()).isNull();
    drives.rename(shared, "Studio 2");
    assertThat(drive.drives().get(shared).execute().getName()).isEqualTo("Studio 2");
  }

  @Test
  void files_in_it_carry_its_id_and_have_no_owner() throws IOException {
    String sub = library.createFolder(shared, "sub");
    String photo = library.addSyntheticImage(sub, "a.jpg");

    var file = drive.files().get(photo).setSupportsAllDrives(true).setFields("*").execute();
    assertThat(file.getDriveId()).isEqualTo(shared);
    assertThat(file.getOwners()).isNull();
    assertThat(file.getOwnedByMe()).isNull();
    assertThat(file.getTrashedTime()).isNull();
    library.trash(photo);
    var trashed = drive.files().get(photo).setSupportsAllDrives(true).setFields("*").execute();
    assertThat(trashed.getTrashedTime()).isNotNull();
    assertThat(library.truth(shared)).isEmpty();
    library.untrash(photo);
    assertThat(library.truth(shared).stream().map(TrueImage::folderPath))
        .containsExactly(List.of("sub"));
    var mine = drive.files().get(library.addSyntheticImage(folder, "b.jpg")).setFields("*");
    assertThat(mine.execute().getDriveId()).isNull();
    assertThat(mine.execute().getOwners()).hasSize(1);
  }

  @Test
  void whoever_does_not_say_that_shared_drives_are_known_finds_nothing_there() throws IOException {
    String photo = library.addSyntheticImage(shared, "in-the-drive.jpg");
    String byName = "name = 'in-the-drive.jpg'";

    var refusal = refusal(() -> drive.files().get(photo).execute());
    assertThat(refusal.getStatusCode()).isEqualTo(404);
    assertThat(refusal.getDetails().getMessage()).isEqualTo("File not found: " + photo + ".");
    assertThat(refusal(() -> drive.files().get(photo).executeMediaAsInputStream()).getStatusCode())
        .isEqualTo(404);
    assertThat(drive.files().list().setQ(byName).execute().getFiles()).isEmpty();
    assertThat(drive.files().list().setQ(byName).setSupportsAllDrives(true).execute().getFiles())
        .isEmpty();
    assertThat(all(children(drive, shared).setQ(byName))).hasSize(1);
    assertThat(all(children(drive, shared))).hasSize(1);
    assertThat(
            refusal(() -> drive.files().list().setQ("'" + shared + "' in parents").execute())
                .getStatusCode())
        .isEqualTo(404);
  }

  @Test
  void corpora_drive_is_that_drive_and_nothing_else() throws IOException {
    library.addSyntheticImage(shared, "in.jpg");
    library.addSyntheticImage(drives.create("Other"), "other.jpg");
    library.addSyntheticImage(folder, "mine.jpg");

    assertThat(names(all(inDrive()))).containsExactly("in.jpg");
    assertThat(names(all(inDrive().setCorpora("allDrives").setDriveId(null))))
        .contains("in.jpg", "other.jpg", "mine.jpg");
  }

  @Test
  void drive_parameters_that_do_not_fit_are_refused() {
    assertThat(reason(refusal(() -> inDrive().setDriveId(null).execute()))).isEqualTo("required");
    assertThat(reason(refusal(() -> inDrive().setCorpora("user").execute()))).isEqualTo("invalid");
    assertThat(reason(refusal(() -> inDrive().setIncludeItemsFromAllDrives(false).execute())))
        .isEqualTo("teamDriveIncludeItemsRequired");
    assertThat(reason(refusal(() -> inDrive().setSupportsAllDrives(false).execute())))
        .isEqualTo("supportsTeamDrivesRequired");
    assertThat(reason(refusal(() -> inDrive().setCorpora("nonsense").execute())))
        .isEqualTo("invalid");
    var unknown = refusal(() -> inDrive().setDriveId("0AnoSuchDriveUk9PVA").execute());
    assertThat(unknown.getStatusCode()).isEqualTo(404);
    assertThat(unknown.getDetails().getMessage())
        .isEqualTo("Shared drive not found: 0AnoSuchDriveUk9PVA");
  }

  @Test
  void a_drive_has_a_change_log_of_its_own() throws IOException {
    String own = token(null);
    String ofDrive = token(shared);
    String photo = library.addSyntheticImage(shared, "a.jpg");
    String mine = library.addSyntheticImage(folder, "b.jpg");

    assertThat(changes(ofDrive, shared, true).stream().map(Change::getFileId))
        .containsExactly(photo);
    assertThat(changes(own, null, false).stream().map(Change::getFileId)).containsExactly(mine);
    assertThat(changes(own, null, true).stream().map(Change::getFileId))
        .containsExactly(photo, mine);
    library.delete(photo);
    assertThat(changes(ofDrive, shared, true).getFirst().getRemoved()).isTrue();
    assertThat(changes(own, null, false).stream().map(Change::getFileId)).containsExactly(mine);
  }

  @Test
  void tokens_of_one_log_are_refused_by_the_other() throws IOException {
    String own = token(null);
    String ofDrive = token(shared);

    assertThat(reason(refusal(() -> changes(own, shared, true)))).isEqualTo("invalid");
    assertThat(reason(refusal(() -> changes(ofDrive, null, true)))).isEqualTo("invalid");
    assertThat(reason(refusal(() -> drive.changes().list(ofDrive).setDriveId(shared).execute())))
        .isEqualTo("supportsTeamDrivesRequired");
  }

  @Test
  void a_file_that_moves_into_a_drive_leaves_the_log_it_was_in() throws IOException {
    String photo = library.addSyntheticImage(folder, "a.jpg");
    String own = token(null);
    String ofDrive = token(shared);

    library.move(photo, shared);
    library.rename(photo, "b.jpg");

    var left = changes(own, null, false).getFirst();
    assertThat(left.getRemoved()).isTrue();
    assertThat(left.getFile()).isNull();
    assertThat(changes(own, null, true).getFirst().getFile().getDriveId()).isEqualTo(shared);
    assertThat(changes(ofDrive, shared, true).getFirst().getFile().getName()).isEqualTo("b.jpg");
    var removal =
        drive.changes().list(own).setIncludeCorpusRemovals(true).setFields(CHANGES).execute();
    assertThat(removal.getChanges().getFirst().getRemoved()).isTrue();
    assertThat(removal.getChanges().getFirst().getFile().getName()).isEqualTo("b.jpg");
    library.move(photo, folder);
    assertThat(changes(ofDrive, shared, true).getFirst().getRemoved()).isTrue();
    assertThat(changes(own, null, false).getFirst().getRemoved()).isFalse();
  }

  @Test
  void a_lost_membership_is_an_entry_about_the_drive_and_closes_it() throws IOException {
    String photo = library.addSyntheticImage(shared, "a.jpg");
    String own = token(null);
    String ofDrive = token(shared);

    drives.leave(shared);

    var change = changes(own, null, true).getFirst();
    assertThat(change.getChangeType()).isEqualTo("drive");
    assertThat(change.getDriveId()).isEqualTo(shared);
    assertThat(change.getRemoved()).isTrue();
    assertThat(change.getFileId()).isNull();
    var refusal = refusal(() -> changes(ofDrive, shared, true));
    assertThat(refusal.getStatusCode()).isEqualTo(403);
    assertThat(reason(refusal)).isEqualTo("teamDriveMembershipRequired");
    assertThat(reason(refusal(() -> inDrive().execute()))).isEqualTo("teamDriveMembershipRequired");
    assertThat(refusal(() -> drive.drives().get(shared).execute()).getStatusCode()).isEqualTo(404);
    assertThat(
            refusal(() -> drive.files().get(photo).setSupportsAllDrives(true).execute())
                .getStatusCode())
        .isEqualTo(404);
    assertThat(refusal(() -> children(drive, shared).execute()).getStatusCode()).isEqualTo(404);

    drives.join(shared);
    assertThat(changes(own, null, true).getFirst().getDrive().getName()).isEqualTo("Studio");
    assertThat(names(all(inDrive()))).containsExactly("a.jpg");
  }

  @Test
  void a_shortcut_is_listed_itself_and_says_where_it_leads() throws IOException {
    String photo = library.addSyntheticImage(shared, "target.jpg");
    String shortcut = library.links().createShortcut(folder, "link", photo);
    library.links().requireKey(photo, "0-key");

    var listed = children(drive, folder).setFields("files").execute().getFiles().getFirst();
    assertThat(listed.getId()).isEqualTo(shortcut);
    assertThat(listed.getMimeType()).isEqualTo("application/vnd.google-apps.shortcut");
    assertThat(listed.getShortcutDetails().getTargetId()).isEqualTo(photo);
    assertThat(listed.getShortcutDetails().getTargetMimeType()).isEqualTo("image/jpeg");
    assertThat(listed.getShortcutDetails().getTargetResourceKey()).isEqualTo("0-key");
    assertThat(listed.getMd5Checksum()).isNull();
    assertThat(listed.getSize()).isNull();
    assertThat(reason(refusal(() -> drive.files().get(shortcut).executeMediaAsInputStream())))
        .isEqualTo("fileNotDownloadable");
    String token = token(null);
    library.rename(photo, "renamed.jpg");
    assertThat(changes(token, null, false)).isEmpty();
  }

  @Test
  void without_its_resource_key_an_item_does_not_exist() throws IOException {
    String sub = library.createFolder(folder, "sub");
    library.addSyntheticImage(sub, "a.jpg");
    library.links().requireKey(sub, "0-abc");

    var get = drive.files().get(sub).setFields("resourceKey");
    assertThat(refusal(get::execute).getStatusCode()).isEqualTo(404);
    assertThat(refusal(() -> children(drive, sub).execute()).getStatusCode()).isEqualTo(404);
    get.getRequestHeaders().set("X-Goog-Drive-Resource-Keys", "other/0-x," + sub + "/0-abc");
    assertThat(get.execute().getResourceKey()).isEqualTo("0-abc");
    var list = children(drive, sub);
    list.getRequestHeaders().set("X-Goog-Drive-Resource-Keys", sub + "/0-abc");
    assertThat(list.execute().getFiles()).hasSize(1);
    get.getRequestHeaders().set("X-Goog-Drive-Resource-Keys", sub + "/0-wrong");
    assertThat(refusal(get::execute).getStatusCode()).isEqualTo(404);
    library.links().requireKey(sub, null);
    assertThat(drive.files().get(sub).execute().getId()).isEqualTo(sub);
  }

  @Test
  void what_only_a_link_leads_to_is_reached_but_never_told() throws IOException {
    String secret = library.createFolder(null, "by link");
    String token = token(null);
    library.links().share(secret);
    String photo = library.addSyntheticImage(secret, "by-link.jpg");

    assertThat(drive.files().get(photo).execute().getId()).isEqualTo(photo);
    assertThat(all(children(drive, secret))).hasSize(1);
    assertThat(library.truth(secret)).hasSize(1);
    assertThat(drive.files().list().setQ("name = 'by-link.jpg'").execute().getFiles()).isEmpty();
    assertThat(changes(token, null, true)).isEmpty();
    library.share(secret);
    assertThat(changes(token, null, true).stream().map(Change::getFileId)).containsExactly(secret);
    assertThat(drive.files().list().setQ("name = 'by-link.jpg'").execute().getFiles()).hasSize(1);
  }

  @Test
  void drives_survive_a_restart(@org.junit.jupiter.api.io.TempDir java.nio.file.Path data) {
    String id;
    try (var first = DriveEmulator.start(Settings.inMemory().data(data))) {
      id = first.library().sharedDrives().create("Kept");
      first.library().addSyntheticImage(id, "a.jpg");
      first.library().sharedDrives().rename(id, "Kept 2");
      first.library().links().createShortcut(id, "s", id);
    }
    try (var second = DriveEmulator.start(Settings.inMemory().data(data))) {
      var kept = second.library().sharedDrives().list().getFirst();
      assertThat(Map.of(kept.id(), kept.name())).isEqualTo(Map.of(id, "Kept 2"));
      assertThat(second.library().truth(id)).hasSize(1);
      assertThat(second.library().itemCount()).isEqualTo(2);
    }
  }
}
