package org.drivelens.worker.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.drivelens.event.EventId;
import org.drivelens.event.SyncRequests;
import org.drivelens.event.Trigger;
import org.drivelens.testsupport.OnRealParts;
import org.drivelens.testsupport.TestDatabase;
import org.drivelens.worker.feed.Feeds;
import org.drivelens.worker.sync.Claims.Attempt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** At most one worker, and a worker that lost its lease writes nothing. */
@OnRealParts
class LeaseTest {

  private static final Duration LEASE = Duration.ofSeconds(30);

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final Feeds feeds;
  private final Claims claims;
  private final Leases leases;
  private EventId event;

  LeaseTest(TestDatabase database) {
    jdbc = database.jdbc();
    transaction = new TransactionTemplate(new JdbcTransactionManager(database.dataSource()));
    feeds = new Feeds(jdbc, List.of());
    claims =
        new Claims(jdbc, transaction, feeds, new Runs(jdbc), "me", "robot@example.test", LEASE);
    leases = new Leases(jdbc, transaction, feeds, LEASE);
    event = new EventId(UUID.randomUUID());
  }

  @BeforeEach
  void aRequestedEvent() {
    event =
        new EventId(
            jdbc.sql("insert into event (name) values ('e') returning id")
                .query(UUID.class)
                .single());
    new SyncRequests(jdbc).begin(event, "folder-" + event, null);
    feeds.of("robot@example.test", null);
    jdbc.sql("update drive_feed set token = '1', epoch = 1, as_of = clock_timestamp()").update();
  }

  @AfterEach
  void close() {
    leases.close();
  }

  @Test
  void of_many_workers_one_wins_the_event() throws Exception {
    try (var workers = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Attempt> claim = () -> claims.claim(event);
      var attempts = new ArrayList<Callable<Attempt>>();
      for (int i = 0; i < 16; i++) {
        attempts.add(claim);
      }
      var won = 0;
      for (var attempt : workers.invokeAll(attempts)) {
        won += attempt.get() instanceof Attempt.Won ? 1 : 0;
      }
      assertThat(won).isEqualTo(1);
    }
  }

  @Test
  void a_worker_that_lost_its_lease_writes_nothing() {
    var old = leases.hold(claim());
    expire();
    var next = leases.hold(claim());

    assertThatThrownBy(() -> old.write(() -> mark("old"))).isInstanceOf(Lease.Lost.class);
    assertThat(old.lost()).isTrue();
    next.write(() -> mark("next"));
    assertThat(message()).isEqualTo("next");
  }

  @Test
  void a_lease_that_ran_out_unnoticed_still_holds_until_somebody_else_claims() {
    var lease = leases.hold(claim());
    expire();
    lease.write(() -> mark("mine"));
    assertThat(message()).isEqualTo("mine");
    assertThat(claims.claim(event)).isInstanceOf(Attempt.NothingToDo.class);
  }

  @Test
  void a_lease_lasts_as_long_as_the_setting_says_from_each_sign_of_life() {
    try (var lease = leases.hold(claim())) {
      assertThat(secondsLeft()).isBetween(25.0, 30.0);
      expire();
      assertThat(lease.renew()).isTrue();
      assertThat(secondsLeft()).isBetween(25.0, 30.0);
    }
  }

  @Test
  void a_lease_that_was_given_back_is_not_taken_again_by_its_keeper() {
    var lease = leases.hold(claim());
    var _ = lease.write(() -> new EventStates(jdbc).release(lease.claim(), false));
    assertThat(lease.renew()).isFalse();
    assertThat(status()).isEqualTo("SYNC_REQUIRED");
  }

  @Test
  void an_event_that_was_woken_for_nothing_sleeps_again() {
    follows("robot@example.test");
    jdbc.sql("update event_sync set wake_at = clock_timestamp() where event_id = :e")
        .param("e", event.value())
        .update();
    assertThat(claims.claim(event)).isInstanceOf(Attempt.NothingToDo.class);
    assertThat(
            jdbc.sql("select wake_at is null from event_sync where event_id = :e")
                .param("e", event.value())
                .query(Boolean.class)
                .single())
        .isTrue();
  }

  @Test
  void an_event_of_another_account_is_due_until_it_was_walked_with_this_one() {
    follows("another@example.test");
    var first = claim();
    expire();
    assertThat(claim().runId()).isEqualTo(first.runId());
  }

  @Test
  void another_folder_voids_the_claim_on_the_old_one() {
    var old = leases.hold(claim());
    new SyncRequests(jdbc).startOver(event, "another", null);
    assertThatThrownBy(() -> old.write(() -> mark("old"))).isInstanceOf(Lease.Lost.class);
    assertThat(claim().folderId()).isEqualTo("another");
  }

  @Test
  void nothing_is_written_when_the_work_fails_half_way() {
    var lease = leases.hold(claim());
    assertThatThrownBy(() ->
            lease.write(() -> {
              mark("half");
              throw new IllegalStateException("broken");
            }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(message()).isNull();
  }

  @Test
  void the_request_that_a_run_answers_is_read_once_at_its_first_claim() {
    var first = claim();
    new SyncRequests(jdbc).request(event, false, Trigger.MANUAL);
    expire();
    var second = claim();
    assertThat(second.runId()).isEqualTo(first.runId());
    assertThat(second.generation()).isEqualTo(first.generation());
  }

  @Test
  void an_event_that_stays_claimed_without_progress_is_given_up_and_a_person_revives_it() {
    for (int i = 0; i < 8; i++) {
      assertThat(claims.claim(event)).isInstanceOf(Attempt.Won.class);
      expire();
    }
    assertThat(claims.claim(event)).isInstanceOf(Attempt.NothingToDo.class);
    assertThat(status()).isEqualTo("ERROR");

    new SyncRequests(jdbc).request(event, false, Trigger.MANUAL);
    assertThat(status()).isEqualTo("SYNC_REQUIRED");
    assertThat(claim().attempts()).isEqualTo(1);
  }

  private Claim claim() {
    return ((Attempt.Won) claims.claim(event)).claim();
  }

  /** As it stands when all was applied that the feed of this account says. */
  private void follows(String account) {
    jdbc.sql(
            """
            update event_sync set synced_generation = requested_generation, walked_generation = full_generation,
                   cleared_epoch = folder_epoch, feed_id = :feed, feed_epoch = 1
             where event_id = :e
            """)
        .param("e", event.value())
        .param("feed", feeds.of(account, null).id())
        .update();
  }

  private void expire() {
    jdbc.sql(
            "update event_sync set lease_until = clock_timestamp() - interval '1 second' where"
                + " event_id = :e")
        .param("e", event.value())
        .update();
  }

  private double secondsLeft() {
    return jdbc.sql(
            "select extract(epoch from lease_until - clock_timestamp()) from event_sync where"
                + " event_id = :e")
        .param("e", event.value())
        .query(Double.class)
        .single();
  }

  private void mark(String text) {
    jdbc.sql("update event_sync set error_message = :text where event_id = :e")
        .param("text", text)
        .param("e", event.value())
        .update();
  }

  private @Nullable String message() {
    return jdbc.sql("select error_message from event_sync where event_id = :e")
        .param("e", event.value())
        .query(String.class)
        .optional()
        .orElse(null);
  }

  private String status() {
    return jdbc.sql("select sync_status from event_status where event_id = :e")
        .param("e", event.value())
        .query(String.class)
        .single();
  }
}
