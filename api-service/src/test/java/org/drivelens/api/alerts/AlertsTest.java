package org.drivelens.api.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.drivelens.api.alerts.Message.Change;
import org.drivelens.testsupport.OnRealParts;
import org.drivelens.testsupport.SettableClock;
import org.drivelens.testsupport.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.jdbc.core.simple.JdbcClient;

/** When an alert is raised, what is told of it, and when it is over. */
@OnRealParts
class AlertsTest {

  private static final String[] TO_SOMEBODY = {
    "WEBHOOK_URLS", "http://127.0.0.1:1/", "WEBHOOK_SECRET", Receiver.SECRET
  };

  private final TestDatabase database;
  private final JdbcClient jdbc;
  private final SettableClock clock = new SettableClock(Instant.now());
  private final ArrayList<Replica> replicas = new ArrayList<>();

  AlertsTest(TestDatabase database) {
    this.database = database;
    jdbc = database.jdbc();
  }

  @BeforeEach
  void begin() {
    database.clear();
  }

  @AfterEach
  void end() {
    replicas.forEach(Replica::close);
  }

  private Replica replica(String... environment) {
    var replica = new Replica(database, clock, environment);
    replicas.add(replica);
    return replica;
  }

  @Test
  void every_cause_raises_one_alert_that_counts_and_leads_to_a_runbook() {
    for (int i = 0; i < 2; i++) {
      failed("FOLDER_NOT_SHARED");
      failed("CREDENTIALS_REFUSED");
      set(event(), "held_photos = 3, held_since = clock_timestamp(), held_message = 'gone'");
      set(event(), "unreadable_folders = 2");
      set(event(), "error_code = 'QUOTA_OF_DAY', error_message = 'spent'");
      set(
          event(),
          "requested_generation = 2, requested_at = clock_timestamp() - interval '16 minutes'");
      jdbc.sql(
              "insert into dead_letter (queue, reason, detail, message_id, payload, payload_bytes, died_at)"
                  + " values ('q', 'FAILED', 'd', :id, 'p', 1, clock_timestamp())")
          .param("id", UUID.randomUUID().toString())
          .update();
    }
    var feed = feedReadBefore("16 minutes", event());
    watched(feed, "error_code = 'push.webhookUrlUnauthorized', error_since = clock_timestamp()");
    var replica = replica();

    replica.watch.look();

    var open = replica.controller.alerts();
    assertThat(open.open())
        .extracting(AlertView::cause, AlertView::count)
        .containsExactlyInAnyOrder(
            tuple(Cause.EVENT_FAILED, 2),
            tuple(Cause.REMOVAL_HELD, 2),
            tuple(Cause.UNREADABLE_FOLDER, 4),
            tuple(Cause.CREDENTIALS_REFUSED, 1),
            tuple(Cause.QUOTA_SPENT, 1),
            tuple(Cause.DEAD_LETTERS, 2),
            tuple(Cause.BACKLOG, 2),
            tuple(Cause.FEED_BEHIND, 1),
            tuple(Cause.PUSH_DEAD, 1));
    assertThat(open.open())
        .extracting(AlertView::cause)
        .as("every cause has its place in this test")
        .contains(Cause.values());
    for (var alert : open.open()) {
      var page = getClass().getResource(alert.runbook() + ".md");
      assertThat(page).as(alert.runbook()).isNotNull();
      assertThat(alert.sentence()).endsWith(".").doesNotContain("%");
    }
    assertThat(open.told()).isFalse();
  }

  @Test
  void nothing_is_raised_when_all_is_well() {
    event();
    set(
        event(),
        "requested_generation = 2, requested_at = clock_timestamp() - interval '14 minutes'");
    feedReadBefore("14 minutes", event());
    var replica = replica();
    replica.watch.look();
    assertThat(replica.controller.alerts().open()).isEmpty();
    assertThat(replica.controller.alerts().lookedAt()).isEqualTo(clock.instant());
  }

