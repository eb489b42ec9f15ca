package org.drivelens.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import org.drivelens.emulator.call.DriveMethod;
import org.drivelens.emulator.call.Match;
import org.drivelens.emulator.fault.Trouble;
import org.drivelens.event.EventId;
import org.drivelens.event.SyncRequests;
import org.junit.jupiter.api.Test;

/** What happened, why, how long it took, and what it cost. */
class HistoryExplainsTest extends GalleryTest {

  @Test
  void a_first_sync_writes_no_history_of_photos_and_each_later_change_does() {
    var sub = library.createFolder(root, "Party");
    var photos = library.seedImages(root, "p", 5);
    var event = aSyncedEventOn(root);
    assertThat(history(event)).isEmpty();

    var added = library.addSyntheticImage(root, "added.jpg");
    library.rename(photos.get(0), "renamed.jpg");
    library.move(photos.get(1), sub);
    library.trash(photos.get(2));
    library.delete(photos.get(3));
    library.touchViewed(photos.get(4));
    syncAndAwait(event);
    assertThat(history(event))
        .containsExactlyInAnyOrder(
            added + " APPEARED",
            photos.get(0) + " CHANGED name: p000001.jpg > renamed.jpg",
            photos.get(1) + " MOVED folder: " + root + " > " + sub,
            photos.get(2) + " REMOVED TRASHED",
            photos.get(3) + " REMOVED GONE");

    library.untrash(photos.get(2));
    syncAndAwait(event);
    assertThat(history(event)).contains(photos.get(2) + " RETURNED");

    // A full sync that finds nothing tells nothing.
    var told = history(event).size();
    sync(event, true);
    awaitUpToDate(event);
    assertThat(history(event)).hasSize(told);
    assertThat(
            jdbc.sql(
                    "select count(*) from photo_history h left join sync_run r on r.id = h.run_id where h.event_id = :e and r.id is null")
                .param("e", event.value())
                .query(Integer.class)
                .single())
        .as("changes of which nobody knows the run")
        .isZero();

    var other = sharedFolder("Other");
    transaction.executeWithoutResult(t -> new SyncRequests(jdbc).startOver(event, other, null));
    awaitUpToDate(event);
    assertThat(history(event)).isEmpty();
  }

  @Test
  void a_run_tells_its_phases_and_the_calls_by_method() {
    library.seedImages(root, "p", 3);
    var event = aSyncedEventOn(root);
    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(
                    strings(
                        "select phase from sync_run_phase join sync_run r on r.id = run_id", event))
                .contains("WALKING", "CONFIRMING", "APPLYING"));
    assertThat(strings("select method from sync_run_call join sync_run r on r.id = run_id", event))
        .contains("files.list", "files.get");
    assertThat(
            jdbc.sql(
                    """
                    select count(*) from sync_run r
                     cross join lateral (select coalesce(sum(calls), 0) as calls, coalesce(sum(units), 0) as units
                                           from sync_run_call where run_id = r.id) as c
                     where event_id = :e and (drive_calls, quota_units) is distinct from (c.calls, c.units)
                    """)
                .param("e", event.value())
                .query(Integer.class)
                .single())
        .as("runs whose calls do not add up")
        .isZero();
    assertThat(
            jdbc.sql(
                    """
                    select count(*) from sync_run_phase p join sync_run r on r.id = p.run_id where event_id = :e
                       and (millis < 0 or began_at > ended_at or began_at < r.started_at - interval '1 second')
                    """)
                .param("e", event.value())
                .query(Integer.class)
                .single())
        .as("phases that cannot be")
        .isZero();
  }

  @Test
  void a_run_says_at_its_end_what_could_not_be_shown() {
    var sub = library.createFolder(root, "Private");
    library.seedImages(sub, "s", 2);
    emulator
        .faults()
        .fail(
            Match.on(DriveMethod.FILES_LIST).about(sub),
            Trouble.google(403, "insufficientFilePermissions"));
    var event = aSyncedEventOn(root);
    assertThat(
            strings(
                "select unreadable_folders || ' ' || skipped_files || ' ' || status from sync_run r",
                event))
        .containsExactly("1 0 SUCCEEDED");
    assertThat(strings("select kind || ' ' || name || ' ' || reason from sync_issue r", event))
        .containsExactly("FOLDER Private insufficientFilePermissions");
  }

  @Test
  void a_request_that_a_poll_answers_does_not_end_before_it_begins() {
    library.seedImages(root, "p", 1);
    var event = aSyncedEventOn(root);
    syncAndAwait(event);
    syncAndAwait(event);
    assertThat(strings("select (finished_at >= started_at)::text from sync_run r", event))
        .containsOnly("true");
    assertThat(strings("select mode from sync_run r", event)).contains("FEED");
  }

  private List<String> history(EventId event) {
    return strings(
        """
        select p.drive_file_id || ' ' || h.kind || coalesce(' ' || h.reason, '')
                 || coalesce((select string_agg(' ' || c.key || ': ' || (c.value ->> 0) || ' > ' || (c.value ->> 1), '')
                                from jsonb_each(h.changes) c), '')
          from photo_history h join photo p on p.event_id = h.event_id and p.id = h.photo_id
          join sync_run r on r.id = h.run_id
        """,
        event);
  }

  private List<String> strings(String sql, EventId event) {
    return jdbc.sql(sql + " where r.event_id = :e")
        .param("e", event.value())
        .query((row, n) -> row.getString(1))
        .list();
  }
}
