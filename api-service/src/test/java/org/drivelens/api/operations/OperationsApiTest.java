package org.drivelens.api.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.drivelens.api.Api;
import org.drivelens.api.OnTheApi;
import org.drivelens.contract.Command;
import org.drivelens.contract.ContractConverter;
import org.drivelens.contract.Queues;
import org.drivelens.testsupport.TestBroker;
import org.drivelens.testsupport.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What whoever runs Drivelens sees of it, and pausing. */
@OnTheApi
class OperationsApiTest {

  private final Api api;
  private final TestDatabase database;
  private final JdbcClient jdbc;
  private final RabbitTemplate rabbit;

  OperationsApiTest(TestDatabase database, TestBroker broker, @LocalServerPort int port) {
    this.database = database;
    jdbc = database.jdbc();
    api = new Api(port);
    rabbit = new RabbitTemplate(broker.connectionFactory());
    rabbit.setMessageConverter(new ContractConverter());
    broker.declare(Queues.ticks(Queues.MAINTENANCE));
  }

  @BeforeEach
  void begin() {
    database.clear();
    while (rabbit.receive(Queues.MAINTENANCE) != null) {
      // Of the test before.
    }
  }

  @Test
  void an_empty_instance_has_an_overview() {
    var overview = api.get("/admin/overview").json();
    assertThat(overview.at("/events/total").asInt()).isZero();
    assertThat(overview.get("oldestBehind").isNull()).isTrue();
    assertThat(overview.get("paused").isNull()).isTrue();
    assertThat(overview.get("feedAsOf").isNull()).isTrue();
    assertThat(overview.at("/quota/share").asDouble()).isEqualTo(1);
    assertThat(overview.at("/workers/alive").asInt()).isZero();
  }

  @Test
  void the_overview_counts_what_is_there_and_names_the_oldest_that_is_behind() {
    var old = event("Old");
    failed(old, "FOLDER_NOT_SHARED", "2 hours");
    failed(event("Less old"), "FOLDER_TRASHED", "1 hour");
    api.post("/events", "{\"name\": \"No folder\"}");
    api.post("/events/" + old + "/pause", null);
    run(old, "FAILED", "23 hours");
    run(old, "FAILED", "25 hours");
    worker("1@a", "5 seconds");
    worker("2@a", "31 seconds");
    startedAgo("1 hour");
    jdbc.sql(
            "insert into drive_quota (credential, units_per_minute, share, viewer_units) values ('c',"
                + " 1000, 0.7, 50)")
        .update();

    var overview = api.get("/admin/overview").json();
    assertThat(overview.at("/events/total").asInt()).isEqualTo(3);
    assertThat(overview.at("/events/error").asInt()).isEqualTo(2);
    assertThat(overview.at("/events/neverSynced").asInt()).isEqualTo(1);
    assertThat(overview.at("/events/paused").asInt()).isEqualTo(1);
    assertThat(overview.at("/oldestBehind/name").asString()).isEqualTo("Old");
    assertThat(Instant.parse(overview.at("/oldestBehind/since").asString()))
        .isBetween(
            Instant.now().minus(Duration.ofMinutes(121)),
            Instant.now().minus(Duration.ofMinutes(119)));
    assertThat(overview.get("failedRuns").asInt()).isEqualTo(1);
    assertThat(overview.at("/workers/alive").asInt()).isEqualTo(1);
    assertThat(overview.at("/workers/silent").asInt()).isEqualTo(1);
    assertThat(overview.at("/quota/unitsPerMinute").asInt()).isEqualTo(1000);
    assertThat(overview.at("/quota/share").asDouble()).isEqualTo(0.7);
  }

  @Test
  void a_worker_that_died_is_missed_until_another_is_started() {
    worker("1@a", "50 seconds");
    worker("2@a", "40 seconds");
    startedAgo("1 hour");
    assertThat(missed()).isEqualTo(2);
    worker("3@a", "0 seconds");
    jdbc.sql(
            "update worker set started_at = clock_timestamp() - interval '45 seconds' where name = '3@a'")
        .update();
    assertThat(missed()).isEqualTo(1);
    worker("4@a", "0 seconds");
    assertThat(missed()).isZero();
  }

  @Test
  void a_worker_that_took_the_place_of_a_dead_one_may_be_stopped_in_order() {
    worker("1@a", "50 seconds");
    worker("2@a", "0 seconds");
    startedAgo("1 hour");
    worker("3@a", "0 seconds");
    assertThat(missed()).isZero();
    jdbc.sql("update worker set stopped_at = clock_timestamp() where name = '3@a'").update();
    assertThat(missed()).isZero();
    assertThat(api.get("/admin/overview").json().at("/workers/alive").asInt()).isEqualTo(1);
    assertThat(api.get("/admin/workers").json().get("workers")).hasSize(2);
  }

