package org.drivelens.api.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.drivelens.api.Api;
import org.drivelens.api.Gallery;
import org.drivelens.api.OnTheApi;
import org.drivelens.testsupport.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What happened can be read: by run, by photo, and what cannot be shown. */
@OnTheApi
class HistoryApiTest {

  private final Api api;
  private final TestDatabase database;
  private final JdbcClient jdbc;
  private String event = "";

  HistoryApiTest(TestDatabase database, @LocalServerPort int port) {
    this.database = database;
    jdbc = database.jdbc();
    api = new Api(port);
  }

  @BeforeEach
  void begin() {
    database.clear();
    event =
        api.post(
                "/events",
                "{\"name\": \"Gala\", \"googleDriveUrl\": \"https://drive.google.com/drive/folders/1AbCdEfGhIjKlMnOpQrStUvWxYz012345\"}")
            .at("/id");
    gallery();
  }

  private Gallery gallery() {
    return Gallery.of(jdbc, event);
  }

  @Test
  void a_run_tells_why_how_long_for_what_price_and_what_came_of_it() {
    var run = run("SUCCEEDED", "interval '5 seconds'");
    jdbc.sql(
            """
            insert into sync_run_phase values (:run, 'WALKING', now(), now(), 1500), (:run, 'APPLYING', now() + interval '1 s', now(), 500)
            """)
        .param("run", run)
        .update();
    jdbc.sql(
            "insert into sync_run_call values (:run, 'files.get', 3, 15), (:run, 'files.list', 2, 200)")
        .param("run", run)
        .update();

    var told = api.get("/events/" + event + "/sync-runs/" + run);
    assertThat(told.status()).as(told.text()).isEqualTo(200);
    assertThat(told.json().propertyNames())
        .containsExactly(
            "id",
            "eventId",
            "trigger",
            "mode",
            "status",
            "attempts",
            "nextAttemptAt",
            "requestedAt",
            "startedAt",
            "finishedAt",
            "waitedMillis",
            "phases",
            "photosAdded",
            "photosUpdated",
            "photosMoved",
            "photosRemoved",
            "photosHeld",
            "pagesListed",
            "driveCalls",
            "quotaUnits",
            "callsByMethod",
            "unreadableFolders",
            "skippedFiles",
            "errorCode",
            "errorMessage");
    assertThat(told.at("/waitedMillis")).isEqualTo("8000");
    assertThat(told.at("/phases/0/phase")).isEqualTo("WALKING");
    assertThat(told.at("/phases/1/millis")).isEqualTo("500");
    assertThat(told.json().get("callsByMethod").toString())
        .isEqualTo(
            "[{\"method\":\"files.get\",\"calls\":3,\"quotaUnits\":15},{\"method\":\"files.list\",\"calls\":2,\"quotaUnits\":200}]");
    assertThat(api.get("/events/" + event + "/sync-runs").at("/items/0/phases/0/phase"))
        .isEqualTo("WALKING");
  }

  @Test
  void a_run_that_goes_on_tells_its_trouble_and_when_it_is_tried_again() {
    var run = run("RUNNING", "null");
    jdbc.sql(
            """
            update event_sync set run_id = :run, error_code = 'DRIVE_UNAVAILABLE', error_message = 'Wait.',
                   next_attempt_at = clock_timestamp() + interval '1 minute'
            """)
        .param("run", run)
        .update();
    var told = api.get("/events/" + event + "/sync-runs/" + run);
    assertThat(told.at("/errorCode")).isEqualTo("DRIVE_UNAVAILABLE");
    assertThat(told.json().get("nextAttemptAt").isNull()).isFalse();
    assertThat(told.json().get("finishedAt").isNull()).isTrue();
    assertThat(api.get("/events/" + event + "/sync-runs/" + UUID.randomUUID()).status())
        .isEqualTo(404);
    assertThat(api.get("/events/" + event + "/sync-runs/1").at("/errors/0/field"))
        .isEqualTo("runId");
  }

