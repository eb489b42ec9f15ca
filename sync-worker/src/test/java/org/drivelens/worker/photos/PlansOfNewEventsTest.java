package org.drivelens.worker.photos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.drivelens.testsupport.OnRealParts;
import org.drivelens.testsupport.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * What PostgreSQL expects of an event that came after its last look at the tables. Taken for empty,
 * the folders of a first sync were compared with each other.
 */
@OnRealParts
class PlansOfNewEventsTest {

  private final JdbcClient jdbc;

  PlansOfNewEventsTest(TestDatabase database) {
    jdbc = database.jdbc();
  }

  @Test
  void the_folders_of_an_event_that_no_statistics_know_are_not_taken_for_none() {
    var known =
        jdbc.sql("insert into event (name) values ('E') returning id").query(UUID.class).single();
    jdbc.sql(
            """
            insert into event_folder (event_id, folder_epoch, folder_id, parent_id, name, version)
            select :event, 1, 'f' || n, 'p', 'n', 1 from generate_series(1, 20000) as n
            """)
        .param("event", known)
        .update();
    jdbc.sql("analyze event_folder").update();

    var plan =
        jdbc.sql(
                "explain (format json) select * from event_folder where event_id = :event and folder_epoch"
                    + " = 1")
            .param("event", UUID.randomUUID())
            .query(String.class)
            .single();
    var expected = JsonMapper.shared().readTree(plan).get(0).get("Plan").get("Plan Rows").asInt();
    assertThat(expected).isGreaterThan(50);
  }

  @ParameterizedTest
  @ValueSource(strings = {"event_folder", "event_shortcut", "walk_folder", "walk_page"})
  void no_table_of_a_walk_keeps_statistics_of_which_events_there_are(String table) {
    assertThat(
            jdbc.sql(
                    "select attstattarget from pg_attribute where attrelid = :table::regclass and"
                        + " attname = 'event_id'")
                .param("table", table)
                .query(Integer.class)
                .single())
        .isZero();
  }
}
