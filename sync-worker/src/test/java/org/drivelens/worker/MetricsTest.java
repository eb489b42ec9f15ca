package org.drivelens.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import org.drivelens.contract.Notice.SyncFinished;
import org.drivelens.emulator.call.DriveMethod;
import org.drivelens.emulator.call.Match;
import org.drivelens.emulator.fault.Trouble;
import org.drivelens.event.EventId;
import org.drivelens.worker.announcing.Announcements;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;

/** What an operator's Prometheus sees of a worker whose Drive comes and goes. */
@SpringBootTest(
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "drivelens.worker.sweep-every=500ms",
      "drivelens.drive.retry.attempts=2",
      "drivelens.drive.retry.base=10ms",
      "management.defaults.metrics.export.enabled=true",
      "drivelens.worker.metrics-every=200ms"
    })
@DirtiesContext
class MetricsTest extends GalleryTest {

  private static final Pattern NAME =
      Pattern.compile("^(drivelens_[a-z_]+)[{ ]", Pattern.MULTILINE);
  private static final Pattern DOCUMENTED =
      Pattern.compile("^\\| `(drivelens_[a-z_]+)` \\|[^|]*\\|[^|]*worker", Pattern.MULTILINE);

  private final HttpClient http = HttpClient.newHttpClient();

  @Autowired Announcements announcements;
  @LocalServerPort int port;

  @Test
  void a_run_is_counted_once_with_what_it_asked_of_drive_and_no_label_names_it() throws Exception {
    library.addSyntheticImage(root, "a.jpg");
    var event = aSyncedEventOn(root);
    await().atMost(SOON).until(() -> announced(event).isPresent());
    var run = announced(event).orElseThrow();

    announcements.announce(new SyncFinished(run, event));

    // The broker confirms in order: when the next run was counted, the first one had its chance.
    var next = aSyncedEventOn(root);
    await().atMost(SOON).until(() -> announced(next).isPresent());
    await().atMost(SOON).until(() -> countedBeyondAnnounced() == 0);
    assertThat(scrape())
        .contains("outcome=\"SUCCEEDED\"")
        .doesNotContain(event.value().toString())
        .doesNotContain(run.toString());
    assertThat(sum("drivelens_drive_calls_total")).isPositive();
    assertThat(sum("drivelens_drive_quota_wait_seconds_count")).isPositive();
    await().atMost(SOON).until(() -> sum("drivelens_queue_consumers") >= 4);
    await().atMost(SOON).until(() -> sum("drivelens_events") >= 1);
  }

  @Test
  void the_page_names_exactly_what_is_there() throws Exception {
    aSyncedEventOn(root);
    await().atMost(SOON).until(() -> sum("drivelens_runs_total") > 0);

    var told = new TreeSet<String>();
    DOCUMENTED
        .matcher(Files.readString(Path.of("../docs/metrics.md")))
        .results()
        .forEach(name -> told.add(name.group(1)));
    var there = new TreeSet<String>();
    NAME.matcher(scrape())
        .results()
        .map(name -> name.group(1).replaceFirst("_(count|sum|max)$", ""))
        .forEach(there::add);
    assertThat(there).isEqualTo(told);
  }

  @Test
  void a_drive_that_is_away_makes_no_worker_unhealthy() throws Exception {
    driveIsAway();
    var event = anEventOn(root);
    await().atMost(SOON).until(() -> statusRow(event).get("error_code") != null);
    assertThat(get("/actuator/health/liveness").statusCode()).isEqualTo(200);
    assertThat(get("/actuator/health/readiness").statusCode()).isEqualTo(200);
    assertThat(get("/actuator/health").statusCode()).isEqualTo(200);
  }

  private Optional<UUID> announced(EventId event) {
    return jdbc.sql(
            "select id from sync_run where event_id = :e and announced_at is not null order by id limit 1")
        .param("e", event.value())
        .query(UUID.class)
        .optional();
  }

  private double countedBeyondAnnounced() throws IOException, InterruptedException {
    var announced =
        jdbc.sql("select count(*) from sync_run where announced_at is not null")
            .query(Long.class)
            .single();
    return sum("drivelens_runs_total") - announced;
  }

  private void driveIsAway() {
    for (var method : DriveMethod.values()) {
      emulator.faults().fail(Match.on(method), Trouble.html(503));
    }
  }

  private double sum(String name) throws IOException, InterruptedException {
    return scrape()
        .lines()
        .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .filter(value -> !Double.isNaN(value))
        .sum();
  }

  private String scrape() throws IOException, InterruptedException {
    var answer = get("/actuator/prometheus");
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.body();
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
        BodyHandlers.ofString());
  }
}