  private void startedAgo(String age) {
    jdbc.sql("update worker set started_at = clock_timestamp() - :age::interval")
        .param("age", age)
        .update();
  }

  private int missed() {
    return api.get("/admin/overview").json().at("/workers/silent").asInt();
  }

  @Test
  void throughput_has_no_gaps_and_its_last_part_is_now() {
    var event = event("A");
    run(event, "SUCCEEDED", "0 seconds");
    run(event, "FAILED", "30 minutes");
    var throughput = api.get("/admin/throughput?hours=1").json();
    assertThat(throughput.get("seconds").asInt()).isEqualTo(60);
    var parts = throughput.get("parts");
    assertThat(parts.size()).isEqualTo(60);
    int succeeded = 0;
    int failed = 0;
    int added = 0;
    for (var part : parts) {
      succeeded += part.get("succeeded").asInt();
      failed += part.get("failed").asInt();
      added += part.get("photosAdded").asInt();
    }
    assertThat(succeeded).isEqualTo(1);
    assertThat(failed).isEqualTo(1);
    assertThat(added).isEqualTo(6);
    assertThat(Instant.parse(parts.get(59).get("at").asString()))
        .isAfter(Instant.now().minusSeconds(65));
    for (var hours : new String[] {"0", "169", "x"}) {
      assertThat(api.get("/admin/throughput?hours=" + hours).status()).as(hours).isEqualTo(400);
    }
  }

  @Test
  void failures_are_grouped_by_cause_and_one_cause_is_tried_again_after_counting() {
    var one = event("One");
    failed(one, "FOLDER_NOT_SHARED", "1 hour");
    failed(event("Two"), "FOLDER_NOT_SHARED", "1 hour");
    var trashed = event("Three");
    failed(trashed, "FOLDER_TRASHED", "1 hour");

    var failures = api.get("/admin/failures").json();
    assertThat(failures.get("events").asInt()).isEqualTo(3);
    assertThat(failures.at("/causes/0/errorCode").asString()).isEqualTo("FOLDER_NOT_SHARED");
    assertThat(failures.at("/causes/0/failed").asInt()).isEqualTo(2);
    assertThat(failures.at("/causes/0/examples").size()).isEqualTo(2);
    assertThat(failures.at("/causes/1/examples/0/name").asString()).isEqualTo("Three");

    var retry = "{\"errorCode\": \"FOLDER_NOT_SHARED\", \"dryRun\": %s}";
    var counted = api.post("/events/sync/bulk", retry.formatted("true"));
    assertThat(counted.at("/triggered")).isEqualTo("2");
    assertThat(counted.at("/message")).isEqualTo("Sync would be asked for 2 events.");
    assertThat(api.get("/events/" + one).at("/syncStatus")).isEqualTo("ERROR");

    api.post("/events/" + one + "/pause", null);
    var asked = api.post("/events/sync/bulk", retry.formatted("false"));
    assertThat(asked.at("/message"))
        .isEqualTo("Sync asked for 1 event; 1 that is paused was left out.");
    assertThat(asked.at("/events/0/name")).isEqualTo("Two");
    assertThat(api.get("/events/" + trashed).at("/syncStatus")).isEqualTo("ERROR");

    assertThat(api.post("/events/sync/bulk", "{\"errorCode\": \"NO_SUCH\"}").status())
        .isEqualTo(400);
    assertThat(
            api.post(
                    "/events/sync/bulk",
                    "{\"errorCode\": \"FOLDER_TRASHED\", \"eventIds\": [\"%s\"]}".formatted(one))
                .at("/errors/0/field"))
        .isEqualTo("errorCode");
  }

  @Test
  void a_paused_event_says_who_and_when_and_takes_no_request() {
    var event = event("A");
    var paused = api.post("/events/" + event + "/pause", null);
    assertThat(paused.status()).isEqualTo(200);
    assertThat(paused.at("/by")).isEqualTo("admin");
    assertThat(paused.at("/all")).isEqualTo("false");
    assertThat(api.post("/events/" + event + "/pause", null).at("/since"))
        .isEqualTo(paused.at("/since"));
    assertThat(api.get("/events/" + event).at("/paused/since")).isEqualTo(paused.at("/since"));
    assertThat(api.get("/events/" + event + "/sync-status").at("/paused/by")).isEqualTo("admin");
    assertThat(api.get("/events?paused=true").at("/items/0/id")).isEqualTo(event.toString());
    assertThat(api.get("/events?paused=false").json().get("items").size()).isZero();
    assertThat(api.get("/events?paused=maybe").status()).isEqualTo(400);

    var refused = api.post("/events/" + event + "/sync", null);
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.at("/type")).isEqualTo("/problems/paused");
    assertThat(refused.at("/detail")).contains("paused by admin at");
    assertThat(api.get("/admin/audit?eventId=" + event).at("/items/0/action"))
        .isEqualTo("POST /events/{id}/pause");