  @Test
  void what_is_paused_and_what_is_being_listed_is_no_backlog() {
    var late = "requested_generation = 2, requested_at = clock_timestamp() - interval '16 minutes'";
    var paused = event();
    set(paused, late);
    jdbc.sql("insert into sync_pause (event_id, paused_by) values (:event, 'Ann')")
        .param("event", paused)
        .update();
    var large = event();
    set(large, late + ", run_id = '" + running(large) + "'");
    jdbc.sql("insert into worker (name, seen_at) values ('1@a', clock_timestamp())").update();
    var replica = replica();
    replica.watch.look();
    assertThat(replica.controller.alerts().open()).isEmpty();

    jdbc.sql("update worker set seen_at = clock_timestamp() - interval '2 minutes'").update();
    replica.watch.look();
    assertThat(replica.controller.alerts().open())
        .as("nobody is there to list it")
        .singleElement()
        .extracting(AlertView::cause, AlertView::count)
        .containsExactly(Cause.BACKLOG, 1);
  }

  @Test
  void push_is_dead_when_the_newest_open_channel_is_and_when_there_is_none_and_none_is_granted() {
    var feed = feedReadBefore("1 minute", event());
    watched(feed, "error_code = 'rateLimitExceeded', error_since = clock_timestamp()");
    channel(feed, "old", "2 hours", "dead_since = clock_timestamp()");
    channel(feed, "new", "1 hour", "dead_since = null");
    channel(
        feed,
        "closed",
        "1 minute",
        "dead_since = clock_timestamp(), stopped_at = clock_timestamp()");
    var replica = replica();
    replica.watch.look();
    assertThat(replica.controller.alerts().open())
        .as("one is open and well; that the next is refused hurts nothing yet")
        .isEmpty();

    jdbc.sql("update push_channel set dead_since = clock_timestamp() where id = 'new'").update();
    replica.watch.look();
    assertThat(replica.controller.alerts().open())
        .singleElement()
        .extracting(AlertView::cause)
        .isEqualTo(Cause.PUSH_DEAD);

    jdbc.sql("update push_channel set stopped_at = clock_timestamp()").update();
    replica.watch.look();
    assertThat(replica.controller.alerts().open()).as("none is open, and none granted").hasSize(1);

    jdbc.sql("update push_watch set error_code = null").update();
    replica.watch.look();
    assertThat(replica.controller.alerts().open()).as("it is being opened").isEmpty();
  }

  @Test
  void several_causes_go_into_one_message_and_none_is_told_twice() {
    var replica = replica(TO_SOMEBODY);
    failed("FOLDER_TRASHED");
    replica.watch.look();
    assertThat(replica.log()).as("waits for what comes along").isEmpty();
    letter();
    clock.advance(Duration.ofSeconds(61));
    replica.watch.look();

    assertThat(replica.log())
        .singleElement()
        .extracting(DeliveryView::title)
        .isEqualTo("Drivelens: 2 alerts");
    clock.advance(Duration.ofHours(5));
    replica.watch.look();
    assertThat(replica.log()).hasSize(1);
  }

  @Test
  void more_of_the_same_is_told_after_hours_and_only_if_it_is_more() {
    var replica = replica(TO_SOMEBODY);
    letter();
    lookAndTell(replica);
    letter();
    clock.advance(Duration.ofHours(5));
    replica.watch.look();
    assertThat(replica.log()).hasSize(1);
    clock.advance(Duration.ofMinutes(62));
    replica.watch.look();
    assertThat(told(replica)).isEqualTo(Change.GREW);
    assertThat(replica.log().getFirst().title())
        .isEqualTo("Drivelens: 2 messages could not be read or handled.");
    clock.advance(Duration.ofHours(7));
    replica.watch.look();
    assertThat(replica.log()).hasSize(2);
  }

  @Test
  void it_is_well_again_when_it_was_for_a_while_and_what_comes_and_goes_is_told_once() {
    var replica = replica(TO_SOMEBODY);
    letter();
    lookAndTell(replica);
    for (int i = 0; i < 3; i++) {
      jdbc.sql("delete from dead_letter").update();
      replica.watch.look();
      assertThat(replica.controller.alerts().open()).isEmpty();
      clock.advance(Duration.ofMinutes(4));
      letter();
      replica.watch.look();
      assertThat(replica.controller.alerts().open()).hasSize(1);
    }
    assertThat(replica.log()).hasSize(1);

    jdbc.sql("delete from dead_letter").update();
    replica.watch.look();
    clock.advance(Duration.ofMinutes(6));
    replica.watch.look();
    clock.advance(Duration.ofMinutes(2));
    replica.watch.look();
    replica.watch.look();

    assertThat(told(replica)).isEqualTo(Change.WELL);
    assertThat(replica.log()).hasSize(2);
    assertThat(replica.log().getFirst().title()).isEqualTo("Drivelens: No dead letter is left.");
    assertThat(replica.controller.alerts().ended())
        .singleElement()
        .extracting(AlertView::sentence)
        .isEqualTo("No dead letter is left.");
  }

