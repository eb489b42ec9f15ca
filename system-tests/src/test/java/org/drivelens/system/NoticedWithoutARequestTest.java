package org.drivelens.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.drivelens.testsupport.TestBroker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.json.JsonMapper;

/** Runs beside the other classes, since it waits for a minute; with the times that users have. */
@Execution(ExecutionMode.CONCURRENT)
class NoticedWithoutARequestTest {

  @Test
  void a_change_in_drive_appears_within_75_seconds_without_a_request() {
    // The processes of the others start first: all at once would be slow on few cores.
    Installation.shared();
    var asContainersLog = Map.of("LOGGING_STRUCTURED_FORMAT_CONSOLE", "ecs");
    try (var drivelens =
        new Installation("unasked", TestBroker.shared("unasked"), 1, asContainersLog)) {
      var library = drivelens.drive().library();
      var folder = drivelens.sharedFolder("Wedding");
      library.addSyntheticImage(folder, "church.jpg");
      var gallery = drivelens.gallery(folder);
      gallery.becomesWhole(Duration.ofSeconds(60));
      drivelens.startScheduler();

      var inner = library.createFolder(folder, "Dinner");
      library.addSyntheticImage(inner, "cake.jpg");

      var secret = library.createFolder(null, "Not shared");
      var closed = drivelens.gallery(secret).event();

      gallery.becomesWhole(Duration.ofSeconds(75));
      logsSayWhichRun(drivelens, closed);
    }
  }

  private static void logsSayWhichRun(Installation drivelens, String event) {
    var json = JsonMapper.shared();
    var lines =
        drivelens
            .workers(1)
            .getFirst()
            .log()
            .lines()
            // What the JVM itself says stays as it is.
            .filter(line -> line.startsWith("{"))
            .map(json::readTree)
            .toList();
    var run =
        drivelens
            .database()
            .jdbc()
            .sql("select id from sync_run where event_id = :event")
            .param("event", UUID.fromString(event))
            .query(UUID.class)
            .list();
    assertThat(lines)
        .allSatisfy(
            line -> assertThat(line.at("/service/name").asString()).isEqualTo("sync-worker"))
        .anySatisfy(line -> {
          assertThat(line.at("/log/level").asString()).isEqualTo("WARN");
          assertThat(line.at("/message").asString("")).contains("FOLDER_NOT_FOUND");
          assertThat(line.at("/eventId").asString("")).isEqualTo(event);
          assertThat(run).extracting(UUID::toString).contains(line.at("/runId").asString(""));
        });
  }
}
