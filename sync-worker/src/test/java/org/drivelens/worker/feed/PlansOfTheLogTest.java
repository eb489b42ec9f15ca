package org.drivelens.worker.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.drivelens.testsupport.OnRealParts;
import org.drivelens.testsupport.TestDatabase;
import org.drivelens.worker.feed.FeedLog.Stretch;
import org.drivelens.worker.photos.EventKey;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How PostgreSQL reads the log when that has grown since the last look at it, and when one folder
 * has most of its entries: it read all of it for each photo of an event.
 */
@OnRealParts
class PlansOfTheLogTest {

  private static final int PHOTOS = 1_500;
  private static final int ENTRIES = 10_000;

  private final JdbcClient jdbc;

  PlansOfTheLogTest(TestDatabase database) {
    jdbc = database.jdbc();
  }

  /** By the rows of the event, and by the entries. */
  @ParameterizedTest
  @ValueSource(ints = {PHOTOS, 2 * ENTRIES})
  void the_log_is_read_a_few_times_and_not_once_for_each_photo(int photos) {
    var feed =
        jdbc.sql("insert into drive_feed (credential) values (:c) returning id")
            .param("c", "credential " + photos)
            .query(UUID.class)
            .single();
    var event =
        jdbc.sql("insert into event (name) values ('E') returning id").query(UUID.class).single();
    jdbc.sql(
            """
            insert into event_folder (event_id, folder_epoch, folder_id) values (:event, 1, 'root')
            """)
        .param("event", event)
        .update();
    log(feed, 1, 100);
    jdbc.sql("analyze drive_change").update();
    log(feed, 101, ENTRIES);
    jdbc.sql(
            """
            insert into photo (event_id, folder_epoch, drive_file_id, parent_id, version, name, mime_type)
            select :event, 1, 'file-' || n, 'root', 1, 'n', 'image/jpeg' from generate_series(1, :photos) as n
            """)
        .param("event", event)
        .param("photos", PHOTOS)
        .update();

    var stretch = new Stretch(feed, 0, ENTRIES);
    var key = new EventKey(event, 1);
    var plan =
        jdbc.sql("explain (analyze, format json) " + FeedLog.newest(stretch, photos))
            .params(FeedLog.params(key, stretch))
            .query(String.class)
            .single();

    assertThat(read(JsonMapper.shared().readTree(plan).get(0).get("Plan")))
        .isLessThan(5.0 * ENTRIES);
    assertThat(new FeedLog(jdbc).entries(key, stretch, photos)).hasSize(ENTRIES);
  }

  /** Entries that were read, those that did not count included. */
  private static double read(JsonNode plan) {
    var read = 0.0;
    if (plan.path("Relation Name").asString("").equals("drive_change")) {
      read =
          plan.get("Actual Loops").asDouble()
              * (plan.get("Actual Rows").asDouble()
                  + plan.path("Rows Removed by Filter").asDouble(0));
    }
    for (var part : plan.path("Plans")) {
      read += read(part);
    }
    return read;
  }

  private void log(UUID feed, int from, int to) {
    jdbc.sql(
            """
            insert into drive_change (feed_id, seq, file_id, parent_id, removed, known_until)
            select :feed, n, 'file-' || n, 'root', true, now() from generate_series(:from, :to) as n
            """)
        .param("feed", feed)
        .param("from", from)
        .param("to", to)
        .update();
  }
}