  @Test
  void quiet_hours_keep_what_is_new_for_one_message_and_what_was_over_before_is_not_told() {
    var replica = replica(concat(TO_SOMEBODY, "QUIET", quietFor(Duration.ofHours(2))));
    letter();
    lookAndTell(replica);
    assertThat(replica.log()).isEmpty();
    assertThat(replica.controller.alerts().quietUntil()).isAfter(clock.instant());
    assertThat(replica.controller.alerts().open()).as("the dashboard knows").hasSize(1);
    var failed = failed("FOLDER_TRASHED");
    replica.watch.look();
    set(failed, "error_final = false, error_code = null");
    clock.advance(Duration.ofMinutes(10));
    replica.watch.look();
    clock.advance(Duration.ofHours(3));
    replica.watch.look();

    assertThat(replica.log())
        .singleElement()
        .extracting(DeliveryView::title)
        .isEqualTo("Drivelens: 1 message could not be read or handled.");
  }

  @Test
  void replicas_that_look_at_the_same_time_make_one_message() throws Exception {
    letter();
    var replica = replica(TO_SOMEBODY);
    replica.watch.look();
    clock.advance(Duration.ofMinutes(2));
    lookAtTheSameTime();
    assertThat(replica.log()).hasSize(1);

    jdbc.sql("delete from dead_letter").update();
    replica.watch.look();
    clock.advance(Duration.ofMinutes(6));
    replica.watch.look();
    clock.advance(Duration.ofMinutes(2));
    lookAtTheSameTime();
    assertThat(replica.log()).hasSize(2);
    assertThat(told(replica)).isEqualTo(Change.WELL);
  }

