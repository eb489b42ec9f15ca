package org.drivelens.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.drivelens.emulator.OfficialClient.all;
import static org.drivelens.emulator.OfficialClient.children;
import static org.drivelens.emulator.OfficialClient.names;
import static org.drivelens.emulator.OfficialClient.reason;
import static org.drivelens.emulator.OfficialClient.refusal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.drivelens.emulator.picture.SyntheticImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListingParametersTest extends EmulatorTest {

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 1001})
  void a_page_size_out_of_range_is_400(int size) {
    var refusal = refusal(() -> children(drive, folder).setPageSize(size).execute());

    assertThat(refusal.getStatusCode()).isEqualTo(400);
    assertThat(refusal.getDetails().getMessage())
        .isEqualTo(
            "Invalid value '"
                + size
                + "'. Values must be within the range: [value: 1\n, value: 1000\n]");
    assertThat(reason(refusal)).isEqualTo("invalidParameter");
    assertThat(refusal.getDetails().getErrors().getFirst().getLocation()).isEqualTo("page_size");
  }

  @Test
  void a_page_size_that_is_no_number_is_refused_by_the_proto_layer() throws Exception {
    var response = get("drive/v3/files?pageSize=NOPE", "Authorization", bearer());

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body())
        .contains("Invalid value at 'page_size' (TYPE_INT32), \\\"NOPE\\\"")
        .contains("\"status\" : \"INVALID_ARGUMENT\"")
        .contains("\"fieldViolations\"")
        .doesNotContain("\"domain\"");
  }

  @Test
  void a_foreign_page_token_is_400_and_an_empty_one_the_first_page() throws IOException {
    library.seedImages(folder, "IMG_", 3);
    var list = children(drive, folder).setPageSize(2);
    String token = list.execute().getNextPageToken();

    var garbage = refusal(() -> list.setPageToken("garbage").execute());
    var otherQuery =
        refusal(() -> drive.files().list().setQ("trashed = false").setPageToken(token).execute());

    for (var refusal : List.of(garbage, otherQuery)) {
      assertThat(refusal.getStatusCode()).isEqualTo(400);
      assertThat(refusal.getDetails().getMessage()).isEqualTo("Invalid Value");
      assertThat(refusal.getDetails().getErrors().getFirst().getLocation()).isEqualTo("pageToken");
    }
    assertThat(list.setPageToken("").execute().getFiles()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          name                     | IMG_10.jpg, img_9.jpg, sub
          name desc                | sub, img_9.jpg, IMG_10.jpg
          name_natural             | img_9.jpg, IMG_10.jpg, sub
          folder,name_natural desc | sub, IMG_10.jpg, img_9.jpg
          createdTime              | IMG_10.jpg, img_9.jpg, sub
          quotaBytesUsed desc,name | img_9.jpg, IMG_10.jpg, sub
          """)
  void order_by_sorts_across_pages(String orderBy, String expected) throws IOException {
    library.addSyntheticImage(folder, "IMG_10.jpg", SyntheticImage.of(1).sized(100, 100));
    library.addSyntheticImage(folder, "img_9.jpg", SyntheticImage.of(2).sized(500, 500));
    library.createFolder(folder, "sub");

    var files = all(children(drive, folder).setOrderBy(orderBy).setPageSize(2));

    if (!orderBy.equals("createdTime")) {
      assertThat(String.join(", ", names(files))).isEqualTo(expected);
    }
    assertThat(files).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          colour     | 400 | invalid
          name up    | 400 | invalid
          name,name  | 403 | orderByContainsDuplicateSortKeys
          """)
  void a_bad_order_is_refused(String orderBy, int status, String reason) {
    var refusal = refusal(() -> children(drive, folder).setOrderBy(orderBy).execute());

    assertThat(refusal.getStatusCode()).isEqualTo(status);
    assertThat(reason(refusal)).isEqualTo(reason);
    assertThat(refusal.getDetails().getErrors().getFirst().getLocation()).isEqualTo("orderBy");
  }

  @Test
  void full_text_cannot_be_sorted() {
    var refusal =
        refusal(
            () -> drive.files().list().setQ("fullText contains 'a'").setOrderBy("name").execute());

    assertThat(refusal.getStatusCode()).isEqualTo(403);
    assertThat(reason(refusal)).isEqualTo("forbidden");
  }

  @Test
  void items_of_all_drives_need_support_for_all_drives() {
    var refusal = refusal(() -> drive.files().list().setIncludeItemsFromAllDrives(true).execute());

    assertThat(refusal.getStatusCode()).isEqualTo(403);
    assertThat(reason(refusal)).isEqualTo("supportsTeamDrivesRequired");
    assertThat(refusal.getDetails().getMessage())
        .isEqualTo("The supportsAllDrives parameter was not set to true.");
  }

  @Test
  void masks_nest_by_slash_and_by_parentheses_and_star_is_everything() throws IOException {
    library.addSyntheticImage(folder, "a.jpg");

    var slash = children(drive, folder).setFields("files/imageMediaMetadata/width,files/id");
    var nested = children(drive, folder).setFields("files(id,imageMediaMetadata(width,height))");
    var star = children(drive, folder).setFields("*");

    var file = slash.execute().getFiles().getFirst();
    assertThat(file.keySet()).containsExactlyInAnyOrder("id", "imageMediaMetadata");
    assertThat(file.getImageMediaMetadata().keySet()).containsExactly("width");
    var other = nested.execute().getFiles().getFirst().getImageMediaMetadata();
    assertThat(other.keySet()).containsExactlyInAnyOrder("width", "height");
    var whole = star.execute().getFiles().getFirst();
    assertThat(whole.getMd5Checksum()).hasSize(32);
    assertThat(whole.getSha256Checksum()).hasSize(64);
    assertThat(whole.getCapabilities().getCanDownload()).isTrue();
    assertThat(whole.getOwners().getFirst().getEmailAddress())
        .isEqualTo("photographer@example.org");
    assertThat(whole.getUnknownKeys()).isEmpty();
  }

  @Test
  void a_mask_without_next_page_token_hides_that_there_is_more() throws IOException {
    library.seedImages(folder, "IMG_", 3);

    var page = children(drive, folder).setPageSize(2).setFields("files(id)").execute();

    assertThat(page.keySet()).containsExactly("files");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          files(id,etag)   | etag
          items            | items
          files(id         | files
          files/owners/age | age
          files(id/x)      | x
          """)
  void an_unknown_field_is_400_and_named(String fields, String named) {
    var refusal = refusal(() -> children(drive, folder).setFields(fields).execute());

    assertThat(refusal.getStatusCode()).isEqualTo(400);
    assertThat(refusal.getDetails().getMessage()).isEqualTo("Invalid field selection " + named);
    assertThat(reason(refusal)).isEqualTo("invalidParameter");
    assertThat(refusal.getDetails().getErrors().getFirst().getLocation()).isEqualTo("fields");
  }

  @Test
  void an_empty_mask_wants_nothing_and_known_but_unset_fields_are_left_out() throws Exception {
    assertThat(get("drive/v3/files?fields=", "Authorization", bearer()).body()).isEqualTo("{}");
    var file = drive.files().get(folder).setFields("id,description,driveId,size").execute();
    assertThat(file.keySet()).containsExactly("id");
  }

  @Test
  void of_a_repeated_parameter_the_first_counts() throws Exception {
    var response =
        get("drive/v3/files/" + folder + "?fields=id&fields=nonsense", "Authorization", bearer());

    assertThat(response.body()).isEqualTo("{\"id\":\"" + folder + "\"}");
  }

  @Test
  void pages_may_be_short_or_empty_when_told_so() throws IOException {
    library.seedImages(folder, "IMG_", 10);
    faults.pagesOfAtMost(4);
    faults.emptyPages(true);

    var list = children(drive, folder).setPageSize(1000);
    var first = list.execute();
    var files = all(list.setPageToken(first.getNextPageToken()));

    assertThat(first.getFiles()).isEmpty();
    assertThat(files).hasSize(10);
    assertThat(emulator.calls().all()).hasSize(2 * 3);
    faults.clear();
    assertThat(all(children(drive, folder).setPageSize(1000))).hasSize(10);
  }

  @Test
  void answers_are_zipped_for_who_can_unzip() throws Exception {
    library.seedImages(folder, "IMG_", 100);
    var request =
        HttpRequest.newBuilder(URI.create(emulator.rootUrl() + "drive/v3/files"))
            .header("Authorization", bearer())
            .header("Accept-Encoding", "gzip")
            .build();

    var response = HTTP.send(request, HttpResponse.BodyHandlers.ofInputStream());

    assertThat(response.headers().firstValue("Content-Encoding")).contains("gzip");
    assertThat(response.headers().firstValue("Content-Type"))
        .contains("application/json; charset=UTF-8");
    try (var in = new GZIPInputStream(response.body())) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
          .startsWith("{\"kind\":\"drive#fileList\"");
    }
  }

  @Test
  void an_overridden_get_is_read_from_a_form_even_a_zipped_one() throws Exception {
    library.addSyntheticImage(folder, "a.jpg");
    var zipped = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(zipped)) {
      String form = "fields=files(name)&q='" + folder + "'+in+parents";
      gzip.write(form.getBytes(StandardCharsets.UTF_8));
    }
    var request =
        HttpRequest.newBuilder(URI.create(emulator.rootUrl() + "drive/v3/files"))
            .header("Authorization", bearer())
            .header("X-HTTP-Method-Override", "GET")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Content-Encoding", "gzip")
            .POST(HttpRequest.BodyPublishers.ofByteArray(zipped.toByteArray()))
            .build();

    var response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());

    assertThat(response.body()).isEqualTo("{\"files\":[{\"name\":\"a.jpg\"}]}");
  }

  @Test
  void a_known_method_elsewhere_is_404() throws Exception {
    assertThat(get("drive/v3/nothing", "Authorization", bearer()).statusCode()).isEqualTo(404);
    assertThat(get("nothing").statusCode()).isEqualTo(404);
  }
}
