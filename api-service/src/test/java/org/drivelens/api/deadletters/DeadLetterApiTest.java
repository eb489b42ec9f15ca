package org.drivelens.api.deadletters;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.drivelens.api.Api;
import org.drivelens.api.OnTheApi;
import org.drivelens.testsupport.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

@OnTheApi
class DeadLetterApiTest {

  private static final String LETTERS = "/admin/dead-letters";

  private final Api api;
  private final TestDatabase database;
  private final JdbcClient jdbc;

  DeadLetterApiTest(TestDatabase database, @LocalServerPort int port) {
    this.database = database;
    jdbc = database.jdbc();
    api = new Api(port);
  }

  @BeforeEach
  void begin() {
    database.clear();
  }

  @Test
  void are_listed_newest_first_with_their_number_and_what_is_known_of_them() {
    var event =
        api.post(
                "/events",
                "{\"name\": \"Gala\", \"googleDriveUrl\": \"https://drive.google.com/drive/folders/1AbCdEfGhIjKlMnOpQrStUvWxYz012345\"}")
            .at("/id");
    jdbc.sql(
            """
            update event_sync set error_final = true, tried_generation = requested_generation, error_code = 'KEEPS_FAILING'
             where event_id = :id
            """)
        .param("id", UUID.fromString(event))
        .update();
    letter("sync.requested", "KILLS_WORKERS", UUID.fromString(event));
    letter("feed.poll", "UNREADABLE", null);

    var all = api.get(LETTERS);
    assertThat(all.json().propertyNames()).containsExactly("items", "nextCursor", "total");
    assertThat(all.at("/total")).isEqualTo("2");
    assertThat(all.json().at("/items/0").propertyNames())
        .containsExactly(
            "id",
            "queue",
            "reason",
            "detail",
            "diedAt",
            "messageType",
            "payload",
            "payloadBytes",
            "eventId",
            "event");
    assertThat(all.at("/items/0/queue")).isEqualTo("feed.poll");
    assertThat(all.json().at("/items/0/event").isNull()).isTrue();
    assertThat(all.at("/items/1/eventId")).isEqualTo(event);
    assertThat(all.at("/items/1/event/name")).isEqualTo("Gala");
    assertThat(all.at("/items/1/event/syncStatus")).isEqualTo("ERROR");
    assertThat(all.at("/items/1/event/errorCode")).isEqualTo("KEEPS_FAILING");
    assertThat(all.at("/items/1/payload")).isEqualTo("{not json");

    assertThat(api.get(LETTERS + "?queue=feed.poll").at("/total")).isEqualTo("1");
    assertThat(api.get(LETTERS + "?reason=KILLS_WORKERS").at("/items/0/eventId")).isEqualTo(event);
    assertThat(api.get(LETTERS + "?eventId=" + event).at("/total")).isEqualTo("1");
    assertThat(api.get(LETTERS + "?queue=maintenance").at("/total")).isEqualTo("0");
  }

  @Test
  void are_read_page_by_page() {
    for (int i = 0; i < 7; i++) {
      letter("sync.requested", "FAILED", null);
    }
    var ids = new ArrayList<String>();
    for (String cursor = ""; cursor != null; ) {
      var page = api.get(LETTERS + "?reason=FAILED&limit=3" + cursor);
      page.json().get("items").forEach(item -> ids.add(item.get("id").asString()));
      var next = page.json().get("nextCursor");
      cursor = next.isNull() ? null : "&cursor=" + next.asString();
      if (cursor != null) {
        assertThat(api.get(LETTERS + "?limit=3" + cursor).status()).isEqualTo(400);
      }
    }
    assertThat(ids).hasSize(7).doesNotHaveDuplicates();
  }

  @Test
  void are_discarded_one_by_one_or_those_that_fit() {
    var one = letter("sync.requested", "FAILED", null);
    letter("sync.requested", "FAILED", null);
    letter("sync.requested", "UNREADABLE", null);
    letter("feed.poll", "UNREADABLE", null);

    assertThat(api.delete(LETTERS + "/" + one).status()).isEqualTo(204);
    assertThat(api.delete(LETTERS + "/" + one).status()).isEqualTo(404);
    assertThat(api.delete(LETTERS + "?queue=sync.requested&reason=UNREADABLE").at("/discarded"))
        .isEqualTo("1");
    assertThat(api.get(LETTERS).at("/total")).isEqualTo("2");
    assertThat(api.delete(LETTERS).at("/discarded")).isEqualTo("2");
    assertThat(api.get(LETTERS).json().get("items")).isEmpty();
  }

  @Test
  void ask_for_the_sync_of_the_event_that_they_name() {
    var event =
        api.post(
                "/events",
                "{\"name\": \"Gala\", \"googleDriveUrl\": \"https://drive.google.com/drive/folders/1AbCdEfGhIjKlMnOpQrStUvWxYz012345\"}")
            .at("/id");
    var named = letter("sync.requested", "FAILED", UUID.fromString(event));
    var answer = api.post(LETTERS + "/" + named + "/sync", null);
    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.header("Location")).isEqualTo("/events/" + event + "/sync-status");
    assertThat(answer.at("/syncStatus")).isEqualTo("SYNC_REQUIRED");
    assertThat(
            jdbc.sql("select requested_generation from event_sync").query(Integer.class).single())
        .isEqualTo(2);

    for (var nothing :
        List.of(letter("q", "FAILED", null), letter("q", "FAILED", UUID.randomUUID()))) {
      var refused = api.post(LETTERS + "/" + nothing + "/sync", null);
      assertThat(refused.status()).isEqualTo(409);
      assertThat(refused.at("/type")).isEqualTo("/problems/no-event-named");
    }
    assertThat(api.post(LETTERS + "/" + UUID.randomUUID() + "/sync", null).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "reason=unreadable",
        "reason=",
        "queue=%00",
        "queue=a%0Ab",
        "eventId=1",
        "limit=0",
        "limit=501",
        "cursor=x",
        "qeue=sync.requested",
        "queue=a&queue=b"
      })
  void a_bad_filter_is_a_problem_and_discards_nothing(String query) {
    letter("sync.requested", "FAILED", null);
    var listed = api.get(LETTERS + "?" + query);
    assertThat(listed.status()).as(listed.text()).isEqualTo(400);
    assertThat(listed.at("/errors/0/field")).isEqualTo(query.substring(0, query.indexOf('=')));
    assertThat(api.delete(LETTERS + "?" + query).status()).isEqualTo(400);
    assertThat(api.get(LETTERS).at("/total")).isEqualTo("1");
  }

  @Test
  void what_is_no_id_is_a_problem() {
    assertThat(api.delete(LETTERS + "/1").status()).isEqualTo(400);
    assertThat(api.post(LETTERS + "/x/sync", null).status()).isEqualTo(400);
  }

  private UUID letter(String queue, String reason, @Nullable UUID event) {
    return jdbc.sql(
            """
            insert into dead_letter (queue, reason, detail, message_type, event_id, payload, payload_bytes, died_at)
            values (:queue, :reason, 'It died.', 'SyncRequested', :event, '{not json', 9, clock_timestamp()) returning id
            """)
        .param("queue", queue)
        .param("reason", reason)
        .param("event", event)
        .query(UUID.class)
        .single();
  }
}
