package org.drivelens.drive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.client.http.GenericUrl;
import com.google.api.client.testing.http.MockHttpTransport;
import com.google.api.client.testing.http.MockLowLevelHttpResponse;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DriveAnswersTest {

  private static final String WHOLE =
      """
      {"id":"1aB_-","name":"a\\u0000\\u00e4 'b'.jpg","mimeType":"image/jpeg","parents":["1P"],
       "trashed":true,"explicitlyTrashed":false,"version":"9007199254740993","size":"5000000000",
       "md5Checksum":"0cc175b9c0f1b6a831c399e269772661",
       "imageMediaMetadata":{"width":4000,"height":3000,"rotation":1,"time":"2025:12:31 23:59:59",
         "cameraMake":"Canon","cameraModel":"Canon EOS 5D"},
       "capabilities":{"canListChildren":false},"resourceKey":"0-k","driveId":"0AD"}\
      """;

  @Test
  void a_file_is_read_with_all_that_is_asked_for() {
    var image =
        new ImageMetadata(
            4000, 3000, 1, LocalDateTime.of(2025, 12, 31, 23, 59, 59), "Canon EOS 5D");
    assertThat(file(WHOLE))
        .isEqualTo(
            new DriveFile(
                "1aB_-",
                "aä 'b'.jpg",
                "image/jpeg",
                "1P",
                true,
                false,
                9007199254740993L,
                5_000_000_000L,
                "0cc175b9c0f1b6a831c399e269772661",
                image,
                false,
                "0-k",
                "0AD",
                null));
  }

  @Test
  void a_shortcut_leads_somewhere_or_is_none() {
    var head =
        "{\"id\":\"1S\",\"mimeType\":\"application/vnd.google-apps.shortcut\",\"version\":\"1\"";
    var whole =
        head + ",\"shortcutDetails\":{\"targetId\":\"1T\",\"targetMimeType\":\"image/png\"}}";
    assertThat(file(whole).shortcut())
        .isEqualTo(new DriveFile.Shortcut("1S", "1T", "image/png", null));
    for (var part : List.of("", "\"targetId\":\"1T\"", "\"targetMimeType\":\"image/png\"")) {
      assertThat(file(head + ",\"shortcutDetails\":{" + part + "}}").shortcut()).as(part).isNull();
    }
    assertThat(file(head + "}").shortcut()).isNull();
  }

  @Test
  void positions_links_and_channels_are_read() {
    assertThat(DriveAnswers.startPageToken("{\"startPageToken\":\"41\"}".getBytes(UTF_8)))
        .isEqualTo("41");
    assertThat(
            DriveAnswers.thumbnailLink(
                "{\"thumbnailLink\":\"https://l\",\"md5Checksum\":\"m\",\"version\":\"3\"}"
                    .getBytes(UTF_8)))
        .isEqualTo(new ThumbnailLink("https://l", "m", 3L));
    assertThat(DriveAnswers.thumbnailLink("{}".getBytes(UTF_8)))
        .isEqualTo(new ThumbnailLink(null, null, null));
    assertThat(
            DriveAnswers.channel(
                "{\"resourceId\":\"r\",\"expiration\":\"1700000000000\"}".getBytes(UTF_8)))
        .isEqualTo(new DriveChannels.Opened("r", Instant.ofEpochMilli(1_700_000_000_000L)));
    assertThat(DriveAnswers.channel("{\"resourceId\":\"r\"}".getBytes(UTF_8)).expiration())
        .isNull();
  }

  @ParameterizedTest
  @CsvSource({"200,true", "206,true", "201,false", "204,false"})
  void bytes_come_with_two_statuses_alone(int status, boolean bytes) throws IOException {
    var answer =
        new MockLowLevelHttpResponse()
            .setStatusCode(status)
            .setContentType("image/png")
            .setContent(new byte[] {1, 2, 3});
    var request =
        new MockHttpTransport.Builder()
            .setLowLevelHttpResponse(answer)
            .build()
            .createRequestFactory()
            .buildGetRequest(new GenericUrl("http://drive.test/"));
    var response = request.execute();
    if (bytes) {
      try (var media = DriveAnswers.media(response)) {
        assertThat(media.status()).isEqualTo(status);
        assertThat(media.content()).hasBinaryContent(new byte[] {1, 2, 3});
      }
    } else {
      assertThatThrownBy(() -> DriveAnswers.media(response))
          .isInstanceOf(IllegalStateException.class);
      assertThat(answer.isDisconnected()).isTrue();
    }
  }

  @Test
  void what_need_not_be_there_may_be_missing_or_odd() {
    var bare = file("{\"id\":\"1\",\"mimeType\":\"image/png\",\"version\":\"1\"}");
    assertThat(bare)
        .isEqualTo(
            new DriveFile(
                "1",
                "",
                "image/png",
                null,
                false,
                false,
                1,
                null,
                null,
                null,
                false,
                null,
                null,
                null));
    var odd =
        file(
            "{\"id\":\"1\",\"name\":\"\",\"mimeType\":\"image/png\",\"version\":1,\"size\":\"many\","
                + "\"parents\":[],\"imageMediaMetadata\":{\"width\":-1,\"height\":\"7\",\"rotation\":1.5,\"time\":\"0000:00:00"
                + " 00:00:00\"}}");
    assertThat(odd.size()).isNull();
    assertThat(odd.image()).isEqualTo(new ImageMetadata(null, 7, null, null, null));
  }

  @Test
  void only_a_folder_lists_children_and_only_if_it_may() {
    var folder =
        "{\"id\":\"1\",\"mimeType\":\"application/vnd.google-apps.folder\",\"version\":\"1\"";
    assertThat(file(folder + "}").canListChildren()).isTrue();
    assertThat(file(folder + ",\"capabilities\":{\"canListChildren\":false}}").canListChildren())
        .isFalse();
    assertThat(file(folder + "}").isFolder()).isTrue();
    assertThat(file(WHOLE).isFolder()).isFalse();
    assertThat(file(WHOLE).isImage()).isTrue();
  }

  @Test
  void a_page_may_be_empty_with_more_to_come() {
    var page = DriveAnswers.files(bytes("{\"files\":[],\"nextPageToken\":\"n\"}"));
    assertThat(page.files()).isEmpty();
    assertThat(page.nextPageToken()).isEqualTo("n");
    assertThat(page.incompleteSearch()).isFalse();
    assertThat(DriveAnswers.files(bytes("{\"files\":[],\"incompleteSearch\":true}")))
        .satisfies(last -> assertThat(last.incompleteSearch()).isTrue())
        .satisfies(last -> assertThat(last.nextPageToken()).isNull());
  }

  @Test
  void one_bad_file_does_not_hide_the_others() {
    var page =
        DriveAnswers.files(
            bytes(
                """
                {"files":[{"id":"1","name":"a.png","mimeType":"image/png"},{"id":"2","version":"1"},%s]}\
                """
                    .formatted(WHOLE)));
    assertThat(page.files()).containsExactly(file(WHOLE));
    assertThat(page.unreadable())
        .containsExactly(
            new FilePage.Unreadable("1", "a.png", null, "no version"),
            new FilePage.Unreadable("2", null, null, "no mimeType"));
  }

  @Test
  void an_entry_with_a_bad_file_is_doubt_as_a_removal_is() {
    var page =
        DriveAnswers.changes(
            bytes(
                "{\"newStartPageToken\":\"1\",\"changes\":[{\"fileId\":\"1\",\"file\":{\"id\":\"1\"}}]}"));
    assertThat(page.changes()).containsExactly(new DriveChange("1", true, null, null));
  }

  @Test
  void a_removal_is_read_and_a_shared_drives_own_entry_is_kept_apart() {
    var page =
        DriveAnswers.changes(
            bytes(
                """
                {"newStartPageToken":"671","changes":[
                  {"changeType":"drive","driveId":"0AD","time":"2026-01-02T03:04:05.678Z"},
                  {"changeType":"drive"},
                  {"changeType":"file","removed":true,"fileId":"1R","time":"2026-01-02T03:04:05Z"},
                  {"changeType":"file","removed":false,"fileId":"1aB_-","file":%s},
                  {"changeType":"file","removed":false,"fileId":"1N"}]}\
                """
                    .formatted(WHOLE)));
    assertThat(page.changes())
        .containsExactly(
            new DriveChange("1R", true, Instant.parse("2026-01-02T03:04:05Z"), null),
            new DriveChange("1aB_-", false, null, file(WHOLE)),
            new DriveChange("1N", true, null, null));
    assertThat(page.drives()).containsExactly("0AD");
    assertThat(page.position()).isEqualTo("671");
    assertThat(page.nextPageToken()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "<html>sign in</html>",
        "{}",
        "{\"files\":null}",
        "{\"files\":{}}",
        "{\"files\":[]",
        "{\"files\":[{\"id\":\"1\",\"mimeType\":\"image/png\",\"version\":\"1\"}",
        "{\"files\":[],\"nextPa",
        "{\"files\":[],",
        "{\"files\":[]} trailing",
        "{\"files\":[{}]}",
        "{\"files\":[null]}",
        "{\"files\":[{\"mimeType\":\"image/png\",\"version\":\"1\"}]}"
      })
  void a_page_of_files_that_says_less_than_it_must_is_no_page(String body) {
    assertThatThrownBy(() -> DriveAnswers.files(bytes(body))).isInstanceOf(RuntimeException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"changes\":[]}",
        "{\"newStartPageToken\":\"1\"}",
        "{\"newStartPageToken\":\"1\",\"changes\":[{}]}",
        "{\"newStartPageToken\":\"1\",\"changes\":[{\"removed\":true}]}",
        "{\"changes\":[],\"newStartPageToken\":\"1\""
      })
  void a_page_of_changes_that_says_less_than_it_must_is_no_page(String body) {
    assertThatThrownBy(() -> DriveAnswers.changes(bytes(body)))
        .isInstanceOf(RuntimeException.class);
  }

  private static DriveFile file(String json) {
    return DriveAnswers.file(bytes(json));
  }

  private static byte[] bytes(String json) {
    return json.getBytes(UTF_8);
  }
}
