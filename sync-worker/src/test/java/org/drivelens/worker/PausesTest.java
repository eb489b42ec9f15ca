package org.drivelens.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.drivelens.contract.Command.FeedPollRequested;
import org.drivelens.contract.Command.SyncDue;
import org.drivelens.contract.Command.SyncRequested;
import org.drivelens.event.EventId;
import org.drivelens.event.SyncRequests;
import org.drivelens.event.Trigger;
import org.drivelens.worker.heartbeat.WorkerName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What somebody paused is left alone, whoever asks. */
class PausesTest extends GalleryTest {

  @AfterEach
  void nothingPaused() {
    jdbc.sql("delete from sync_pause").update();
  }

  @Test
  void a_paused_event_is_synced_by_nobody_until_it_is_resumed() {
    library.seedImages(root, "p", 2);
    var paused = aSyncedEventOn(root);
    var going = aSyncedEventOn(root);
    pause(paused);

    library.addSyntheticImage(root, "new.jpg");
    askInEveryWay(paused);
    askInEveryWay(going);
    awaitUpToDate(going);
    assertGalleryIsFolder(going, root);
    assertThat(status(paused)).isEqualTo("SYNC_REQUIRED");
    assertThat(gallery(paused)).hasSize(2);

    resume(paused);
    awaitUpToDate(paused);
    assertGalleryIsFolder(paused, root);
  }

  @Test
  void while_all_are_paused_none_is_synced() {
    library.seedImages(root, "p", 1);
    var event = aSyncedEventOn(root);
    pause(null);
    library.addSyntheticImage(root, "new.jpg");
    publisher.nudge(new FeedPollRequested(null));
    await().atMost(SOON).untilAsserted(() -> assertThat(status(event)).isEqualTo("SYNC_REQUIRED"));
    askInEveryWay(event);
    var fresh = anEventOn(root);

    // The feed is read all the same, so that nothing is missed.
    awaitPoll();
    assertThat(gallery(event)).hasSize(1);
    assertThat(gallery(fresh)).isEmpty();

    resume(null);
    awaitUpToDate(event);
    awaitUpToDate(fresh);
    assertGalleryIsFolder(event, root);
  }

  @Test
  void what_is_left_of_a_deleted_event_is_purged_though_it_is_paused() {
    library.seedImages(root, "p", 3);
    var event = aSyncedEventOn(root);
    pause(event);
    jdbc.sql("update event set deleted_at = clock_timestamp() where id = :id")
        .param("id", event.value())
        .update();
    new SyncRequests(jdbc).startOver(event, null, null);
    publisher.nudge(SyncRequested.of(event, Trigger.CREATED));
    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(
                    jdbc.sql("select count(*) from photo where event_id = :id")
                        .param("id", event.value())
                        .query(Integer.class)
                        .single())
                .isZero());
  }

  @Test
  void a_worker_tells_that_it_lives() {
    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(
                    jdbc.sql(
                            "select name from worker where seen_at > clock_timestamp() - interval"
                                + " '30 seconds'")
                        .query(String.class)
                        .list())
                .containsExactly(WorkerName.HERE));
  }

  private void askInEveryWay(EventId event) {
    sync(event, true);
    publisher.nudge(new FeedPollRequested(null));
    publisher.nudge(new SyncDue(java.time.Instant.now()));
    publisher.nudge(SyncRequested.of(event, Trigger.BULK));
    jdbc.sql("update event_sync set wake_at = clock_timestamp() where event_id = :id")
        .param("id", event.value())
        .update();
  }
}
