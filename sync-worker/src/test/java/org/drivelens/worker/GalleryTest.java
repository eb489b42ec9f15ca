package org.drivelens.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.drivelens.contract.Command.FeedPollRequested;
import org.drivelens.contract.Command.SyncRequested;
import org.drivelens.contract.MessagePublisher;
import org.drivelens.emulator.DriveEmulator;
import org.drivelens.emulator.call.DriveMethod;
import org.drivelens.emulator.call.Match;
import org.drivelens.emulator.library.Library;
import org.drivelens.event.EventId;
import org.drivelens.event.SyncRequests;
import org.drivelens.event.Trigger;
import org.drivelens.testsupport.OnRealParts;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A whole worker on a real database, a real broker and an emulated Drive. Each test has events and
 * folders of its own.
 */
@SpringBootTest(
    properties = {
      "spring.main.web-application-type=none",
      "drivelens.worker.sweep-every=500ms",
      "drivelens.drive.retry.attempts=2",
      "drivelens.drive.retry.base=10ms"
    })
@OnRealParts
abstract class GalleryTest {

  static final Duration SOON = Duration.ofSeconds(30);

  static final DriveEmulator emulator = DriveEmulator.start();

  @DynamicPropertySource
  static void drive(DynamicPropertyRegistry properties) {
    properties.add("drivelens.drive.root-url", emulator::rootUrl);
    properties.add("drivelens.drive.credentials", () -> emulator.serviceAccountFile().toString());
  }

  @Autowired JdbcClient jdbc;
  @Autowired TransactionTemplate transaction;
  @Autowired MessagePublisher publisher;

  Library library;
  String root;

  @BeforeEach
  void aSharedFolder() {
    library = emulator.library();
    root = sharedFolder("Wedding");
  }

  @AfterEach
  void noFaultsLeft() {
    emulator.faults().clear();
  }

  /** In nobody's folder, and shared with us. */
  String sharedFolder(String name) {
    var folder = library.createFolder(null, name);
    library.share(folder);
    return folder;
  }

  /** As the API does it. */
  EventId anEventOn(String folder) {
    var event = anUnannouncedEventOn(folder);
    publisher.nudge(SyncRequested.of(event, Trigger.CREATED));
    return event;
  }

  /** As the API does it, and then its message is lost. */
  EventId anUnannouncedEventOn(String folder) {
    return Objects.requireNonNull(
        transaction.execute(t -> {
          var event =
              new EventId(
                  jdbc.sql(
                          "insert into event (name, folder_id) values ('An event', :f) returning id")
                      .param("f", folder)
                      .query(UUID.class)
                      .single());
          new SyncRequests(jdbc).begin(event, folder, null);
          return event;
        }));
  }

  /**
   * Calls that listed any of these folders: folders of other tests are listed again minutes later.
   */
  long lists(String... folders) {
    var ours = List.of(folders);
    return emulator
        .calls()
        .count(
            Match.on(DriveMethod.FILES_LIST)
                .where(call -> ours.stream().anyMatch(call.ids()::contains), "about our folders"));
  }

  /** As an operator does it; null for all events. */
  void pause(@Nullable EventId event) {
    jdbc.sql("insert into sync_pause (event_id, paused_by) values (:event::uuid, 'admin')")
        .param("event", event == null ? null : event.toString())
        .update();
  }

  void resume(@Nullable EventId event) {
    jdbc.sql("delete from sync_pause where event_id is not distinct from :event::uuid")
        .param("event", event == null ? null : event.toString())
        .update();
    new SyncRequests(jdbc).wake(event);
  }

  void sync(EventId event) {
    sync(event, false);
  }

  void sync(EventId event, boolean full) {
    assertThat(new SyncRequests(jdbc).request(event, full, Trigger.MANUAL)).isTrue();
    publisher.nudge(SyncRequested.of(event, Trigger.MANUAL));
  }

  /** Until the log holds all that Drive tells by now. */
  void awaitPoll() {
    var now = jdbc.sql("select clock_timestamp()").query(OffsetDateTime.class).single();
    publisher.nudge(new FeedPollRequested(null));
    await()
        .atMost(SOON)
        .until(() ->
            jdbc.sql("select min(as_of) > :now from drive_feed where drive_id is null")
                .param("now", now)
                .query(Boolean.class)
                .single());
  }

