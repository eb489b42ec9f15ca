package org.drivelens.worker.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import org.drivelens.drive.DriveFile;
import org.drivelens.drive.ImageMetadata;
import org.junit.jupiter.api.Test;

class StoredFileTest {

  private static final DriveFile FILE =
      new DriveFile(
          "id",
          "a \"name\" 💍.jpg",
          "image/jpeg",
          "parent",
          false,
          true,
          7L,
          12L,
          "md5",
          new ImageMetadata(4, 3, 1, LocalDateTime.of(2026, 1, 2, 3, 4, 5), "Canon"),
          true,
          null,
          null,
          new DriveFile.Shortcut("id", "target", "image/jpeg", null));

  @Test
  void a_file_is_read_as_it_was_written() {
    assertThat(StoredFile.read(StoredFile.write(FILE))).isEqualTo(FILE);
  }

  @Test
  void nothing_derived_is_written() {
    assertThat(StoredFile.write(FILE)).doesNotContain("\"folder\"");
  }

  @Test
  void a_removed_file_is_nothing() {
    assertThat(StoredFile.write(null)).isNull();
    assertThat(StoredFile.read(null)).isNull();
  }
}
