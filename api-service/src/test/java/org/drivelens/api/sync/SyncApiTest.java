package org.drivelens.api.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.drivelens.api.Api;
import org.drivelens.api.Gallery;
import org.drivelens.api.OnTheApi;
import org.drivelens.testsupport.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

@OnTheApi
class SyncApiTest {

  private final Api api;
  private final TestDatabase database;
  private final JdbcClient jdbc;

  SyncApiTest(TestDatabase database, @LocalServerPort int port) {
    this.database = database;
    jdbc = database.jdbc();
    api = new Api(port);
  }

  @BeforeEach
  void begin() {
    database.clear();
    jdbc.sql(
            "insert into drive_feed (credential, token, as_of) values ('c', 'token-9',"
                + " clock_timestamp())")
        .update();
  }

  @Test
  void a_request_is_stored_and_accepted_with_the_way_to_its_status() {
    var id = event("A", true);
    upToDate(id);
    var accepted = api.post("/events/" + id + "/sync", null);
    assertThat(accepted.status()).isEqualTo(202);
    assertThat(accepted.header("Location")).isEqualTo("/events/" + id + "/sync-status");
    assertThat(accepted.json().propertyNames())
        .containsExactly("eventId", "syncStatus", "statusUrl");
    assertThat(accepted.at("/syncStatus")).isEqualTo("SYNC_REQUIRED");
    assertThat(accepted.at("/statusUrl")).isEqualTo("/events/" + id + "/sync-status");
    assertThat(number("requested_generation", id)).isEqualTo(2);
    assertThat(number("full_generation", id)).isEqualTo(1);

    assertThat(api.post("/events/" + id + "/sync", "{}").status()).isEqualTo(202);
    assertThat(api.post("/events/" + id + "/sync", "{\"fullSync\": false}").status())
        .isEqualTo(202);
    assertThat(number("full_generation", id)).isEqualTo(1);
    assertThat(api.post("/events/" + id + "/sync", "{\"fullSync\": true}").status()).isEqualTo(202);
    assertThat(number("full_generation", id)).isEqualTo(5);
    assertThat(text("requested_trigger", id)).isEqualTo("MANUAL");
  }

