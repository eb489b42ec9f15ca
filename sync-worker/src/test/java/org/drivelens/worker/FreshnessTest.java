package org.drivelens.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.drivelens.contract.Command.FeedPollRequested;
import org.drivelens.contract.Command.SyncRequested;
import org.drivelens.emulator.call.DriveMethod;
import org.drivelens.emulator.call.Match;
import org.drivelens.emulator.fault.Trouble;
import org.drivelens.event.EventId;
import org.drivelens.event.Trigger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A quiet event was last synced when its feed was read, however long ago anything was written of
 * it. What ends the quiet does not make it older.
 */
class FreshnessTest extends GalleryTest {

  private EventId event = new EventId(UUID.randomUUID());
  private Instant fresh = Instant.EPOCH;

  @BeforeEach
  void anEventThatWasQuietForDays() {
    library.seedImages(root, "p", 2);
    event = aSyncedEventOn(root);
    jdbc.sql("update event_sync set last_synced_at = last_synced_at - interval '3 days'").update();
    fresh = lastSyncedAt();
  }

  @AfterEach
  void nothingPaused() {
    jdbc.sql("delete from sync_pause").update();
  }

  @Test
  void when_it_is_asked_for() {
    pause(event);
    sync(event, true);

    assertThat(status(event)).isEqualTo("SYNC_REQUIRED");
    assertThat(lastSyncedAt()).isAfterOrEqualTo(fresh);
  }

  @Test
  void when_the_feed_tells_of_a_change() {
    pause(event);
    library.addSyntheticImage(root, "new.jpg");
    publisher.nudge(new FeedPollRequested(null));

    awaitSyncRequired();
    assertThat(lastSyncedAt()).isAfterOrEqualTo(fresh);
  }

  @Test
  void when_a_new_token_makes_it_walk_again() {
    pause(event);
    emulator
        .faults()
        .fail(Match.on(DriveMethod.CHANGES_LIST), Trouble.google(403, "pageTokenExpired"), 1);
    publisher.nudge(new FeedPollRequested(null));

    awaitSyncRequired();
    assertThat(lastSyncedAt()).isAfterOrEqualTo(fresh);
  }

  @Test
  void when_it_is_listed_again_by_itself() {
    try (var hold = emulator.faults().hold(Match.on(DriveMethod.FILES_LIST).about(root))) {
      jdbc.sql("update event_folder set list_again_at = clock_timestamp() where event_id = :id")
          .param("id", event.value())
          .update();
      publisher.nudge(SyncRequested.of(event, Trigger.FEED));
      hold.awaitArrived(SOON);

      assertThat(status(event)).isEqualTo("SYNCING");
      assertThat(lastSyncedAt()).isAfterOrEqualTo(fresh);
    }
    awaitUpToDate(event);
  }

  private void awaitSyncRequired() {
    await().atMost(SOON).untilAsserted(() -> assertThat(status(event)).isEqualTo("SYNC_REQUIRED"));
  }

  private Instant lastSyncedAt() {
    return Objects.requireNonNull(
        jdbc.sql("select last_synced_at from event_status where event_id = :id")
            .param("id", event.value())
            .query((row, n) -> row.getTimestamp(1).toInstant())
            .single());
  }
}
