package org.drivelens.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.drive.Drive;
import com.google.api.services.drive.DriveScopes;
import com.google.auth.http.HttpCredentialsAdapter;
import com.google.auth.oauth2.ServiceAccountCredentials;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.drivelens.emulator.call.DriveMethod;
import org.drivelens.emulator.library.Library;
import org.drivelens.system.Installation;
import org.drivelens.testsupport.TestBroker;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.postgresql.PGConnection;

/** What it costs to list folders, beside what the client and PostgreSQL take by themselves. */
@Tag("bench")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WalkBench {

  private static final int FLAT = 100_000;
  private static final String FIELDS =
      "nextPageToken,incompleteSearch,files(id,name,mimeType,parents,trashed,explicitlyTrashed,version,"
          + "size,md5Checksum,imageMediaMetadata(width,height,rotation,time,"
          + "cameraMake,cameraModel),capabilities/canListChildren,resourceKey,driveId)";

  private Installation drivelens;
  private Library library;
  private String warm = "";

  @BeforeAll
  void start() {
    // The quota is measured elsewhere; here it would be all that is measured.
    drivelens =
        new Installation(
            "walk",
            TestBroker.shared("walk"),
            1,
            Map.of(
                "DRIVELENS_QUOTA_UNITS_PER_MINUTE",
                "2000000000",
                "DRIVELENS_JAVA_OPTIONS",
                "-Xmx256m"));
    library = drivelens.drive().library();
    var folder = drivelens.sharedFolder("Warm up");
    library.seedImages(folder, "image-", 20_000);
    warm = firstSync(folder, 20_000).event();
  }

  @AfterAll
  void stop() {
    drivelens.close();
  }

  @Test
  @Order(1)
  void folders() {
    var root = drivelens.sharedFolder("Tree");
    for (int one = 0; one < 10; one++) {
      var first = library.createFolder(root, "Day " + one);
      for (int two = 0; two < 10; two++) {
        var second = library.createFolder(first, "Hall " + two);
        for (int three = 0; three < 10; three++) {
          library.seedImages(library.createFolder(second, "Table " + three), "image-", 100);
        }
      }
    }
    drivelens.drive().calls().clear();
    var took = sync(root, 100_000).took();
    var lists = drivelens.drive().calls().count(DriveMethod.FILES_LIST);
    Figures.add(
        "list calls for 1,000 folders of 100 images, below 111 more",
        lists + " in " + seconds(took),
        "129",
        "100 full pages",
        lists <= 129);
  }

  @Test
  @Order(2)
  void flat() throws Exception {
    var once = flat("Flat");
    var again = flat("Flat again");
    var synced = faster(once.synced().took(), again.synced().took());
    var paging = faster(once.paging(), again.paging());
    var copy = faster(once.copy(), again.copy());
    var limit = paging.compareTo(copy) > 0 ? paging : copy;
    var bound = limit.multipliedBy(3).dividedBy(2);
    Figures.add(
        "first sync of 100,000 images in one folder",
        seconds(synced),
        "1.5 x the larger: " + seconds(bound),
        "paging %s, COPY %s; each the faster of two".formatted(seconds(paging), seconds(copy)),
        synced.compareTo(bound) <= 0);
    walkedAgain(again.synced().event());
  }

  /** One folder, paged, synced and copied. */
  private Flat flat(String name) throws Exception {
    var root = drivelens.sharedFolder(name);
    library.seedImages(root, "image-", FLAT);
    var paging = page(root);
    var synced = sync(root, FLAT);
    return new Flat(paging, synced, copy(synced.event()));
  }

  private void walkedAgain(String event) {
    var before = rowsWritten();
    var begin = System.nanoTime();
    var walked = lastFullWalk(event);
    drivelens.api().syncFully(event);
    await()
        .atMost(Duration.ofMinutes(5))
        .pollInterval(Duration.ofMillis(100))
        .until(() -> !lastFullWalk(event).equals(walked));
    awaitUpToDate(event);
    var took = since(begin);
    var written = rowsWritten() - before;
    Figures.add(
        "rows of photos written when it is walked again unchanged",
        written + " in " + seconds(took),
        "0",
        "",
        written == 0);
  }

  @Test
  @Order(3)
  void million() {
    var root = drivelens.sharedFolder("Million");
    for (int part = 0; part < 10; part++) {
      library.seedImages(library.createFolder(root, "Part " + part), "image-", 100_000);
      Figures.say("seeded %d of 10".formatted(part + 1));
    }
    var took = sync(root, 1_000_000).took();
    var worker = drivelens.workers(1).getFirst();
    Figures.add(
        "first sync of a million images, worker with -Xmx256m",
        "%s, %s of memory at most".formatted(seconds(took), peakMemory(worker.pid())),
        "it ends, whole",
        "",
        true);
  }

  private record Synced(String event, Duration took) {}

  private record Flat(Duration paging, Synced synced, Duration copy) {}

  /**
   * The log has been read up to here, as it is where a scheduler ticks: here is none, and a first
   * sync would read what the bench itself did to Drive since the last one.
   */
  private void readLog() {
    drivelens.api().sync(warm);
    awaitUpToDate(warm);
  }

  private Synced sync(String folder, int photos) {
    readLog();
    return firstSync(folder, photos);
  }

  private Synced firstSync(String folder, int photos) {
    var begin = System.nanoTime();
    var event = drivelens.gallery(folder).event();
    awaitUpToDate(event);
    var took = since(begin);
    assertThat(drivelens.api().state(event).photoCount()).isEqualTo(photos);
    return new Synced(event, took);
  }

  /** Asks the database: an API that is asked often takes the processor from what is measured. */
  private void awaitUpToDate(String event) {
    await()
        .atMost(Duration.ofMinutes(20))
        .pollInterval(Duration.ofMillis(25))
        .until(() ->
            text("select sync_status from event_status where event_id = :e::uuid", event)
                .equals("UP_TO_DATE"));
  }

  private String lastFullWalk(String event) {
    return text("select last_full_walk_at::text from event_sync where event_id = :e::uuid", event);
  }

  private String text(String sql, String event) {
    return drivelens.database().jdbc().sql(sql).param("e", event).query(String.class).single();
  }

  /** As the official client pages by itself, one page after the other. */
  private Duration page(String folder) throws IOException {
    var begin = System.nanoTime();
    ServiceAccountCredentials credentials;
    try (var file = Files.newInputStream(drivelens.drive().serviceAccountFile())) {
      credentials = ServiceAccountCredentials.fromStream(file);
    }
    var client =
        new Drive.Builder(
                new NetHttpTransport(),
                GsonFactory.getDefaultInstance(),
                new HttpCredentialsAdapter(credentials.createScoped(DriveScopes.DRIVE_READONLY)))
            .setRootUrl(drivelens.drive().rootUrl())
            .setApplicationName("bench")
            .build();
    var list =
        client
            .files()
            .list()
            .setQ("'" + folder + "' in parents and trashed = false")
            .setPageSize(1000)
            .setSupportsAllDrives(true)
            .setIncludeItemsFromAllDrives(true)
            .setFields(FIELDS);
    int files = 0;
    do {
      var page = list.execute();
      files += page.getFiles().size();
      list.setPageToken(page.getNextPageToken());
    } while (list.getPageToken() != null);
    assertThat(files).isEqualTo(FLAT);
    return since(begin);
  }

  /**
   * The same rows into a table like that of the photos: its indexes, and that it has no orphans.
   */
  private Duration copy(String event) throws SQLException, IOException {
    try (var connection = drivelens.database().dataSource().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("drop table if exists copied");
      statement.execute(
          "create table copied (like photo including all, foreign key (event_id) references event (id))");
      var manager = connection.unwrap(PGConnection.class).getCopyAPI();
      var rows = new ByteArrayOutputStream();
      manager.copyOut(
          "copy (select * from photo where event_id = '%s') to stdout".formatted(event), rows);
      var begin = System.nanoTime();
      var copied =
          manager.copyIn("copy copied from stdin", new ByteArrayInputStream(rows.toByteArray()));
      var took = since(begin);
      assertThat(copied).isEqualTo(FLAT);
      statement.execute("drop table copied");
      return took;
    }
  }

  private static Duration since(long begin) {
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  private static Duration faster(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private long rowsWritten() {
    var jdbc = drivelens.database().jdbc();
    // What a session did within a second of its last report it reports after ten idle seconds.
    await().during(Duration.ofSeconds(12)).atMost(Duration.ofSeconds(30)).until(() -> true);
    return jdbc.sql(
            "select n_tup_ins + n_tup_upd + n_tup_del from pg_stat_user_tables where relname ="
                + " 'photo'")
        .query(Long.class)
        .single();
  }

  private static String peakMemory(long pid) {
    try {
      return Files.readAllLines(Path.of("/proc", String.valueOf(pid), "status")).stream()
          .filter(line -> line.startsWith("VmHWM"))
          .map(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024 + " MB")
          .findFirst()
          .orElse("unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }

  private static String seconds(Duration took) {
    return "%.2f s".formatted(took.toMillis() / 1000.0);
  }
}