  @Test
  void an_event_without_a_folder_cannot_be_synced() {
    var refused = api.post("/events/" + event("A", false) + "/sync", null);
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.at("/type")).isEqualTo("/problems/folder-missing");
  }

  @Test
  void the_status_tells_all_that_a_person_needs() {
    var id = event("A", true);
    upToDate(id);
    jdbc.sql(
            """
            update event_sync set photo_count = 12, skipped_files = 2, unreadable_folders = 1,
                   last_full_walk_at = clock_timestamp() where event_id = :id
            """)
        .param("id", id)
        .update();
    var status = api.get("/events/" + id + "/sync-status");
    assertThat(status.json().propertyNames())
        .containsExactly(
            "eventId",
            "eventName",
            "syncStatus",
            "lastSyncedAt",
            "syncErrorMessage",
            "hasGoogleDrive",
            "paused",
            "photoCount",
            "driveChangeToken",
            "lastFullWalkAt",
            "nextAttemptAt",
            "errorCode",
            "unreadableFolders",
            "skippedFiles",
            "feedCoverage",
            "progress",
            "heldRemoval");
    assertThat(status.json().get("progress").isNull()).isTrue();
    assertThat(status.json().get("heldRemoval").isNull()).isTrue();
    assertThat(status.at("/syncStatus")).isEqualTo("UP_TO_DATE");
    assertThat(status.at("/photoCount")).isEqualTo("12");
    assertThat(status.at("/driveChangeToken")).isEqualTo("token-9");
    assertThat(status.json().get("lastSyncedAt").isNull()).isFalse();
    assertThat(status.json().get("hasGoogleDrive").asBoolean()).isTrue();

    fail(id, "FOLDER_NOT_SHARED", "Share it.");
    var failed = api.get("/events/" + id + "/sync-status");
    assertThat(failed.at("/syncStatus")).isEqualTo("ERROR");
    assertThat(failed.at("/errorCode")).isEqualTo("FOLDER_NOT_SHARED");
    assertThat(failed.at("/syncErrorMessage")).isEqualTo("Share it.");
    assertThat(api.get("/events/" + id).at("/syncErrorMessage")).isEqualTo("Share it.");
  }

  @Test
  void a_running_walk_shows_how_far_it_is() {
    var id = event("A", true);
    upToDate(id);
    for (var sql :
        new String[] {
          "insert into walk (event_id, kind, feed_epoch, position, full_generation)"
              + " values (:id, 'FULL', 1, 0, 1)",
          "insert into walk_folder (event_id, folder_id, listed_at)"
              + " values (:id, 'a', now()), (:id, 'b', null), (:id, 'c', null)",
          "insert into walk_page (event_id, folder_id, page, file_ids)"
              + " values (:id, 'a', 0, '{1,2,3}'), (:id, 'b', 0, '{4}')"
        }) {
      jdbc.sql(sql).param("id", id).update();
    }
    var progress = api.get("/events/" + id + "/sync-status").json().get("progress");
    assertThat(progress.propertyNames())
        .containsExactly("phase", "foldersListed", "foldersKnown", "photosSeen", "startedAt");
    assertThat(progress.get("phase").asString()).isEqualTo("LISTING");
    assertThat(progress.get("foldersListed").asInt()).isEqualTo(1);
    assertThat(progress.get("foldersKnown").asInt()).isEqualTo(3);
    assertThat(progress.get("photosSeen").asInt()).isEqualTo(4);

    jdbc.sql("update walk_folder set listed_at = now()").update();
    assertThat(api.get("/events/" + id + "/sync-status").at("/progress/phase"))
        .isEqualTo("FINISHING");
    jdbc.sql("update event_sync set cleared_epoch = folder_epoch - 1").update();
    assertThat(api.get("/events/" + id + "/sync-status").json().get("progress").isNull()).isTrue();
  }

  @Test
  void a_held_removal_is_an_error_that_shows_what_is_missed_until_somebody_accepts() {
    var id = event("A", true);
    upToDate(id);
    assertThat(api.post("/events/" + id + "/held-removal/accept", null).status()).isEqualTo(409);
    hold(id, 12);

    var status = api.get("/events/" + id + "/sync-status");
    assertThat(status.at("/syncStatus")).isEqualTo("ERROR");
    assertThat(status.at("/errorCode")).isEqualTo("REMOVAL_HELD");
    assertThat(status.at("/syncErrorMessage")).isEqualTo("Many seem to be gone.");
    var held = status.json().get("heldRemoval");
    assertThat(held.propertyNames())
        .containsExactly("count", "photoCount", "since", "reason", "samples");
    assertThat(held.get("count").asInt()).isEqualTo(12);
    assertThat(held.get("photoCount").asInt()).isEqualTo(13);
    assertThat(held.get("reason").asString()).contains("accepts").endsWith(".");
    assertThat(held.get("samples")).hasSize(10);
    assertThat(held.at("/samples/0").propertyNames())
        .containsExactly("photoId", "driveFileId", "name", "folderPath", "reason", "since");
    assertThat(held.at("/samples/0/name").asString()).isEqualTo("h10.jpg");
    assertThat(held.at("/samples/0/folderPath").toString()).isEqualTo("[\"Party\",\"Late\"]");
    assertThat(held.at("/samples/0/reason").asString()).isEqualTo("GONE");
    // Their folder has left the tree, and they still say where they lay.
    assertThat(api.get("/events/" + id + "/photos?q=h10").at("/items/0/folderPath/1"))
        .isEqualTo("Late");

    var accepted = api.post("/events/" + id + "/held-removal/accept", null);
    assertThat(accepted.status()).as(accepted.text()).isEqualTo(202);
    assertThat(accepted.json().propertyNames()).containsExactly("eventId", "count", "statusUrl");
    assertThat(accepted.at("/count")).isEqualTo("12");
    assertThat(accepted.header("Location")).isEqualTo("/events/" + id + "/sync-status");
    assertThat(text("requested_trigger", id)).isEqualTo("REMOVAL_ACCEPTED");
    assertThat(text("removal_accepted", id)).isEqualTo("true");
    assertThat(api.get("/events/" + id + "/sync-status").at("/syncStatus"))
        .isEqualTo("SYNC_REQUIRED");

    var none = api.post("/events/" + event("B", false) + "/held-removal/accept", null);
    assertThat(none.status()).isEqualTo(409);
    assertThat(none.at("/type")).isEqualTo("/problems/nothing-held");
  }

  private void hold(UUID id, int photos) {
    var gallery = Gallery.of(jdbc, id.toString());
    gallery.photo("there", "f", "there.jpg", null);
    for (int i = 0; i < photos; i++) {
      gallery.photo("h" + (10 + i), "gone", "h" + (10 + i) + ".jpg", null);
    }
    jdbc.sql(
            """
            with held as (insert into held_removal (event_id, folder_epoch, drive_file_id, reason, folder_path)
                          select event_id, folder_epoch, drive_file_id, 'GONE', '{Party,Late}' from photo
                           where event_id = :id and parent_id = 'gone')
            update event_sync set held_photos = :n, photo_count = :n + 1, held_since = clock_timestamp(),
                   held_message = 'Many seem to be gone.' where event_id = :id
            """)
        .param("id", id)
        .param("n", photos)
        .update();
  }

  @Test
  void pending_are_those_that_wait_failed_or_were_not_looked_at_for_a_day() {
    var fresh = event("fresh", true);
    upToDate(fresh);
    var waiting = event("waiting", true);
    var failed = event("failed", true);
    fail(failed, "FOLDER_TRASHED", "Restore it.");
    event("no folder", false);
    var pending = api.get("/events/sync/pending");
    assertThat(pending.at("/total")).isEqualTo("2");
    assertThat(ids(pending.json().get("events"))).containsExactlyInAnyOrder(waiting, failed);
    assertThat(pending.json().at("/events/0").propertyNames())
        .containsExactly("id", "name", "syncStatus", "lastSyncedAt", "syncErrorMessage");

    jdbc.sql("update drive_feed set as_of = clock_timestamp() - interval '25 hours'").update();
    jdbc.sql(
            "update event_sync set last_synced_at = clock_timestamp() - interval '25 hours' where"
                + " event_id = :id")
        .param("id", fresh)
        .update();
    assertThat(ids(api.get("/events/sync/pending").json().get("events"))).contains(fresh);
  }

  @Test
  void bulk_with_an_empty_body_takes_all_that_wait_or_failed() {
    var fresh = event("fresh", true);
    upToDate(fresh);
    var waiting = event("waiting", true);
    var failed = event("failed", true);
    fail(failed, "FOLDER_TRASHED", "Restore it.");
    event("no folder", false);
    var bulk = api.post("/events/sync/bulk", null);
    assertThat(bulk.status()).isEqualTo(202);
    assertThat(bulk.at("/triggered")).isEqualTo("2");
    assertThat(bulk.at("/message")).isEqualTo("Sync asked for 2 events.");
    assertThat(ids(bulk.json().get("events"))).containsExactlyInAnyOrder(waiting, failed);
    assertThat(number("requested_generation", fresh)).isEqualTo(1);
    assertThat(api.get("/events/" + failed).at("/syncStatus")).isEqualTo("SYNC_REQUIRED");
    assertThat(text("requested_trigger", failed)).isEqualTo("BULK");

    assertThat(api.post("/events/sync/bulk", "{}").at("/triggered")).isEqualTo("2");
    // As curl -d '' sends it.
    var form = "application/x-www-form-urlencoded";
    assertThat(
            api.body("POST", "/events/sync/bulk", form, BodyPublishers.ofString(""))
                .at("/triggered"))
        .isEqualTo("2");
    assertThat(api.post("/events/sync/bulk", "{\"eventIds\": []}").at("/message"))
        .isEqualTo("No event needs a sync.");
  }

  @Test
  void bulk_takes_the_chosen_ones_counts_those_without_a_folder_and_refuses_unknown_ones() {
    var one = event("one", true);
    var two = event("two", true);
    upToDate(two);
    var none = event("none", false);
    var chosen =
        "{\"eventIds\": [\"%s\", \"%s\", \"%s\", \"%s\"], \"fullSync\": true}"
            .formatted(one, two, none, two);
    var bulk = api.post("/events/sync/bulk", chosen);
    assertThat(bulk.at("/triggered")).isEqualTo("2");
    assertThat(bulk.at("/message"))
        .isEqualTo("Sync asked for 2 events; 1 without a Google Drive folder was left out.");
    assertThat(number("full_generation", two)).isEqualTo(2);

    var unknown = UUID.randomUUID();
    var refused =
        api.post("/events/sync/bulk", "{\"eventIds\": [\"%s\", \"%s\"]}".formatted(two, unknown));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.at("/detail")).contains(unknown.toString());
    assertThat(number("requested_generation", two)).isEqualTo(2);
  }

  @Test
  void bulk_asks_for_thousands_and_shows_the_first_thousand() {
    jdbc.sql(
            """
            with e as (insert into event (name, folder_id) select 'E' || n, 'f' from generate_series(1, 2500) n returning id)
            insert into event_sync (event_id, folder_id, folder_epoch, requested_generation) select id, 'f', 1, 1 from e
            """)
        .update();
    var bulk = api.post("/events/sync/bulk", null);
    assertThat(bulk.at("/triggered")).isEqualTo("2500");
    assertThat(bulk.json().get("events")).hasSize(1000);
    assertThat(bulk.at("/message")).contains("the first 1,000 are shown");
    var pending = api.get("/events/sync/pending");
    assertThat(pending.at("/total")).isEqualTo("2500");
    assertThat(pending.json().get("events")).hasSize(1000);
  }

  @Test
  void statistics_count_every_status_and_name_the_event_synced_last() {
    var empty = api.get("/events/sync/statistics");
    assertThat(empty.at("/total")).isEqualTo("0");
    assertThat(empty.json().get("lastSyncedEvent").isNull()).isTrue();

    var fresh = event("fresh", true);
    upToDate(fresh);
    jdbc.sql("update event_sync set photo_count = 30 where event_id = :id")
        .param("id", fresh)
        .update();
    event("waiting", true);
    fail(event("failed", true), "FOLDER_TRASHED", "x");
    event("none", false);
    jdbc.sql(
            "update event_sync set lease_until = clock_timestamp() + interval '1 minute',"
                + " lease_fence = fence where event_id = :id")
        .param("id", event("running", true))
        .update();
    var statistics = api.get("/events/sync/statistics").json();
    assertThat(statistics.get("total").asInt()).isEqualTo(5);
    assertThat(statistics.get("byStatus").toString())
        .isEqualTo(
            "{\"neverSynced\":1,\"upToDate\":1,\"syncRequired\":1,\"syncing\":1,\"error\":1}");
    assertThat(statistics.get("totalPhotos").asInt()).isEqualTo(30);
    assertThat(statistics.at("/lastSyncedEvent/id").asString()).isEqualTo(fresh.toString());
    assertThat(statistics.at("/lastSyncedEvent/name").asString()).isEqualTo("fresh");
  }

  @Test
  void runs_are_listed_newest_first_page_by_page() {
    var id = event("A", true);
    var other = event("B", true);
    for (int i = 0; i < 5; i++) {
      for (var event : List.of(id, other)) {
        jdbc.sql(
                """
                insert into sync_run (event_id, folder_epoch, generation, full_generation, trigger, mode, status, photos_added)
                values (:event, 1, :n, 0, 'MANUAL', 'FULL', 'DONE', :n)
                """)
            .param("event", event)
            .param("n", i)
            .update();
      }
    }
    var first = api.get("/events/" + id + "/sync-runs?limit=3");
    assertThat(first.at("/items/0/photosAdded")).isEqualTo("4");
    assertThat(first.at("/items/0/trigger")).isEqualTo("MANUAL");
    var path = "/events/" + id + "/sync-runs?limit=3&cursor=" + first.at("/nextCursor");
    var second = api.get(path);
    assertThat(second.json().get("items")).hasSize(2);
    assertThat(second.at("/items/1/photosAdded")).isEqualTo("0");
    assertThat(second.json().get("nextCursor").isNull()).isTrue();
    assertThat(api.get(path.replace(id.toString(), other.toString())).status()).isEqualTo(400);
  }

  private UUID event(String name, boolean folder) {
    var url = folder ? "\"https://drive.google.com/drive/folders/1234567890\"" : "null";
    return UUID.fromString(
        api.post("/events", "{\"name\": \"%s\", \"googleDriveUrl\": %s}".formatted(name, url))
            .at("/id"));
  }

  /** As a worker leaves an event behind that it has synced. */
  private void upToDate(UUID event) {
    jdbc.sql(
            """
            update event_sync s
               set cleared_epoch = s.folder_epoch, synced_generation = s.requested_generation,
                   tried_generation = s.requested_generation, last_synced_at = clock_timestamp(),
                   feed_id = f.id, feed_epoch = f.epoch
              from drive_feed f where s.event_id = :event
            """)
        .param("event", event)
        .update();
  }

  private void fail(UUID event, String code, String message) {
    jdbc.sql(
            """
            update event_sync
               set cleared_epoch = folder_epoch, tried_generation = requested_generation, error_final = true,
                   error_code = :code, error_message = :message
             where event_id = :event
            """)
        .param("event", event)
        .param("code", code)
        .param("message", message)
        .update();
  }

  private static List<UUID> ids(tools.jackson.databind.JsonNode events) {
    var ids = new ArrayList<UUID>();
    events.forEach(e -> ids.add(UUID.fromString(e.get("id").asString())));
    return ids;
  }

  private long number(String column, UUID event) {
    return Long.parseLong(text(column, event));
  }

  private String text(String column, UUID event) {
    return jdbc.sql("select " + column + "::text from event_sync where event_id = :id")
        .param("id", event)
        .query(String.class)
        .single();
  }
}