  @Test
  void a_run_keeps_what_could_not_be_shown_at_its_end() {
    issue("FOLDER", "b", "Late", "insufficientFilePermissions");
    issue("FILE", "f", "f.jpg", "unreadable");
    var then = run("SUCCEEDED", "interval '0'");
    jdbc.sql("update sync_run set finished_at = clock_timestamp() where id = :run")
        .param("run", then)
        .update();
    jdbc.sql("delete from sync_issue where item_id = 'b'").update();
    issue("FOLDER", "a", "Later", "insufficientFilePermissions");
    var now = run("RUNNING", "null::interval");

    assertThat(issues("/sync-runs/" + then)).containsExactly("FOLDER b", "FILE f");
    assertThat(issues("/sync-runs/" + now)).containsExactly("FOLDER a", "FILE f");
    assertThat(issues("")).containsExactly("FOLDER a", "FILE f");
    var none = api.get("/events/" + event + "/sync-runs/" + UUID.randomUUID() + "/issues");
    assertThat(none.status()).isEqualTo(404);
  }

  @Test
  void issues_name_folders_then_files_and_agree_with_the_counts_of_the_status() {
    gallery().folder("root", null, "").folder("a", "root", "Party").folder("b", "a", "Late");
    issue("FOLDER", "b", "Late", "insufficientFilePermissions");
    for (int i = 0; i < 5; i++) {
      issue("FILE", "file" + i, i == 0 ? null : "f" + i + ".jpg", "unreadable");
    }
    jdbc.sql("update event_sync set unreadable_folders = 1, skipped_files = 5").update();

    var issues = issues("");
    assertThat(issues)
        .containsExactly(
            "FOLDER b", "FILE file0", "FILE file1", "FILE file2", "FILE file3", "FILE file4");
    var first = api.get("/events/" + event + "/issues").json().at("/items/0");
    assertThat(first.propertyNames())
        .containsExactly("kind", "driveItemId", "name", "folderPath", "reason", "message", "since");
    assertThat(first.get("folderPath").toString()).isEqualTo("[\"Party\",\"Late\"]");
    assertThat(first.get("reason").asString()).isEqualTo("insufficientFilePermissions");

    var status = api.get("/events/" + event + "/sync-status");
    assertThat(issues.stream().filter(i -> i.startsWith("FOLDER")))
        .hasSize(Integer.parseInt(status.at("/unreadableFolders")));
    assertThat(issues.stream().filter(i -> i.startsWith("FILE")))
        .hasSize(Integer.parseInt(status.at("/skippedFiles")));
  }

  @Test
  void a_photo_tells_what_happened_to_it_also_when_it_is_gone() {
    gallery().folder("root", null, "").folder("a", "root", "Party");
    var photo = gallery().photo("f", "a", "new.jpg", null);
    var run = run("SUCCEEDED", "interval '5 seconds'");
    happened(photo, "APPEARED", null, null, run);
    happened(
        photo,
        "CHANGED",
        null,
        "{\"name\": [\"old.jpg\", \"new.jpg\"], \"width\": [null, \"640\"]}",
        run);
    happened(photo, "MOVED", null, "{\"folder\": [\"no more\", \"a\"]}", null);
    happened(photo, "REMOVED", "GONE", null, run);
    jdbc.sql("update photo set removed_at = clock_timestamp()").update();

    var path = "/events/" + event + "/photos/" + photo + "/history";
    var told = api.get(path);
    assertThat(told.status()).as(told.text()).isEqualTo(200);
    assertThat(told.json().propertyNames())
        .containsExactly("photoId", "name", "createdAt", "removedAt", "items", "nextCursor");
    assertThat(told.json().get("removedAt").isNull()).isFalse();
    assertThat(told.json().at("/items/0").propertyNames())
        .containsExactly("at", "kind", "reason", "message", "fields", "runId", "trigger");
    assertThat(told.at("/items/0/kind")).isEqualTo("REMOVED");
    assertThat(told.at("/items/0/reason")).isEqualTo("GONE");
    assertThat(told.at("/items/0/trigger")).isEqualTo("MANUAL");
    assertThat(told.json().at("/items/1/fields").toString())
        .isEqualTo("[{\"field\":\"folder\",\"before\":null,\"after\":\"/Party\"}]");
    assertThat(told.json().at("/items/2/fields").toString())
        .isEqualTo(
            "[{\"field\":\"name\",\"before\":\"old.jpg\",\"after\":\"new.jpg\"},{\"field\":\"width\",\"before\":null,\"after\":\"640\"}]");
    told.json().get("items").forEach(i -> assertThat(i.get("message").asString()).endsWith("."));

    var first = api.get(path + "?limit=3");
    assertThat(first.json().get("items")).hasSize(3);
    var rest = api.get(path + "?limit=3&cursor=" + first.at("/nextCursor"));
    assertThat(rest.at("/items/0/kind")).isEqualTo("APPEARED");
    assertThat(rest.json().get("nextCursor").isNull()).isTrue();

    // The tombstone goes before the history does.
    jdbc.sql("delete from photo").update();
    assertThat(api.get(path).json().get("items")).hasSize(4);
    jdbc.sql("delete from photo_history").update();
    assertThat(api.get(path).status()).isEqualTo(404);
  }