  /** All of them have begun before any of them can store a message. */
  private void lookAtTheSameTime() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor();
        var gate = database.dataSource().getConnection()) {
      gate.setAutoCommit(false);
      gate.createStatement().execute("lock table alert_delivery in exclusive mode");
      var looks = new ArrayList<Future<?>>();
      for (int i = 0; i < 4; i++) {
        looks.add(threads.submit(replica(TO_SOMEBODY).watch::look));
      }
      await()
          .until(() ->
              jdbc.sql(
                          """
                          select count(distinct pid) from pg_locks where not granted
                             and database = (select oid from pg_database where datname = current_database())
                          """)
                      .query(Long.class)
                      .single()
                  == looks.size());
      gate.commit();
      for (var look : looks) {
        look.get();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "22:00-07:00, 2026-11-26T21:59:00Z,",
    "22:00-07:00, 2026-11-26T22:00:00Z, 2026-11-27T07:00:00Z",
    "22:00-07:00, 2026-11-27T06:59:00Z, 2026-11-27T07:00:00Z",
    "22:00-07:00, 2026-11-27T07:00:00Z,",
    "12:00-13:00, 2026-11-27T12:30:00Z, 2026-11-27T13:00:00Z",
    "12:00-13:00, 2026-11-27T23:30:00Z,",
    "'', 2026-11-27T00:00:00Z,",
  })
  void quiet_hours_end_where_they_say(String hours, Instant now, Instant end) {
    assertThat(QuietHours.of(hours, ZoneId.of("UTC")).until(now)).isEqualTo(end);
  }

  @Test
  void quiet_hours_follow_the_clocks_of_their_zone() {
    // In that night clocks go back from 03:00 to 02:00.
    var hours = QuietHours.of("22:00-07:00", ZoneId.of("Europe/Brussels"));
    assertThat(hours.until(Instant.parse("2026-10-24T20:00:00Z")))
        .isEqualTo("2026-10-25T06:00:00Z");
    assertThat(hours.until(Instant.parse("2026-10-24T19:59:59Z"))).isNull();
  }

  @Test
  void a_setting_that_cannot_be_meant_is_refused_with_a_sentence_that_names_it() {
    for (var bad :
        new String[][] {
          {"QUIET", "from ten"},
          {"MAIL_TO", "ops@example.org"},
          {"WEBHOOK_URLS", "ftp://example.org", "WEBHOOK_SECRET", Receiver.SECRET},
          {"WEBHOOK_URLS", "https://example.org/the-path"},
          {"EVERY", "0s"},
          {"LINKS_TO", "example"},
        }) {
      var refusal = catchThrowable(() -> Replica.settings(bad).quietHours());
      assertThat(refusal).as(bad[0]).isNotNull();
      assertThat(NestedExceptionUtils.getMostSpecificCause(refusal))
          .hasMessageContaining("DRIVELENS_ALERTS_" + bad[0])
          .hasMessageNotContaining("the-path");
    }
    var set =
        Replica.settings(
            "MAIL_TO",
            "a@example.org, b@example.org",
            "MAIL_HOST",
            "mail",
            "MAIL_FROM",
            "c@example.org",
            "MAIL_PASSWORD",
            "the-password",
            "WEBHOOK_SECRET",
            Receiver.SECRET,
            "RETRY_AFTER",
            "1m,2m");
    assertThat(set.mail().to()).containsExactly("a@example.org", "b@example.org");
    assertThat(set.retryAfter()).containsExactly(Duration.ofMinutes(1), Duration.ofMinutes(2));
    assertThat(set.toString()).doesNotContain("the-password", Receiver.SECRET);
  }

  private void lookAndTell(Replica replica) {
    replica.watch.look();
    clock.advance(Duration.ofMinutes(2));
    replica.watch.look();
  }

  /** What the newest message says of its first cause. */
  private Change told(Replica replica) {
    return Change.valueOf(
        jdbc.sql("select message #>> '{items,0,change}' from alert_delivery where id = :id")
            .param("id", replica.log().getFirst().id())
            .query(String.class)
            .single());
  }

  private String quietFor(Duration time) {
    var now = clock.instant().atZone(ZoneId.of("UTC")).toLocalTime().withSecond(0).withNano(0);
    return now.minusMinutes(1) + "-" + now.plus(time);
  }

  private static String[] concat(String[] some, String... others) {
    var all = new ArrayList<>(List.of(some));
    all.addAll(List.of(others));
    return all.toArray(String[]::new);
  }

  /** An event that is up to date. */
  private UUID event() {
    var event =
        jdbc.sql("insert into event (name) values ('An event') returning id")
            .query(UUID.class)
            .single();
    jdbc.sql(
            """
            insert into event_sync (event_id, folder_id, requested_generation, synced_generation, last_synced_at)
            values (:event, 'folder', 1, 1, clock_timestamp())
            """)
        .param("event", event)
        .update();
    return event;
  }

  private void set(UUID event, String columns) {
    jdbc.sql("update event_sync set " + columns + " where event_id = :event")
        .param("event", event)
        .update();
  }

  private UUID failed(String code) {
    var event = event();
    set(
        event,
        "error_final = true, error_code = '"
            + code
            + "', error_message = 'm', error_since = clock_timestamp(), tried_generation = requested_generation");
    return event;
  }

  private UUID running(UUID event) {
    return jdbc.sql(
            """
            insert into sync_run (event_id, folder_epoch, generation, full_generation, trigger, mode, status)
            values (:event, 0, 1, 1, 'MANUAL', 'FULL', 'RUNNING') returning id
            """)
        .param("event", event)
        .query(UUID.class)
        .single();
  }

  private void watched(UUID feed, String columns) {
    jdbc.sql("insert into push_watch (feed_id) values (:feed)").param("feed", feed).update();
    jdbc.sql("update push_watch set " + columns).update();
  }

  private void channel(UUID feed, String id, String age, String columns) {
    jdbc.sql(
            """
            insert into push_channel (id, feed_id, token_hash, address, opened_at, expires_at)
            values (:id, :feed, '', 'a', clock_timestamp() - :age::interval, clock_timestamp() + interval '1 day')
            """)
        .param("id", id)
        .param("feed", feed)
        .param("age", age)
        .update();
    jdbc.sql("update push_channel set " + columns + " where id = :id").param("id", id).update();
  }

  private UUID feedReadBefore(String age, UUID follower) {
    var feed =
        jdbc.sql(
                "insert into drive_feed (credential, as_of) values ('c', clock_timestamp() - :age::interval)"
                    + " returning id")
            .param("age", age)
            .query(UUID.class)
            .single();
    set(follower, "feed_id = '" + feed + "', feed_epoch = 0");
    return feed;
  }

  private void letter() {
    jdbc.sql(
            "insert into dead_letter (queue, reason, detail, message_id, payload, payload_bytes, died_at)"
                + " values ('q', 'FAILED', 'd', :id, 'p', 1, clock_timestamp())")
        .param("id", UUID.randomUUID().toString())
        .update();
  }
}
