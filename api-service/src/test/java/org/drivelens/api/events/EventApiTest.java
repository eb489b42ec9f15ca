package org.drivelens.api.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Objects;
import java.util.UUID;
import org.drivelens.api.Api;
import org.drivelens.api.Api.Answer;
import org.drivelens.api.OnTheApi;
import org.drivelens.contract.Command.SyncRequested;
import org.drivelens.contract.ContractConverter;
import org.drivelens.contract.Queues;
import org.drivelens.testsupport.TestBroker;
import org.drivelens.testsupport.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.boot.test.web.server.LocalServerPort;

@OnTheApi
class EventApiTest {

  private static final String FOLDER = "https://drive.google.com/drive/folders/";
  private static final String URL = FOLDER + "1AbCdEfGhIjKlMnOpQrStUvWxYz012345";

  private final TestDatabase database;
  private final Api api;
  private final RabbitTemplate rabbit;

  EventApiTest(TestDatabase database, TestBroker broker, @LocalServerPort int port) {
    this.database = database;
    api = new Api(port);
    rabbit = new RabbitTemplate(broker.connectionFactory());
    rabbit.setMessageConverter(new ContractConverter());
    broker.declare(Queues.command(Queues.SYNC_REQUESTED));
  }

  @BeforeEach
  void begin() {
    database.clear();
    while (rabbit.receive(Queues.SYNC_REQUESTED) != null) {
      // Messages of the test before.
    }
  }

  @Test
  void creates_an_event_with_a_folder_and_asks_for_its_first_sync_at_once() {
    var created =
        api.post(
            "/events",
            """
            {"name": "  Anna & Ben ", "googleDriveUrl": "%s?resourcekey=0-abcdefghijklmnopqrstuv",
             "date": "2026-05-14", "location": "Old Mill", "description": "first\\nsecond"}
            """
                .formatted(URL));
    assertThat(created.status()).isEqualTo(201);
    assertThat(created.header("Location")).isEqualTo("/events/" + created.at("/id"));
    assertThat(created.at("/name")).isEqualTo("Anna & Ben");
    assertThat(created.at("/date")).isEqualTo("2026-05-14");
    assertThat(created.at("/syncStatus")).isEqualTo("SYNC_REQUIRED");
    assertThat(created.json().propertyNames())
        .containsExactly(
            "id",
            "name",
            "googleDriveUrl",
            "date",
            "location",
            "description",
            "syncStatus",
            "lastSyncedAt",
            "syncErrorMessage",
            "errorCode",
            "driveChangeToken",
            "photoCount",
            "paused",
            "createdAt",
            "updatedAt",
            "warnings");
    assertThat(created.json().get("warnings")).isEmpty();
    var event = (tools.jackson.databind.node.ObjectNode) created.json();
    event.remove("warnings");
    assertThat(api.get(created.header("Location")).json()).isEqualTo(event);

    var asked = nextMessage();
    assertThat(asked.eventId().toString()).isEqualTo(created.at("/id"));
    assertThat(asked.urgent()).isTrue();
    assertThat(
            database
                .jdbc()
                .sql("select folder_id || ' ' || resource_key from event_sync")
                .query(String.class)
                .single())
        .isEqualTo("1AbCdEfGhIjKlMnOpQrStUvWxYz012345 0-abcdefghijklmnopqrstuv");
  }

  @Test
  void an_event_without_a_folder_was_never_synced_and_asks_for_nothing() {
    var created = api.post("/events", "{\"name\": \"Later\"}");
    assertThat(created.status()).isEqualTo(201);
    assertThat(created.at("/syncStatus")).isEqualTo("NEVER_SYNCED");
    assertThat(created.json().get("googleDriveUrl").isNull()).isTrue();
    assertThat(created.json().get("lastSyncedAt").isNull()).isTrue();
    assertThat(requestedGeneration(created.at("/id"))).isZero();
  }

  @Test
  void a_changed_url_starts_over_and_another_link_of_the_same_folder_does_not() {
    var path = api.post("/events", event(URL)).header("Location");
    var id = path.substring("/events/".length());
    nextMessage();

    var same = api.patch(path, "{\"googleDriveUrl\": \"%s?usp=sharing\"}".formatted(URL));
    assertThat(same.status()).isEqualTo(200);
    assertThat(same.at("/googleDriveUrl")).endsWith("usp=sharing");
    assertThat(requestedGeneration(id)).isEqualTo(1);

    var other = api.patch(path, "{\"googleDriveUrl\": \"%sAnotherFolder0123\"}".formatted(FOLDER));
    assertThat(other.status()).isEqualTo(200);
    assertThat(requestedGeneration(id)).isEqualTo(2);
    assertThat(folderEpoch(id)).isEqualTo(2);
    assertThat(nextMessage().eventId().toString()).isEqualTo(id);

    var none = api.patch(path, "{\"googleDriveUrl\": null}");
    assertThat(none.at("/syncStatus")).isEqualTo("NEVER_SYNCED");
    assertThat(folderEpoch(id)).isEqualTo(3);
  }