    assertThat(api.delete("/events/" + event + "/pause").status()).isEqualTo(204);
    assertThat(api.delete("/events/" + event + "/pause").status()).isEqualTo(204);
    assertThat(api.get("/events/" + event).json().get("paused").isNull()).isTrue();
    assertThat(api.post("/events/" + event + "/sync", null).status()).isEqualTo(202);
    assertThat(api.post("/events/" + UUID.randomUUID() + "/pause", null).status()).isEqualTo(404);
    assertThat(api.delete("/events/" + UUID.randomUUID() + "/pause").status()).isEqualTo(404);
  }

  @Test
  void while_all_are_paused_no_request_is_taken_and_each_event_says_so() {
    var event = event("A");
    assertThat(api.get("/admin/pause").json().get("paused").isNull()).isTrue();
    assertThat(api.post("/admin/pause", null).at("/all")).isEqualTo("true");
    assertThat(api.get("/admin/pause").at("/paused/by")).isEqualTo("admin");
    assertThat(api.get("/admin/overview").at("/paused/by")).isEqualTo("admin");
    assertThat(api.get("/events/" + event).at("/paused/all")).isEqualTo("true");
    assertThat(api.post("/events/" + event + "/sync", null).at("/detail")).contains("all events");
    assertThat(api.post("/events/sync/bulk", null).at("/message"))
        .isEqualTo("Sync asked for 0 events; 1 that is paused was left out.");
    api.post("/events/" + event + "/pause", null);
    assertThat(api.delete("/admin/pause").status()).isEqualTo(204);
    assertThat(api.get("/events/" + event).at("/paused/all")).isEqualTo("false");
  }

  @Test
  void workers_are_shown_with_what_they_are_at() {
    worker("7@host", "3 seconds");
    worker("8@host", "2 minutes");
    var event = event("Big one");
    jdbc.sql(
            """
            update event_sync set lease_owner = '7@host', lease_until = clock_timestamp() + interval '20 seconds',
                   lease_fence = fence where event_id = :event
            """)
        .param("event", event)
        .update();
    var workers = api.get("/admin/workers").json().get("workers");
    assertThat(workers.size()).isEqualTo(2);
    assertThat(workers.at("/0/alive").asBoolean() ^ workers.at("/1/alive").asBoolean()).isTrue();
    for (var worker : workers) {
      var alive = worker.get("name").asString().equals("7@host");
      assertThat(worker.get("alive").asBoolean()).isEqualTo(alive);
      assertThat(worker.get("jobs").size()).isEqualTo(alive ? 1 : 0);
    }
  }

  @Test
  void queues_are_shown_with_their_depth_and_the_oldest_that_waits() {
    event("A");
    var queues = api.get("/admin/queues").json();
    assertThat(queues.get("brokerReachable").asBoolean()).isTrue();
    assertThat(queues.get("managementUrl").isNull()).isTrue();
    for (var queue : queues.get("queues")) {
      switch (queue.get("name").asString()) {
        case Queues.SYNC_REQUESTED -> assertThat(queue.get("oldestAt").isNull()).isFalse();
        case Queues.MAINTENANCE -> {
          assertThat(queue.get("depth").asLong()).isZero();
          assertThat(queue.get("consumers").asLong()).isZero();
        }
        case Queues.MAINTENANCE_API -> assertThat(queue.get("consumers").asLong()).isPositive();
        default -> assertThat(queue.get("oldestAt").isNull()).isTrue();
      }
    }
  }

  @Test
  void schedules_say_when_they_come_and_can_be_run_now() {
    var schedules = api.get("/admin/schedules").json();
    assertThat(schedules.get("zone").asString()).isEqualTo("UTC");
    var due = schedules.at("/schedules/1");
    assertThat(due.get("name").asString()).isEqualTo("sync-due");
    assertThat(due.get("schedule").asString()).isEqualTo("6h");
    assertThat(due.get("lastDoneAt").isNull()).isTrue();
    assertThat(due.get("next").size()).isEqualTo(3);
    var first = Instant.parse(due.at("/next/0").asString());
    assertThat(first).isBetween(Instant.now(), Instant.now().plus(Duration.ofHours(6)));
    assertThat(Instant.parse(due.at("/next/1").asString()))
        .isEqualTo(first.plus(Duration.ofHours(6)));

    var asked = api.post("/admin/schedules/sync-due/runs", null);
    assertThat(asked.status()).as(asked.text()).isEqualTo(202);
    assertThat(rabbit.receiveAndConvert(Queues.MAINTENANCE, 5_000))
        .isInstanceOf(Command.SyncDue.class);
    assertThat(api.post("/admin/schedules/nothing/runs", null).status()).isEqualTo(404);
    var nobody = api.post("/admin/schedules/feed-poll/runs", null);
    if (nobody.status() != 202) {
      assertThat(nobody.status()).isEqualTo(503);
      assertThat(nobody.at("/type")).isEqualTo("/problems/broker-unavailable");
      assertThat(nobody.header("Retry-After")).isEqualTo("10");
    }
  }

  @Test
  void alerts_lead_to_runbooks_that_are_open_to_all_and_a_test_needs_somebody_to_be_told()
      throws NoSuchAlgorithmException {
    jdbc.sql(
            """
            insert into alert (cause, count, since, raised_at, seen_at)
            values ('EVENT_FAILED', 1234, clock_timestamp(), clock_timestamp(), clock_timestamp())
            """)
        .update();
    var alerts = api.get("/admin/alerts");
    assertThat(alerts.at("/open/0/sentence")).isEqualTo("1,234 events failed for good.");
    assertThat(alerts.at("/told")).isEqualTo("false");
    var runbook = alerts.at("/open/0/runbook");
    for (var path : new String[] {runbook, runbook + ".md"}) {
      var page = api.send(api.anonymous(path).GET());
      assertThat(page.status()).as(path).isEqualTo(200);
      assertThat(page.text()).contains("<h1>An event failed for good</h1>", "<h2>Act</h2>");
    }
    var all = api.send(api.anonymous("/runbooks").GET());
    assertThat(all.text()).contains(runbook);
    var style = all.text().replaceFirst("(?s).*<style>(.*)</style>.*", "$1");
    assertThat(all.header("Content-Security-Policy"))
        .as("a browser takes the style")
        .contains("'sha256-" + sha256(style) + "'");
    assertThat(api.get("/runbooks/nothing").status()).isEqualTo(404);

    var test = api.post("/admin/alerts/test", null);
    assertThat(test.status()).isEqualTo(409);
    assertThat(test.at("/type")).isEqualTo("/problems/nobody-to-tell");
    var deliveries = api.get("/admin/alerts/deliveries").json();
    assertThat(deliveries.get("channels").size()).isZero();
    assertThat(deliveries.get("items").size()).isZero();
    assertThat(api.get("/admin/alerts/deliveries?cursor=x").status()).isEqualTo(400);
  }

  private static String sha256(String text) throws NoSuchAlgorithmException {
    var hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    return Base64.getEncoder().encodeToString(hash);
  }

  private UUID event(String name) {
    var created =
        api.post(
            "/events",
            "{\"name\": \"%s\", \"googleDriveUrl\": \"https://drive.google.com/drive/folders/1AbCdEfGhIjKlMnOpQrStUvWxYz012345\"}"
                .formatted(name));
    return UUID.fromString(created.at("/id"));
  }

  private void failed(UUID event, String code, String age) {
    jdbc.sql(
            """
            update event_sync set error_final = true, error_code = :code, error_message = 'Something is wrong.',
                   tried_generation = requested_generation, requested_at = clock_timestamp() - :age::interval,
                   error_since = clock_timestamp() - :age::interval
             where event_id = :event
            """)
        .param("event", event)
        .param("code", code)
        .param("age", age)
        .update();
  }

  private void run(UUID event, String status, String age) {
    jdbc.sql(
            """
            insert into sync_run (event_id, folder_epoch, generation, full_generation, trigger, mode, status,
                                  started_at, finished_at, photos_added)
            values (:event, 1, 1, 1, 'MANUAL', 'FULL', :status, clock_timestamp() - :age::interval,
                    clock_timestamp() - :age::interval, 3)
            """)
        .param("event", event)
        .param("status", status)
        .param("age", age)
        .update();
  }

  private void worker(String name, String age) {
    jdbc.sql(
            "insert into worker (name, seen_at) values (:name, clock_timestamp() - :age::interval)")
        .param("name", name)
        .param("age", age)
        .update();
  }
}
