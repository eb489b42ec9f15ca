package org.drivelens.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.drivelens.emulator.fault.Oddity;
import org.drivelens.event.EventId;
import org.drivelens.event.SyncRequests;
import org.drivelens.event.Trigger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What lies in a folder that came back is still said to be in the trash for a while (drive-api
 * 5.3). Whoever lists it meanwhile looks once more a minute or two later.
 */
class FlagsThatLagTest extends GalleryTest {

  private String party = "";

  @BeforeEach
  void aFolderInAFolder() {
    library.seedImages(root, "p", 2);
    party = library.createFolder(root, "Party");
    library.seedImages(party, "s", 3);
  }

  @Test
  void a_walk_that_somebody_asked_for_is_followed_by_another() {
    var event = aSyncedEventOn(root);
    isWalkedOnceMoreAfter(() -> sync(event, true), event);
  }

  @Test
  void so_is_one_of_which_the_schedule_asked_meanwhile_as_well() {
    var event = aSyncedEventOn(root);
    isWalkedOnceMoreAfter(
        () -> {
          pause(event);
          sync(event, true);
          new SyncRequests(jdbc).request(event, false, Trigger.SCHEDULED);
          resume(event);
        },
        event);
  }

  private void isWalkedOnceMoreAfter(Runnable asks, EventId event) {
    whileFlagsLag(() -> library.forgetChanges(), asks, event);
    assertThat(gallery(event)).hasSize(2);

    aMinuteOrTwoGoBy(event);
    await().atMost(SOON).untilAsserted(() -> assertGalleryIsFolder(event, root));
    awaitUpToDate(event);
    assertThat(nextWalkInMinutes(event)).as("once is enough").isGreaterThan(300);
  }

  @Test
  void a_folder_that_a_walk_by_the_clock_shows_before_the_feed_is_listed_again() {
    var event = aSyncedEventOn(root);
    whileFlagsLag(() -> {}, () -> walkByTheClock(event), event);
    assertThat(gallery(event)).hasSize(2);

    aMinuteOrTwoGoBy(event);
    await().atMost(SOON).untilAsserted(() -> assertGalleryIsFolder(event, root));
  }

  private void whileFlagsLag(Runnable before, Runnable asks, EventId event) {
    library.trash(party);
    syncAndAwait(event);
    assertThat(gallery(event)).hasSize(2);
    emulator.faults().oddities().on(Oddity.LATE_TRASH);
    library.untrash(party);
    before.run();
    asks.run();
    await().atMost(SOON).until(() -> walks(event) == 2);
    awaitUpToDate(event);
    emulator.faults().oddities().off(Oddity.LATE_TRASH);
  }

  /** Whatever is due within two minutes is due now. */
  private void aMinuteOrTwoGoBy(EventId event) {
    jdbc.sql(
            """
            update event_folder set list_again_at = now()
             where event_id = :e and list_again_at < now() + interval '2 minutes'
            """)
        .param("e", event.value())
        .update();
    jdbc.sql(
            """
            update event_sync
               set full_due_at = case when full_due_at < now() + interval '2 minutes' then now() else full_due_at end,
                   wake_at = now()
             where event_id = :e
            """)
        .param("e", event.value())
        .update();
  }

  private int walks(EventId event) {
    return jdbc.sql("select full_walks from event_sync where event_id = :e")
        .param("e", event.value())
        .query(Integer.class)
        .single();
  }
}
