package org.drivelens.api.live;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Predicate;
import org.drivelens.api.Api;
import org.drivelens.api.OnTheApi;
import org.drivelens.testsupport.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

/** The stream of server-sent events. */
@OnTheApi
@TestPropertySource(properties = "drivelens.stream.heartbeat=200ms")
class LiveStreamTest {

  private final TestDatabase database;
  private final JdbcClient jdbc;
  private final Api api;
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<InputStream> opened = new ArrayList<>();

  LiveStreamTest(TestDatabase database, @LocalServerPort int port) {
    this.database = database;
    jdbc = database.jdbc();
    api = new Api(port);
  }

  @BeforeEach
  void begin() {
    database.clear();
  }

  @AfterEach
  void end() throws IOException {
    for (var stream : opened) {
      stream.close();
    }
  }

  @Test
  void a_run_is_told_as_it_goes_on_and_when_it_has_ended() throws Exception {
    var lines = listen("/stream", null);
    var run = begin(event("A"));
    assertThat(next(lines, "event: progress")).contains(run.toString(), "\"RUNNING\"");
    jdbc.sql("update sync_run set photos_added = 7 where id = :id").param("id", run).update();
    assertThat(next(lines, "event: progress")).contains("\"photosAdded\":7");
    end(run);
    assertThat(next(lines, "event: run")).contains(run.toString(), "\"SUCCEEDED\"", "\"A\"");
  }

  @Test
  void what_was_missed_is_told_first_and_in_order() throws Exception {
    var event = event("A");
    var seen = end(begin(event));
    var missed = List.of(end(begin(event)), end(begin(event)));
    var position =
        jdbc.sql(
                "select (extract(epoch from finished_at) * 1000000)::bigint || '-' || id from sync_run where id = :id")
            .param("id", seen)
            .query(String.class)
            .single();
    var lines = listen("/stream?topics=runs", position);
    assertThat(next(lines, "event: run")).contains(missed.get(0).toString());
    assertThat(next(lines, "event: run")).contains(missed.get(1).toString());
    var later = end(begin(event));
    assertThat(next(lines, "event: run")).contains(later.toString());
  }

  @Test
  void a_burst_larger_than_one_look_is_told_whole() throws Exception {
    var event = event("A");
    var lines = listen("/stream?topics=runs", null);
    await(lines, line -> line.startsWith(":"));
    jdbc.sql(
            """
            insert into sync_run (event_id, folder_epoch, generation, full_generation, trigger, mode, status, finished_at)
            select :event, 1, 1, 1, 'FEED', 'FEED', 'SUCCEEDED', clock_timestamp() from generate_series(1, 1200)
            """)
        .param("event", event)
        .update();
    var ids = new java.util.HashSet<String>();
    while (ids.size() < 1200) {
      ids.add(await(lines, line -> line.startsWith("id: ")));
    }
  }

  @Test
  void one_may_listen_to_one_event_alone() throws Exception {
    var other = event("Other");
    var mine = event("Mine");
    var lines = listen("/stream?topics=runs&eventId=" + mine, null);
    await(lines, line -> line.startsWith(":"));
    end(begin(other));
    var run = end(begin(mine));
    assertThat(next(lines, "event: run")).contains(run.toString());
  }

  @Test
  void what_is_no_topic_is_refused_and_an_id_of_somebody_else_is_none() throws Exception {
    assertThat(api.get("/stream?topics=runs,gossip").at("/errors/0/field")).isEqualTo("topics");
    var lines = listen("/stream", "42");
    await(lines, line -> line.startsWith(":"));
  }

  private UUID event(String name) {
    return UUID.fromString(api.post("/events", "{\"name\": \"%s\"}".formatted(name)).at("/id"));
  }

  private UUID begin(UUID event) {
    return jdbc.sql(
            """
            insert into sync_run (event_id, folder_epoch, generation, full_generation, trigger, mode, status)
            values (:event, 1, 1, 1, 'MANUAL', 'FULL', 'RUNNING') returning id
            """)
        .param("event", event)
        .query(UUID.class)
        .single();
  }

  private UUID end(UUID run) {
    jdbc.sql(
            "update sync_run set status = 'SUCCEEDED', finished_at = clock_timestamp() where id = :id")
        .param("id", run)
        .update();
    return run;
  }

  private BlockingQueue<String> listen(
      String path, @org.jspecify.annotations.Nullable String lastId) throws Exception {
    var request = api.request(path).GET();
    if (lastId != null) {
      request.setHeader("Last-Event-ID", lastId);
    }
    var answer = http.send(request.build(), BodyHandlers.ofInputStream());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/event-stream");
    opened.add(answer.body());
    var lines = new LinkedBlockingQueue<String>();
    Thread.ofVirtual()
        .start(() -> {
          try (var reader =
              new java.io.BufferedReader(
                  new java.io.InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            reader.lines().forEach(lines::add);
          } catch (IOException | java.io.UncheckedIOException e) {
            lines.add("closed");
          }
        });
    return lines;
  }

  /** The data of the next event of that name. */
  private static String next(BlockingQueue<String> lines, String name) throws InterruptedException {
    await(lines, name::equals);
    return await(lines, line -> line.startsWith("data: "));
  }

  private static String await(BlockingQueue<String> lines, Predicate<String> wanted)
      throws InterruptedException {
    while (true) {
      var line = lines.poll(20, SECONDS);
      assertThat(line).as("a line within 20 s").isNotNull();
      if (wanted.test(line)) {
        return line;
      }
    }
  }
}