  @Test
  void a_photo_without_changes_has_an_empty_history_and_bad_questions_are_problems() {
    gallery().folder("root", null, "");
    var photo = gallery().photo("f", "root", "a.jpg", null);
    var path = "/events/" + event + "/photos/";
    assertThat(api.get(path + photo + "/history").json().get("items")).isEmpty();
    assertThat(api.get(path + UUID.randomUUID() + "/history").status()).isEqualTo(404);
    assertThat(api.get(path + "1/history").at("/errors/0/field")).isEqualTo("photoId");
    assertThat(api.get(path + photo + "/history?cursor=x").status()).isEqualTo(400);
    assertThat(api.get(path + photo + "/history?limit=0").status()).isEqualTo(400);
    assertThat(api.get(path + photo + "/history?sort=x").status()).isEqualTo(400);
    var other = anEventElsewhere();
    assertThat(api.get("/events/" + other + "/photos/" + photo + "/history").status())
        .isEqualTo(404);
  }

  private String anEventElsewhere() {
    return api.post("/events", "{\"name\": \"Other\"}").at("/id");
  }

  /** Page by page, of the event or of one of its runs. */
  private List<String> issues(String of) {
    var items = new ArrayList<String>();
    var path = "/events/" + event + of + "/issues?limit=2";
    for (String next = ""; next != null; ) {
      var page = api.get(path + next);
      assertThat(page.status()).as(page.text()).isEqualTo(200);
      page.json()
          .get("items")
          .forEach(
              i -> items.add(i.get("kind").asString() + " " + i.get("driveItemId").asString()));
      var cursor = page.json().get("nextCursor");
      next = cursor.isNull() ? null : "&cursor=" + cursor.asString();
    }
    return items;
  }

  private UUID run(String status, String took) {
    return jdbc.sql(
            """
            insert into sync_run (event_id, folder_epoch, generation, full_generation, requested_at, trigger, mode, status,
                                  started_at, finished_at)
            select :event, 1, 1, 1, t - interval '5 seconds', 'MANUAL', 'FULL', :status, t, t + %s
              from (select clock_timestamp() - interval '1 hour' as t) as t returning id
            """
                .formatted(took))
        .param("event", UUID.fromString(event))
        .param("status", status)
        .query(UUID.class)
        .single();
  }

  private void issue(String kind, String item, @Nullable String name, String reason) {
    jdbc.sql(
            """
            insert into sync_issue (event_id, folder_epoch, item_id, kind, name, reason, message)
            values (:event, 1, :item, :kind, :name, :reason, 'It cannot be shown.')
            """)
        .param("event", UUID.fromString(event))
        .param("item", item)
        .param("kind", kind)
        .param("name", name)
        .param("reason", reason)
        .update();
  }

  private void happened(
      UUID photo,
      String kind,
      @Nullable String reason,
      @Nullable String changes,
      @Nullable UUID run) {
    jdbc.sql(
            """
            insert into photo_history (event_id, folder_epoch, photo_id, kind, reason, changes, run_id)
            values (:event, 1, :photo, :kind, :reason, :changes::jsonb, :run)
            """)
        .param("event", UUID.fromString(event))
        .param("photo", photo)
        .param("kind", kind)
        .param("reason", reason)
        .param("changes", changes)
        .param("run", run)
        .update();
  }
}
