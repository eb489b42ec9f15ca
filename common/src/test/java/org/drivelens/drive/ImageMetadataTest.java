package org.drivelens.drive;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageMetadataTest {

  @Test
  void a_picture_was_taken_when_the_camera_says() {
    assertThat(ImageMetadata.takenAt("2024:02:29 23:59:58"))
        .isEqualTo(LocalDateTime.of(2024, 2, 29, 23, 59, 58));
    assertThat(ImageMetadata.takenAt(" 0001:01:01 00:00:00 "))
        .isEqualTo(LocalDateTime.of(1, 1, 1, 0, 0));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "    :  :     :  :  ",
        "0000:00:00 00:00:00",
        "0000:01:01 00:00:00",
        "2023:02:29 10:00:00",
        "2024:13:01 10:00:00",
        "2024:01:01 24:00:00",
        "2024:01:01 10:60:00",
        "+12024:01:01 10:00:00",
        "-2024:01:01 10:00:00",
        "2024-01-01 10:00:00",
        "2024:01:01T10:00:00",
        "2024:01:01",
        "yesterday"
      })
  void what_is_no_date_is_no_date(String exif) {
    assertThat(ImageMetadata.takenAt(exif)).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "Canon,Canon EOS 5D,Canon EOS 5D",
        "CANON,Canon EOS 5D,Canon EOS 5D",
        "NIKON CORPORATION,NIKON D90,NIKON CORPORATION NIKON D90",
        "Sony,DSC-RX100,Sony DSC-RX100",
        "Apple,' iPhone 6 ',Apple iPhone 6",
        "Ricoh,RICOHFLEX,Ricoh RICOHFLEX",
        "Leica,Leica,Leica",
        "'  ',X100,X100",
        "-,X100,X100",
        "Sony,-,Sony",
        "-,-,-",
        "' ','',-"
      })
  void the_makers_name_is_not_said_twice(String make, String model, String camera) {
    assertThat(ImageMetadata.camera(make, model)).isEqualTo(camera);
  }
}
