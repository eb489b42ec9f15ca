package org.drivelens.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.drivelens.emulator.OfficialClient.children;
import static org.drivelens.emulator.OfficialClient.reason;
import static org.drivelens.emulator.OfficialClient.refusal;

import com.google.api.services.drive.Drive;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.drivelens.emulator.fault.Quota.Limit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The quota on a clock that stands still unless told otherwise. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QuotaTest {

  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
  private DriveEmulator emulator;
  private Drive drive;
  private String folder;

  @BeforeAll
  void start() {
    var clock =
        new Clock() {
          @Override
          public Instant instant() {
            return now.get();
          }

          @Override
          public ZoneId getZone() {
            return ZoneOffset.UTC;
          }

          @Override
          public Clock withZone(ZoneId zone) {
            return this;
          }
        };
    emulator = DriveEmulator.start(Settings.inMemory().clock(clock));
    drive = OfficialClient.of(emulator);
    folder = emulator.library().createFolder(null, "event");
    emulator.library().share(folder);
    emulator.library().addSyntheticImage(folder, "a.jpg");
  }

  @AfterAll
  void stop() {
    emulator.close();
  }

  @BeforeEach
  void aNewMinute() {
    emulator.faults().clear();
    emulator.calls().clear();
    pass(Duration.ofMinutes(1));
  }

  private void pass(Duration time) {
    now.updateAndGet(before -> before.plus(time));
  }

  private void list() throws IOException {
    children(drive, folder).execute();
  }

  private void get() throws IOException {
    drive.files().get(folder).execute();
  }

  private JsonNode control(String method, String path) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(emulator.rootUrl() + "emulator/" + path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build();
    var response = EmulatorTest.HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    return JsonMapper.builder().build().readTree(response.body());
  }

  @Test
  void what_goes_beyond_the_minute_is_refused_until_the_minute_has_slid_on() throws IOException {
    emulator.faults().quota().limit(new Limit(210, 0, false, 403, null));
    list();
    pass(Duration.ofSeconds(30));
    list();
    get();
    get();

    var refusal = refusal(this::get);
    assertThat(refusal.getStatusCode()).isEqualTo(403);
    assertThat(reason(refusal)).isEqualTo("userRateLimitExceeded");
    assertThat(refusal.getDetails().getErrors().getFirst().getDomain()).isEqualTo("usageLimits");
    assertThat(refusal.getDetails().getMessage()).isEqualTo("User Rate Limit Exceeded");
    pass(Duration.ofSeconds(30));
    list();
    assertThat(refusal(this::list).getStatusCode()).isEqualTo(403);
    assertThat(emulator.faults().quota().refused()).isEqualTo(2);
    assertThat(emulator.faults().quota().mostGranted()).isEqualTo(210);
    emulator.faults().quota().limit(null);
    list();
  }

  @Test
  void a_second_can_have_its_own_limit_and_a_refusal_its_advice() throws IOException {
    emulator.faults().quota().limit(new Limit(100_000, 100, false, 429, Duration.ofSeconds(2)));
    list();

    var refusal = refusal(this::list);
    assertThat(refusal.getStatusCode()).isEqualTo(429);
    assertThat(reason(refusal)).isEqualTo("rateLimitExceeded");
    assertThat(refusal.getHeaders().getRetryAfter()).isEqualTo("2");
    pass(Duration.ofSeconds(1));
    list();
  }

  @Test
  void older_projects_count_queries() throws IOException {
    emulator.faults().quota().limit(new Limit(2, 0, true, 403, null));
    list();
    get();

    assertThat(refusal(this::get).getStatusCode()).isEqualTo(403);
  }

  @Test
  void a_download_costs_two_hundred_units() throws IOException {
    String photo = emulator.library().children(folder).getFirst().id();
    emulator.faults().quota().limit(new Limit(399, 0, false, 403, null));
    drive.files().get(photo).executeMediaAsInputStream().close();

    assertThat(refusal(() -> drive.files().get(photo).executeMediaAsInputStream()).getStatusCode())
        .isEqualTo(403);
    assertThat(emulator.calls().units()).isEqualTo(400);
  }

  @Test
  void use_is_counted_by_method_and_second_with_the_most_of_any_span() throws Exception {
    list();
    pass(Duration.ofMillis(900));
    list();
    pass(Duration.ofMillis(200));
    get();
    pass(Duration.ofSeconds(59));
    list();

    var usage = control("GET", "usage");
    assertThat(usage.path("units").asInt()).isEqualTo(305);
    assertThat(usage.path("mostUnitsInAnySecond").asInt()).isEqualTo(200);
    assertThat(usage.path("mostUnitsInAnyMinute").asInt()).isEqualTo(205);
    assertThat(usage.path("byMethod").path("files.list").path("units").asInt()).isEqualTo(300);
    assertThat(usage.path("byMethod").path("files.get").path("calls").asInt()).isEqualTo(1);
    int shown = 0;
    for (JsonNode second : usage.path("bySecond")) {
      shown += second.path("units").asInt();
    }
    assertThat(shown).isEqualTo(305);
    assertThat(control("GET", "usage?seconds=1").path("bySecond").size()).isEqualTo(1);
    control("DELETE", "calls");
    assertThat(control("GET", "usage").path("mostUnitsInAnyMinute").asInt()).isZero();
  }

  @Test
  void the_quota_is_set_and_lifted_by_curl() throws Exception {
    control("POST", "quota?perMinute=100&status=429");
    list();
    assertThat(refusal(this::list).getStatusCode()).isEqualTo(429);
    assertThat(control("GET", "faults").path("active").toString())
        .contains("quota of 100 a minute");
    assertThat(control("GET", "usage").path("refused").asInt()).isEqualTo(1);
    control("DELETE", "quota");
    list();
    assertThat(control("POST", "quota").path("error").asString()).contains("Missing: perMinute");
    assertThat(control("POST", "quota?perMinute=0").path("error").asString())
        .contains("at least 1");
  }
}
