package org.drivelens.worker.photos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.drivelens.drive.DriveFile;
import org.drivelens.drive.ImageMetadata;
import org.drivelens.event.EventId;
import org.drivelens.event.SyncRequests;
import org.drivelens.testsupport.OnRealParts;
import org.drivelens.testsupport.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** A first sync adds photos without looking for each: what is written must be the same. */
@OnRealParts
class PhotoCatalogTest {

  private static final ImageMetadata MEASURED =
      new ImageMetadata(4000, 3000, 1, LocalDateTime.of(2026, 5, 1, 12, 0), "Canon EOS 5D");

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final PhotoCatalog photos;

  PhotoCatalogTest(TestDatabase database) {
    jdbc = database.jdbc();
    var manager = new JdbcTransactionManager(database.dataSource());
    transaction = new TransactionTemplate(manager);
    var nested = new TransactionTemplate(manager);
    nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
    photos = new PhotoCatalog(jdbc, nested);
  }

  @Test
  void a_first_sync_writes_the_rows_that_put_writes() {
    var files =
        List.of(
            photo("whole", "n", 1, MEASURED),
            photo("named", "a,b \"c\"\n\t\\ 結婚式 🎉", Long.MAX_VALUE, MEASURED),
            photo("early", "", 1, taken(LocalDateTime.of(1, 1, 1, 0, 0))),
            photo("late", "n", 1, taken(LocalDateTime.of(9999, 12, 31, 23, 59, 59))));
    var first = anEvent();
    var put = anEvent();

    assertThat(write(() -> photos.putFirst(first, files)))
        .isEqualTo(write(() -> photos.put(put, files)))
        .isEqualTo(Tally.added(4));

    assertThat(rows(first)).isEqualTo(rows(put)).hasSize(4);
    assertThat(count(first)).isEqualTo(4);
  }

  @Test
  void what_is_not_measured_yet_is_asked_for_again() {
    var event = anEvent();
    var files =
        List.of(
            photo("whole", "n", 1, MEASURED),
            photo("bare", "n", 1, null),
            photo("odd", "n", 1, new ImageMetadata(null, 7, null, null, null)));

    assertThat(write(() -> photos.putFirst(event, files))).isEqualTo(Tally.added(3));

    assertThat(texts("drive_file_id || (metadata_due_at is not null)", event))
        .containsExactly("baretrue", "oddtrue", "wholefalse");
  }

  @Test
  void what_is_there_already_is_put_as_ever_and_the_newer_one_stays() {
    var event = anEvent();
    write(() -> photos.put(event, List.of(photo("there", "newer", 5, MEASURED))));
    var files =
        List.of(
            photo("new", "n", 1, MEASURED),
            photo("there", "older", 4, MEASURED),
            photo("too", "n", 1, MEASURED));

    assertThat(write(() -> photos.putFirst(event, files))).isEqualTo(Tally.added(2));

    assertThat(texts("drive_file_id || ' ' || name", event))
        .containsExactly("new n", "there newer", "too n");
    assertThat(count(event)).isEqualTo(3);
  }

  @Test
  void what_was_removed_returns_under_its_id() {
    var event = anEvent();
    var gone = List.of(photo("gone", "n", 1, MEASURED));
    write(() -> photos.putFirst(event, gone));
    var id = id(event);
    write(() -> photos.bury(event, List.of(new Tombstone("gone", null, "deleted"))));

    assertThat(write(() -> photos.putFirst(event, gone))).isEqualTo(Tally.added(1));
    assertThat(id(event)).isEqualTo(id);
    assertThat(count(event)).isEqualTo(1);
  }

  private <T> T write(Supplier<T> work) {
    return Objects.requireNonNull(transaction.execute(t -> work.get()));
  }

  private EventKey anEvent() {
    var event =
        jdbc.sql("insert into event (name) values ('e') returning id").query(UUID.class).single();
    new SyncRequests(jdbc).begin(new EventId(event), "folder-" + event, null);
    return new EventKey(event, 1);
  }

  private List<@Nullable String> rows(EventKey event) {
    return texts("to_jsonb(p) - array['event_id', 'id', 'created_at', 'updated_at']", event);
  }

  private List<@Nullable String> texts(String what, EventKey event) {
    return jdbc.sql(
            "select ("
                + what
                + ")::text from photo p where event_id = :event order by drive_file_id")
        .param("event", event.event())
        .query(String.class)
        .list();
  }

  private UUID id(EventKey event) {
    return jdbc.sql("select id from photo where event_id = :event and removed_at is null")
        .param("event", event.event())
        .query(UUID.class)
        .single();
  }

  private int count(EventKey event) {
    return jdbc.sql("select photo_count from event_sync where event_id = :event")
        .param("event", event.event())
        .query(Integer.class)
        .single();
  }

  private static ImageMetadata taken(LocalDateTime at) {
    return new ImageMetadata(1, 1, 0, at, null);
  }

  private static DriveFile photo(
      String id, String name, long version, @Nullable ImageMetadata image) {
    return new DriveFile(
        id,
        name,
        "image/jpeg",
        "folder",
        false,
        false,
        version,
        5_000_000_000L,
        "0cc1",
        image,
        false,
        null,
        null,
        null);
  }
}
