package org.drivelens.api.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.StreamSupport;
import org.drivelens.api.Api;
import org.drivelens.api.Api.Answer;
import org.drivelens.api.Gallery;
import org.drivelens.api.OnTheApi;
import org.drivelens.emulator.DriveEmulator;
import org.drivelens.emulator.call.Match;
import org.drivelens.emulator.fault.Trouble;
import org.drivelens.testsupport.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

@OnTheApi
class PreflightTest {

  private final Api api;
  private final TestDatabase database;
  private final DriveEmulator drive;

  PreflightTest(TestDatabase database, DriveEmulator drive, @LocalServerPort int port) {
    this.database = database;
    this.drive = drive;
    api = new Api(port);
  }

  @BeforeEach
  void begin() {
    drive.faults().clear();
    drive.calls().clear();
    database.clear();
  }

  @Test
  void a_folder_is_counted_with_all_below_it_and_its_first_sync_is_estimated() {
    var folder = drive.library().createFolder(null, "Anna & Ben");
    drive.library().share(folder);
    var church = drive.library().createFolder(folder, "Church");
    drive.library().seedImages(folder, "A", 1200);
    drive.library().seedImages(church, "B", 30);
    drive.library().addFile(church, "notes.txt", "text/plain", new byte[3]);
    var check = check(folder);
    assertThat(check.at("/reachable")).isEqualTo("true");
    assertThat(check.at("/folder")).isEqualTo("true");
    assertThat(check.at("/name")).isEqualTo("Anna & Ben");
    assertThat(check.at("/shareWith")).isEqualTo(drive.robotEmail());
    assertThat(check.at("/images")).isEqualTo("1230");
    assertThat(check.at("/folders")).isEqualTo("2");
    assertThat(check.at("/complete")).isEqualTo("true");
    assertThat(check.at("/firstSyncSeconds")).isEqualTo("1");
    assertThat(codes(check)).isEmpty();
    assertThat(database.jdbc().sql("select count(*) from event").query(Long.class).single())
        .isZero();
  }

  @Test
  void counting_ends_with_the_twentieth_call_and_says_at_least() {
    var folder = drive.library().createFolder(null, "Deep");
    drive.library().share(folder);
    var parent = folder;
    for (int i = 0; i < 30; i++) {
      parent = drive.library().createFolder(parent, "D" + i);
      drive.library().seedImages(parent, "I", 2);
    }
    var check = check(folder);
    assertThat(check.at("/complete")).isEqualTo("false");
    assertThat(check.json().get("images").asInt()).isBetween(10, 40);
    assertThat(check.at("/driveCalls")).isEqualTo("20");
    assertThat(drive.calls().all().stream().filter(c -> !c.method().wireName().contains("token")))
        .hasSize(20);
  }

  @Test
  void a_folder_that_is_not_shared_is_to_be_shared_with_the_robot() {
    var folder = drive.library().createFolder(null, "Mine");
    var check = check(folder);
    assertThat(check.at("/reachable")).isEqualTo("false");
    assertThat(check.json().get("name").isNull()).isTrue();
    assertThat(codes(check)).containsExactly("FOLDER_NOT_FOUND");
    assertThat(check.at("/warnings/0/message")).contains(drive.robotEmail());
  }

  @Test
  void a_file_a_trashed_an_empty_and_a_closed_folder_are_told_apart() {
    var folder = drive.library().createFolder(null, "E");
    drive.library().share(folder);
    assertThat(codes(check(folder))).containsExactly("NO_IMAGES");
    var file = drive.library().addFile(folder, "a.jpg", "image/jpeg", new byte[3]);
    assertThat(codes(check(file))).containsExactly("NOT_A_FOLDER");
    var closed = drive.library().createFolder(folder, "closed");
    drive.library().setListable(closed, false);
    assertThat(codes(check(folder))).containsExactly("PARTLY_UNREADABLE");
    assertThat(codes(check(closed))).containsExactly("FOLDER_NOT_LISTABLE");
    drive.library().trash(folder);
    assertThat(codes(check(folder))).containsExactly("FOLDER_TRASHED");
  }

  @Test
  void other_events_of_this_folder_above_it_and_inside_it_are_named() {
    var outer = drive.library().createFolder(null, "Outer");
    drive.library().share(outer);
    var middle = drive.library().createFolder(outer, "Middle");
    var inner = drive.library().createFolder(middle, "Inner");
    drive.library().seedImages(inner, "I", 1);
    assertThat(create("O", outer).json().get("warnings")).isEmpty();
    // Never synced, so only Drive tells that it lies inside.
    assertThat(codes(check(middle))).containsExactly("INSIDE_ANOTHER_EVENT");
    assertThat(create("M", middle).json().get("warnings")).isEmpty();

    var insider = create("I", inner);
    database
        .jdbc()
        .sql(
            """
            insert into event_ancestor (event_id, folder_epoch, folder_id, version)
            select event_id, folder_epoch, :middle, 1 from event_sync where event_id = cast(:inner as uuid)
            """)
        .param("middle", middle)
        .param("inner", insider.at("/id"))
        .update();
    var check = check(middle);
    assertThat(codes(check))
        .containsExactly("INSIDE_ANOTHER_EVENT", "SAME_FOLDER", "CONTAINS_ANOTHER_EVENT");
    assertThat(check.at("/warnings/2/message")).contains("\"I\"");
    assertThat(check.at("/warnings/2/eventId")).isEqualTo(insider.at("/id"));

    var again = create("M again", middle);
    assertThat(again.status()).isEqualTo(201);
    assertThat(codes(again)).containsExactly("SAME_FOLDER", "CONTAINS_ANOTHER_EVENT");
    Gallery.of(database.jdbc(), create("O again", outer).at("/id")).folder(inner, middle, "Inner");
    assertThat(codes(create("I again", inner)))
        .containsExactly("SAME_FOLDER", "INSIDE_ANOTHER_EVENT");
  }

  @Test
  void while_drive_is_down_a_check_is_a_problem_and_an_event_is_created_all_the_same() {
    drive.faults().fail(Match.any(), Trouble.google(403, "dailyLimitExceeded"));
    assertThat(post("{\"googleDriveUrl\": \"" + url("1AbCdEfGhIjKl") + "\"}").status())
        .isEqualTo(503);
    assertThat(create("E", "1AbCdEfGhIjKl").status()).isEqualTo(201);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"googleDriveUrl\": null}",
        "{\"googleDriveUrl\": 1}",
        "{\"googleDriveUrl\": \"\"}",
        "{\"googleDriveUrl\": \"https://evil.test/drive/folders/1234567890\"}",
        "{\"googleDriveUrl\": \"http://169.254.169.254/\"}"
      })
  void a_bad_link_is_named_and_nobody_is_asked(String body) {
    var answer = post(body);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.at("/errors/0/field")).isEqualTo("googleDriveUrl");
    assertThat(drive.calls().all()).isEmpty();
  }

  private Answer post(String body) {
    return api.post("/drive/check", body);
  }

  private Answer check(String folder) {
    var answer = post("{\"googleDriveUrl\": \"" + url(folder) + "\"}");
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer;
  }

  private Answer create(String name, String folder) {
    return api.post(
        "/events", "{\"name\": \"%s\", \"googleDriveUrl\": \"%s\"}".formatted(name, url(folder)));
  }

  private static String url(String folder) {
    return "https://drive.google.com/drive/folders/" + folder;
  }

  private static List<String> codes(Answer answer) {
    return StreamSupport.stream(answer.json().get("warnings").spliterator(), false)
        .map(warning -> warning.get("code").asString())
        .toList();
  }
}