  @Test
  void a_link_without_the_resource_key_keeps_the_key_and_another_key_starts_over() {
    var path = api.post("/events", event(URL + "?resourcekey=0-first00000")).header("Location");
    var id = path.substring("/events/".length());
    api.patch(path, "{\"googleDriveUrl\": \"%s\"}".formatted(URL));
    assertThat(folderEpoch(id)).isEqualTo(1);
    api.patch(path, "{\"googleDriveUrl\": \"%s?resourcekey=0-second\"}".formatted(URL));
    assertThat(folderEpoch(id)).isEqualTo(2);
  }

  @Test
  void a_patch_replaces_what_it_names_removes_what_is_null_and_keeps_the_rest() {
    var created =
        api.post(
            "/events",
            "{\"name\": \"A\", \"location\": \"here\", \"description\": \"d\", \"date\":"
                + " \"2026-01-01\"}");
    var path = created.header("Location");
    var patched =
        api.body(
            "PATCH",
            path,
            "application/json",
            java.net.http.HttpRequest.BodyPublishers.ofString(
                "{\"name\": \"B\", \"location\": null}"));
    assertThat(patched.status()).isEqualTo(200);
    assertThat(patched.at("/name")).isEqualTo("B");
    assertThat(patched.json().get("location").isNull()).isTrue();
    assertThat(patched.at("/description")).isEqualTo("d");
    assertThat(patched.at("/date")).isEqualTo("2026-01-01");
    assertThat(Instant.parse(patched.at("/updatedAt")))
        .isAfter(Instant.parse(patched.at("/createdAt")));
    assertThat(patched.at("/createdAt")).isEqualTo(created.at("/createdAt"));

    assertThat(api.patch(path, "{\"name\": null}").status()).isEqualTo(400);
    assertThat(api.patch(path, "{\"syncStatus\": \"UP_TO_DATE\"}").at("/errors/0/field"))
        .isEqualTo("syncStatus");
    assertThat(api.patch(path, "{\"id\": null}").status()).isEqualTo(400);
    assertThat(api.patch(path, "[]").status()).isEqualTo(400);
    assertThat(api.patch(path, "{}").status()).isEqualTo(200);
    assertThat(api.get(path).at("/name")).isEqualTo("B");
  }

  @Test
  void a_deleted_event_is_gone_from_every_answer_and_its_folder_is_let_go() {
    var path = api.post("/events", event(URL)).header("Location");
    var id = path.substring("/events/".length());
    assertThat(api.delete(path).status()).isEqualTo(204);
    assertThat(api.delete(path).status()).isEqualTo(404);
    assertThat(api.get(path).status()).isEqualTo(404);
    assertThat(api.patch(path, "{\"name\": \"x\"}").status()).isEqualTo(404);
    assertThat(api.get(path + "/photos").status()).isEqualTo(404);
    assertThat(api.get(path + "/sync-status").status()).isEqualTo(404);
    assertThat(api.get(path + "/sync-runs").status()).isEqualTo(404);
    assertThat(api.post(path + "/sync", null).status()).isEqualTo(404);
    assertThat(api.get("/events").json().get("items")).isEmpty();
    assertThat(folderEpoch(id)).isEqualTo(2);
    assertThat(
            database
                .jdbc()
                .sql("select folder_id is null from event_sync")
                .query(Boolean.class)
                .single())
        .isTrue();
  }

  @Test
  void events_are_listed_newest_first_each_once_while_others_are_created() {
    var created = new ArrayList<String>();
    for (int i = 0; i < 7; i++) {
      created.addFirst(api.post("/events", "{\"name\": \"E%d\"}".formatted(i)).at("/id"));
    }
    var seen = new ArrayList<String>();
    Answer page = api.get("/events?limit=3");
    while (true) {
      page.json().get("items").forEach(item -> seen.add(item.get("id").asString()));
      if (page.json().get("nextCursor").isNull()) {
        break;
      }
      api.post("/events", "{\"name\": \"newer\"}");
      page = api.get("/events?limit=3&cursor=" + page.at("/nextCursor"));
    }
    assertThat(seen).isEqualTo(created);
  }

