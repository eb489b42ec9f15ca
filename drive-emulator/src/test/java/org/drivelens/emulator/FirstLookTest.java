package org.drivelens.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.services.drive.Drive;
import java.io.IOException;
import java.util.HashSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FirstLookTest {

  private static DriveEmulator emulator;
  private static Drive drive;

  @BeforeAll
  static void start() {
    emulator = DriveEmulator.start();
    drive = OfficialClient.of(emulator);
  }

  @AfterAll
  static void stop() {
    emulator.close();
  }

  @Test
  void lists_a_seeded_folder_page_by_page_and_each_file_once() throws IOException {
    String folder = emulator.library().createFolder(null, "big");
    emulator.library().share(folder);
    var ids = emulator.library().seedImages(folder, "IMG_", 2500);

    var files = OfficialClient.all(OfficialClient.children(drive, folder).setPageSize(1000));

    assertThat(new HashSet<>(files.stream().map(file -> file.getId()).toList()))
        .isEqualTo(new HashSet<>(ids));
    assertThat(files).hasSize(2500);
    assertThat(emulator.library().truth(folder)).hasSize(2500);
  }

  @Test
  void reports_an_added_file_in_the_change_log_and_delivers_its_bytes() throws IOException {
    String folder = emulator.library().createFolder(null, "event");
    emulator.library().share(folder);
    String token = drive.changes().getStartPageToken().execute().getStartPageToken();
    String id = emulator.library().addSyntheticImage(folder, "new.jpg");

    var changes =
        drive
            .changes()
            .list(token)
            .setFields("changes(fileId,removed,file(name)),newStartPageToken");

    var page = changes.execute();
    assertThat(page.getChanges()).hasSize(1);
    assertThat(page.getChanges().getFirst().getFileId()).isEqualTo(id);
    assertThat(page.getNewStartPageToken()).isNotNull();
    long size = emulator.library().truth(folder).getFirst().size();
    try (var in = drive.files().get(id).executeMediaAsInputStream()) {
      assertThat(in.readAllBytes()).hasSize((int) size);
    }
  }
}
