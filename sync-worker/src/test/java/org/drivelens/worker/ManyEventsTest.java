package org.drivelens.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.drivelens.contract.Command.SyncRequested;
import org.drivelens.emulator.call.DriveMethod;
import org.drivelens.event.EventId;
import org.drivelens.event.SyncRequests;
import org.drivelens.event.Trigger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** Many events on one credential: what they cost in calls of Drive and in rows written. */
@TestPropertySource(properties = "drivelens.feed.look-again=")
class ManyEventsTest extends GalleryTest {

  private static final int MANY = 300;
  private static final int BESIDE = 20;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final List<String> photos = new ArrayList<>();
  private static final List<EventId> events = new ArrayList<>();
  private static final List<EventId> beside = new ArrayList<>();

  /** Made once: events that are clean, each on a folder of its own with one photo. */
  @BeforeEach
  void manyEventsThatAreUpToDate() {
    if (events.isEmpty()) {
      aSyncedEventOn(root);
      var folders = new ArrayList<String>();
      for (int i = 0; i < MANY + BESIDE; i++) {
        folders.add(library.createFolder(root, "f" + i));
        photos.add(library.addSyntheticImage(folders.get(i), "p.jpg"));
      }
      // So that nothing of this is news to the events.
      awaitPoll();
      jdbc.sql("delete from event_sync").update();
      var ids = insert(folders);
      events.addAll(ids.subList(0, MANY));
      beside.addAll(ids.subList(MANY, MANY + BESIDE));
    }
    awaitQuiet();
  }

  @Test
  void a_quiet_tick_costs_one_call_and_writes_no_row_of_an_event() {
    var rows = rows(events) + rows(beside);
    var calls = calls();
    awaitPoll();
    assertThat(calls() - calls).isLessThanOrEqualTo(3);
    assertThat(rows(events) + rows(beside)).isEqualTo(rows);
  }

  @Test
  void a_bulk_request_for_many_quiet_events_costs_at_most_three_calls() {
    var rows = rows(beside);
    var calls = calls();
    transaction.executeWithoutResult(
        t -> new SyncRequests(jdbc).request(events, false, Trigger.BULK));
    events.forEach(e -> publisher.nudge(SyncRequested.of(e, Trigger.BULK)));
    awaitQuiet();
    assertThat(calls() - calls).isLessThanOrEqualTo(3);
    assertThat(rows(beside)).isEqualTo(rows);
  }

  @Test
  void many_people_who_ask_at_once_cost_at_most_five_calls() {
    var calls = calls();
    for (var event : events) {
      sync(event);
    }
    awaitQuiet();
    assertThat(calls() - calls).isLessThanOrEqualTo(5);
  }

  /** Each of them would be answered before the next one comes. */
  @Test
  void people_who_ask_one_after_the_other_are_answered_together() {
    var calls = calls();
    try (var people = Executors.newSingleThreadScheduledExecutor()) {
      for (int n = 0; n < 80; n++) {
        var event = events.get(n);
        var _ = people.schedule(() -> sync(event), 25L * n, TimeUnit.MILLISECONDS);
      }
    }
    awaitQuiet();
    assertThat(calls() - calls).isLessThanOrEqualTo(16);
  }

  @Test
  void many_changes_sync_each_event_they_touch_once_and_write_no_other_row() {
    var rows = rows(beside);
    var calls = calls();
    for (int i = 0; i < MANY; i++) {
      library.rename(photos.get(i), "renamed.jpg");
    }
    var runs = runs();
    awaitPoll();
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(renamed()).isEqualTo(MANY));
    awaitQuiet();
    assertThat(calls() - calls).isLessThanOrEqualTo(5);
    assertThat(runs() - runs).isEqualTo(MANY);
    assertThat(rows(beside)).isEqualTo(rows);
  }

  private void awaitQuiet() {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(
                    jdbc.sql(
                            """
                            select * from event_sync
                             where dirty or requested_generation > synced_generation or wake_at is not null limit 3
                            """)
                        .query()
                        .listOfRows())
                .isEmpty());
  }

  private long calls() {
    return emulator.calls().count(DriveMethod.CHANGES_LIST)
        + emulator.calls().count(DriveMethod.FILES_LIST)
        + emulator.calls().count(DriveMethod.FILES_GET)
        + emulator.calls().count(DriveMethod.START_PAGE_TOKEN);
  }

  private int runs() {
    return jdbc.sql("select count(*) from sync_run").query(Integer.class).single();
  }

  private int renamed() {
    return jdbc.sql("select count(*) from photo where name = 'renamed.jpg'")
        .query(Integer.class)
        .single();
  }

  /** Which version of each row of these events stands in the database. */
  private String rows(List<EventId> events) {
    return jdbc.sql(
            """
            select md5(string_agg(t || k || x, ',' order by t, k)) from (
              select 's' as t, event_id::text as k, xmin::text as x from event_sync where event_id = any (:ids)
              union all select 'p', id::text, xmin::text from photo where event_id = any (:ids)
              union all select 'f', folder_id, xmin::text from event_folder where event_id = any (:ids)) as rows
            """)
        .param("ids", events.stream().map(EventId::value).toArray(UUID[]::new))
        .query(String.class)
        .single();
  }

  private List<EventId> insert(List<String> folders) {
    return jdbc.sql(
            """
            with folder as (select f.id, f.photo, gen_random_uuid() as event
                              from unnest(:folders::text[], :photos::text[]) as f(id, photo)),
            e as (insert into event (id, name, folder_id) select event, 'many', id from folder returning id),
            s as (insert into event_sync (event_id, folder_id, feed_id, feed_epoch, requested_generation, synced_generation,
                    tried_generation, walked_generation, photo_count, last_synced_at, requested_urgent)
                  select folder.event, folder.id, f.id, f.epoch, 1, 1, 1, 1, 1, f.as_of, false
                    from folder join e on e.id = folder.event, drive_feed f),
            d as (insert into event_folder (event_id, folder_epoch, folder_id, version)
                  select folder.event, 0, folder.id, 1 from folder join e on e.id = folder.event),
            p as (insert into photo (event_id, folder_epoch, drive_file_id, parent_id, version, name, mime_type, width)
                  select folder.event, 0, folder.photo, folder.id, 1, 'p.jpg', 'image/jpeg', 1 from folder join e on e.id = folder.event)
            select event from folder
            """)
        .param("folders", folders.toArray(String[]::new))
        .param("photos", photos.toArray(String[]::new))
        .query((row, n) -> new EventId(row.getObject(1, UUID.class)))
        .list();
  }
}
