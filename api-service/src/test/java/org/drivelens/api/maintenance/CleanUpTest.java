package org.drivelens.api.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.drivelens.testsupport.OnRealParts;
import org.drivelens.testsupport.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

@OnRealParts
class CleanUpTest {

  private static final Instant SLOT = Instant.parse("2026-11-23T01:00:00Z");

  private final TestDatabase database;
  private final JdbcClient jdbc;
  private final CleanUp cleanUp;

  CleanUpTest(TestDatabase database) {
    this.database = database;
    jdbc = database.jdbc();
    cleanUp = new CleanUp(jdbc, java.time.Duration.ofDays(90), java.time.Duration.ofDays(90));
  }

  @BeforeEach
  void begin() {
    database.clear();
  }

  @Test
  void drops_deleted_events_of_which_nothing_is_left_with_all_that_goes_with_them() {
    var gone = event(true);
    jdbc.sql(
            """
            insert into sync_run (event_id, folder_epoch, generation, full_generation, trigger, mode, status)
            values (:id, 1, 1, 1, 'MANUAL', 'FULL', 'DONE')
            """)
        .param("id", gone)
        .update();
    var living = event(false);
    assertThat(cleanUp.on(SLOT)).isEqualTo(1);
    assertThat(jdbc.sql("select id from event").query(UUID.class).list()).containsExactly(living);
    assertThat(jdbc.sql("select event_id from event_sync").query(UUID.class).list())
        .containsExactly(living);
    assertThat(jdbc.sql("select count(*) from sync_run").query(Long.class).single()).isZero();
  }

  @Test
  void leaves_an_event_of_which_the_worker_has_something_left_to_purge() {
    for (var rest :
        new String[] {
          "insert into photo (event_id, folder_epoch, drive_file_id, parent_id, version, name,"
              + " mime_type) values (:id, 1, 'f', 'p', 1, 'n', 'image/jpeg')",
          "insert into event_folder (event_id, folder_epoch, folder_id) values (:id, 1, 'f')",
          "insert into event_ancestor (event_id, folder_epoch, folder_id, version) values (:id, 1,"
              + " 'f', 1)",
          "insert into sync_issue (event_id, folder_epoch, item_id, kind, reason, message)"
              + " values (:id, 1, 'f', 'FILE', 'r', 'm')",
          "update event_sync set lease_until = clock_timestamp() + interval '1 minute' where"
              + " event_id = :id"
        }) {
      jdbc.sql(rest).param("id", event(true)).update();
    }
    assertThat(cleanUp.on(SLOT)).isZero();
    assertThat(jdbc.sql("select count(*) from event").query(Long.class).single()).isEqualTo(5);
  }

  @Test
  void does_not_wait_for_an_event_that_a_worker_holds() throws SQLException {
    var held = event(true);
    event(true);
    try (var worker = database.dataSource().getConnection()) {
      worker.setAutoCommit(false);
      try (var lock =
          worker.prepareStatement("select from event_sync where event_id = ? for update")) {
        lock.setObject(1, held);
        lock.execute();
        assertThat(cleanUp.on(SLOT)).isEqualTo(1);
      }
      worker.rollback();
    }
    assertThat(jdbc.sql("select id from event").query(UUID.class).list()).containsExactly(held);
  }

  @Test
  void drops_download_links_that_are_over_with_what_they_gave() {
    var event = event(false);
    for (var state :
        new String[] {
          "now() + interval '1 hour', null",
          "now() - interval '1 second', null",
          "now() + interval '1 hour', now()"
        }) {
      jdbc.sql(
              """
              with made as (
                insert into download_selection (event_id, folder_epoch, token_hash, photo_count, expires_at, revoked_at)
                values (:event, 1, decode(md5(:state), 'hex'), 1, %s) returning id
              )
              insert into download_item (selection_id, number, photo_id, drive_file_id, name, folder_path, mime_type)
              select id, 1, id, 'f', 'n', '[]', 'image/jpeg' from made
              """
                  .formatted(state))
          .param("event", event)
          .param("state", state)
          .update();
    }
    cleanUp.on(SLOT);
    assertThat(
            jdbc.sql("select revoked_at is null and expires_at > now() from download_selection")
                .query(Boolean.class)
                .list())
        .containsExactly(true);
    assertThat(jdbc.sql("select count(*) from download_item").query(Long.class).single())
        .isEqualTo(1);
  }

  @Test
  void acts_once_for_a_slot() {
    assertThat(cleanUp.on(SLOT)).isZero();
    event(true);
    assertThat(cleanUp.on(SLOT)).isZero();
    assertThat(cleanUp.on(SLOT.plusSeconds(86_400))).isEqualTo(1);
  }

  private UUID event(boolean deleted) {
    var id =
        jdbc.sql(
                "insert into event (name, deleted_at) values ('E', case when :deleted then now()"
                    + " end) returning id")
            .param("deleted", deleted)
            .query(UUID.class)
            .single();
    jdbc.sql("insert into event_sync (event_id) values (:id)").param("id", id).update();
    return id;
  }
}