  @Test
  void a_list_that_ends_with_its_page_has_no_next_cursor() {
    api.post("/events", "{\"name\": \"A\"}");
    api.post("/events", "{\"name\": \"B\"}");
    assertThat(api.get("/events?limit=2").json().get("nextCursor").isNull()).isTrue();
    assertThat(api.get("/events?limit=1").json().get("nextCursor").isNull()).isFalse();
  }

  @Test
  void two_edits_at_once_lose_nothing() throws Exception {
    var path = api.post("/events", "{\"name\": \"A\"}").header("Location");
    var threads = new ArrayList<Thread>();
    for (var field : new String[] {"name", "location", "description"}) {
      threads.add(
          Thread.startVirtualThread(() -> {
            for (int i = 1; i <= 15; i++) {
              api.patch(path, "{\"%s\": \"%d\"}".formatted(field, i));
            }
          }));
    }
    for (var thread : threads) {
      thread.join(Duration.ofSeconds(30));
    }
    var event = api.get(path);
    assertThat(event.at("/name") + event.at("/location") + event.at("/description"))
        .isEqualTo("151515");
  }

  private static String event(String url) {
    return "{\"name\": \"E\", \"googleDriveUrl\": \"%s\"}".formatted(url);
  }

  private SyncRequested nextMessage() {
    return await()
        .until(
            () -> (SyncRequested) rabbit.receiveAndConvert(Queues.SYNC_REQUESTED),
            Objects::nonNull);
  }

  private long requestedGeneration(String id) {
    return column("requested_generation", id);
  }

  private long folderEpoch(String id) {
    return column("folder_epoch", id);
  }

  private long column(String name, String id) {
    return database
        .jdbc()
        .sql("select " + name + " from event_sync where event_id = :id")
        .param("id", UUID.fromString(id))
        .query(Long.class)
        .single();
  }

  @Test
  void lists_the_events_that_fit_a_filter_page_by_page() {
    for (var name : new String[] {"Anna & Ben", "Annual 100%", "Open day"}) {
      assertThat(api.post("/events", "{\"name\": \"%s\"}".formatted(name)).status()).isEqualTo(201);
    }
    var withFolder =
        api.post(
            "/events",
            "{\"name\": \"Anna's birthday\", \"googleDriveUrl\": \"%s\"}".formatted(URL));
    assertThat(names("/events?q=ANN"))
        .containsExactly("Anna's birthday", "Annual 100%", "Anna & Ben");
    assertThat(names("/events?q=0%25")).containsExactly("Annual 100%");
    assertThat(names("/events?q=_")).isEmpty();
    assertThat(names("/events?q=ann&status=NEVER_SYNCED"))
        .containsExactly("Annual 100%", "Anna & Ben");
    assertThat(names("/events?status=SYNC_REQUIRED,ERROR")).containsExactly("Anna's birthday");
    assertThat(names("/events?errorCode=FOLDER_NOT_SHARED")).isEmpty();
    database
        .jdbc()
        .sql(
            """
            update event_sync set error_final = true, error_code = 'FOLDER_NOT_SHARED', error_message = 'x',
                                  tried_generation = requested_generation
             where event_id = :event
            """)
        .param("event", UUID.fromString(withFolder.at("/id")))
        .update();
    assertThat(names("/events?errorCode=FOLDER_NOT_SHARED&status=ERROR"))
        .containsExactly("Anna's birthday");

    var first = api.get("/events?q=ann&limit=2");
    var cursor = first.at("/nextCursor");
    assertThat(names("/events?q=ann&limit=2&cursor=" + cursor)).containsExactly("Anna & Ben");
    assertThat(api.get("/events?q=an&limit=2&cursor=" + cursor).status()).isEqualTo(400);
    assertThat(api.get("/events?limit=2&cursor=" + cursor).status()).isEqualTo(400);
  }

  @Test
  void a_filter_that_cannot_be_meant_is_refused_rather_than_taken_for_all() {
    for (var filter :
        new String[] {"status=", "status=GONE", "status=ERROR,", "errorCode=", "errorCode=error"}) {
      var answer = api.get("/events?" + filter);
      assertThat(answer.status()).as(filter).isEqualTo(400);
      assertThat(answer.at("/errors/0/message")).startsWith("must be one of [");
    }
    assertThat(api.get("/events?q=" + "x".repeat(201)).status()).isEqualTo(400);
    assertThat(api.get("/events?q=%00").status()).isEqualTo(400);
  }

  private java.util.List<String> names(String path) {
    var names = new ArrayList<String>();
    var answer = api.get(path);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    answer.json().get("items").forEach(event -> names.add(event.get("name").asString()));
    return names;
  }
}