  /** As if the time of its next walk of the whole folder had come. */
  void walkByTheClock(EventId event) {
    jdbc.sql("update event_sync set full_due_at = now(), wake_at = now() where event_id = :e")
        .param("e", event.value())
        .update();
  }

  int nextWalkInMinutes(EventId event) {
    return jdbc.sql(
            "select extract(epoch from full_due_at - now())::int / 60 from event_sync where event_id"
                + " = :e")
        .param("e", event.value())
        .query(Integer.class)
        .single();
  }

  void syncAndAwait(EventId event) {
    sync(event);
    awaitUpToDate(event);
  }

  EventId aSyncedEventOn(String folder) {
    var event = anEventOn(folder);
    awaitUpToDate(event);
    return event;
  }

  void awaitUpToDate(EventId event) {
    await().atMost(SOON).untilAsserted(() -> assertThat(status(event)).isEqualTo("UP_TO_DATE"));
  }

  void awaitError(EventId event, String code) {
    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(statusRow(event))
                .containsEntry("sync_status", "ERROR")
                .containsEntry("error_code", code));
  }

  String status(EventId event) {
    return String.valueOf(statusRow(event).get("sync_status"));
  }

  Map<String, @Nullable Object> statusRow(EventId event) {
    return jdbc.sql("select * from event_status where event_id = :event")
        .param("event", event.value())
        .query()
        .singleRow();
  }

  /** The gallery equals the folder, every field of every photo; and the count is right. */
  void assertGalleryIsFolder(EventId event, String folder) {
    var truth = new TreeMap<String, Object>();
    for (var image : library.truth(folder)) {
      truth.put(
          image.id(),
          List.of(
              image.name(),
              image.mimeType(),
              String.valueOf(image.size()),
              String.valueOf(image.md5()),
              String.valueOf(image.width()),
              String.valueOf(image.height()),
              String.valueOf(image.rotation()),
              image.parentId(),
              image.folderPath()));
    }
    assertThat(gallery(event)).isEqualTo(truth);
    assertThat(statusRow(event)).containsEntry("photo_count", truth.size());
  }

  Map<String, Object> gallery(EventId event) {
    var folders = new TreeMap<String, Map<String, @Nullable Object>>();
    jdbc.sql(
            "select f.folder_id, f.parent_id, f.name from event_folder f join event_sync s using (event_id, folder_epoch) where event_id = :e")
        .param("e", event.value())
        .query()
        .listOfRows()
        .forEach(row -> folders.put(String.valueOf(row.get("folder_id")), row));
    var photos = new TreeMap<String, Object>();
    jdbc.sql(
            "select p.* from photo p join event_sync s using (event_id, folder_epoch) where event_id = :e and removed_at is null")
        .param("e", event.value())
        .query()
        .listOfRows()
        .forEach(p ->
            photos.put(
                String.valueOf(p.get("drive_file_id")),
                List.of(
                    p.get("name"),
                    p.get("mime_type"),
                    String.valueOf(p.get("file_size")),
                    String.valueOf(p.get("md5")),
                    String.valueOf(p.get("width")),
                    String.valueOf(p.get("height")),
                    String.valueOf(p.get("rotation")),
                    p.get("parent_id"),
                    path(folders, String.valueOf(p.get("parent_id"))))));
    return photos;
  }

  private static List<String> path(
      Map<String, Map<String, @Nullable Object>> folders, String folder) {
    var path = new ArrayList<String>();
    var at = folders.get(folder);
    while (at != null && at.get("parent_id") != null) {
      path.addFirst(String.valueOf(at.get("name")));
      at = folders.get(String.valueOf(at.get("parent_id")));
    }
    return path;
  }

  UUID photoId(EventId event, String fileId) {
    return jdbc.sql("select id from photo where event_id = :e and drive_file_id = :f")
        .param("e", event.value())
        .param("f", fileId)
        .query(UUID.class)
        .single();
  }
}
