package org.drivelens.worker.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.drivelens.contract.MessagePublisher;
import org.drivelens.testsupport.OnRealParts;
import org.drivelens.testsupport.TestDatabase;
import org.drivelens.worker.feed.FeedTrim;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What is past its time goes, and nothing else. */
@OnRealParts
class RetentionTest {

  private static final Instant SLOT = Instant.parse("2026-11-23T02:00:00Z");

  private final JdbcClient jdbc;
  private final Maintenance maintenance;

  RetentionTest(TestDatabase database) {
    jdbc = database.jdbc();
    var keep =
        new RetentionProperties(
            Duration.ofDays(90),
            Duration.ofDays(30),
            Duration.ofDays(20),
            Duration.ofDays(60),
            Duration.ofDays(7));
    maintenance =
        new Maintenance(
            jdbc,
            new TransactionTemplate(new JdbcTransactionManager(database.dataSource())),
            // Cleaning up tells nobody, so this never connects.
            new MessagePublisher(new CachingConnectionFactory("127.0.0.1", 1)),
            new FeedTrim(jdbc, 1_000_000),
            keep);
  }

  @Test
  void tombstones_histories_dead_letters_and_runs_are_kept_for_as_long_as_is_set() {
    var event =
        jdbc.sql("insert into event (name) values ('E') returning id").query(UUID.class).single();
    for (int days : new int[] {19, 21, 29, 31, 59, 61, 89, 91}) {
      var then = "clock_timestamp() - interval '" + days + " days'";
      insert(
          "dead_letter (queue, reason, detail, payload, payload_bytes, died_at, stored_at)",
          "'q', 'FAILED', 'd', '', 0, " + then + ", " + then,
          event);
      insert(
          "photo (event_id, folder_epoch, drive_file_id, parent_id, version, name, mime_type, removed_at)",
          ":event, 1, 'f" + days + "', 'p', 1, 'n', 'image/jpeg', " + then,
          event);
      insert(
          "photo_history (event_id, folder_epoch, photo_id, kind, happened_at)",
          ":event, 1, gen_random_uuid(), 'APPEARED', " + then,
          event);
      insert(
          "sync_run (event_id, folder_epoch, generation, full_generation, trigger, mode, status, finished_at)",
          ":event, 1, 1, 1, 'MANUAL', 'FULL', 'SUCCEEDED', " + then,
          event);
      insert(
          "past_issue (event_id, folder_epoch, item_id, kind, reason, message, since, ended_at)",
          ":event, 1, 'f', 'FILE', 'r', 'm', " + then + ", " + then,
          event);
    }
    insert(
        "photo (event_id, folder_epoch, drive_file_id, parent_id, version, name, mime_type)",
        ":event, 1, 'there', 'p', 1, 'n', 'image/jpeg'",
        event);
    insert(
        "sync_run_call (run_id, method, calls, units)",
        "(select id from sync_run order by finished_at limit 1), 'files.get', 1, 5",
        event);

    maintenance.cleanUp(SLOT);

    assertThat(count("dead_letter")).isEqualTo(1);
    assertThat(count("photo")).isEqualTo(3 + 1);
    assertThat(count("photo_history")).isEqualTo(5);
    assertThat(count("sync_run")).isEqualTo(7);
    assertThat(count("past_issue")).isEqualTo(7);
    assertThat(count("sync_run_call")).as("what belongs to a run goes with it").isZero();
  }

  private void insert(String into, String values, UUID event) {
    jdbc.sql("insert into " + into + " values (" + values + ")").param("event", event).update();
  }

  private int count(String table) {
    return jdbc.sql("select count(*) from " + table).query(Integer.class).single();
  }
}
