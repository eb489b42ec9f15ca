package org.drivelens.api.access;

import static java.util.regex.Pattern.MULTILINE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.drivelens.api.Api;
import org.drivelens.api.OnTheApi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What is open to everybody, and what only to the operator. */
@OnTheApi
class OpenDoorsTest {

  private static final Pattern SHOWN = Pattern.compile("^(drivelens_[a-z_]+)[{ ]", MULTILINE);
  private static final Pattern DOCUMENTED =
      Pattern.compile("^\\| `(drivelens_[a-z_]+)` \\|[^|]*\\|[^|]*API", MULTILINE);

  private static final Path DESCRIPTION = Path.of("../docs/openapi.yaml");

  private final Api api;
  private final Api management;

  OpenDoorsTest(@LocalServerPort int port, @LocalManagementPort int managementPort) {
    api = new Api(port);
    management = new Api(managementPort);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/events",
        "/events/sync/statistics",
        "/drive/identity",
        "/nowhere",
        "/error",
        "/actuator/env",
        "/problems/a/b",
        "/download",
        "/download/x/y",
        "/events/0198a1b2-0000-7000-8000-000000000000/download-selections"
      })
  void without_the_token_everything_else_is_closed(String path) {
    var answer = api.send(api.anonymous(path).GET());
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"drivelens\"");
    assertThat(answer.at("/type")).isEqualTo("/problems/unauthorized");
    assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
  }

  @Test
  void a_wrong_token_is_told_from_none() {
    for (var wrong :
        new String[] {
          "Bearer x",
          "Bearer " + Api.TOKEN + "x",
          "Bearer " + Api.TOKEN.substring(1),
          "Bearer ",
          "Basic b3BlcmF0b3I6eA==",
          "Bearer " + Api.TOKEN.toUpperCase(java.util.Locale.ROOT)
        }) {
      var answer = api.get("/events", "Authorization", wrong);
      assertThat(answer.status()).as(wrong).isEqualTo(401);
      assertThat(answer.header("WWW-Authenticate")).contains("error=\"invalid_token\"");
      assertThat(answer.text()).doesNotContain(Api.TOKEN);
    }
    assertThat(api.get("/events", "Authorization", "bearer " + Api.TOKEN).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/openapi", "/openapi.yaml", "/swagger-ui/index.html", "/openapi/swagger-config",
        "/problems", "/problems/not-found", "/livez", "/readyz"
      })
  void the_description_the_try_it_page_and_health_are_open(String path) {
    assertThat(api.send(api.anonymous(path).GET()).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/download/x", "/download/x/zip", "/download/x/items/1"})
  void a_download_link_asks_for_nothing_but_the_secret_in_it(String path) {
    var answer = api.send(api.anonymous(path).GET());
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.at("/instance")).startsWith("/download/\u2026");
  }

  @Test
  void the_address_itself_leads_to_the_try_it_page() {
    var answer = api.send(api.anonymous("/").GET());
    assertThat(answer.status()).isEqualTo(302);
    assertThat(answer.header("Content-Security-Policy")).contains("script-src 'self'");
    assertThat(answer.header("Location")).isEqualTo("/swagger-ui/index.html");
    var page = api.send(api.anonymous("/swagger-ui/index.html").GET());
    assertThat(page.header("Content-Security-Policy"))
        .as("it styles itself")
        .contains("script-src 'self';", "style-src 'self' 'unsafe-inline';");
  }

  @Test
  void health_and_numbers_are_open_on_their_own_port_and_nothing_else_is_there()
      throws IOException {
    for (var group : new String[] {"", "/liveness", "/readiness"}) {
      var health = management.send(management.anonymous("/actuator/health" + group).GET());
      assertThat(health.status()).as(health.text()).isEqualTo(200);
      assertThat(health.at("/status")).isEqualTo("UP");
    }
    var numbers = management.send(management.anonymous("/actuator/prometheus").GET());
    assertThat(numbers.text()).contains("drivelens_drive_units_total{", "method=\"media\"");
    assertThat(meters(SHOWN, numbers.text()))
        .isEqualTo(meters(DOCUMENTED, Files.readString(Path.of("../docs/metrics.md"))));
    assertThat(api.get("/actuator/prometheus").status()).isEqualTo(404);
    assertThat(api.get("/actuator/health").status()).isEqualTo(404);
    assertThat(management.get("/actuator/env").status()).isEqualTo(404);
    assertThat(management.get("/actuator/beans").status()).isEqualTo(404);
  }

  private static Set<String> meters(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map(name -> name.group(1).replaceFirst("_(count|sum|max)$", ""))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void every_operation_is_described_with_its_problems_and_an_example() {
    var api = this.api.send(this.api.anonymous("/openapi").GET()).json();
    assertThat(api.get("openapi").asString()).startsWith("3.1");
    var paths = new ArrayList<String>();
    api.get("paths")
        .properties()
        .forEach(path ->
            path.getValue()
                .properties()
                .forEach(operation -> {
                  var name = operation.getKey() + " " + path.getKey();
                  paths.add(name);
                  var described = operation.getValue();
                  assertThat(described.get("summary").asString()).as(name).isNotBlank();
                  var own = path.getKey().startsWith("/download/") ? "410" : "401";
                  var open = path.getKey().startsWith("/webhooks/") ? "404" : own;
                  assertThat(described.get("responses").propertyNames())
                      .as(name)
                      .contains("400", open, "503");
                }));
    assertThat(paths)
        .containsExactlyInAnyOrder(
            "post /events",
            "get /events",
            "get /events/{id}",
            "patch /events/{id}",
            "delete /events/{id}",
            "post /events/{id}/sync",
            "get /events/{id}/sync-status",
            "get /events/{id}/sync-runs",
            "get /events/{id}/sync-runs/{runId}",
            "get /events/{id}/sync-runs/{runId}/issues",
            "get /events/{id}/issues",
            "get /events/{id}/photos/{photoId}/history",
            "get /admin/dead-letters",
            "delete /admin/dead-letters",
            "delete /admin/dead-letters/{id}",
            "post /admin/dead-letters/{id}/sync",
            "post /events/{id}/held-removal/accept",
            "get /events/{id}/photos",
            "get /events/{id}/photos/{photoId}/content",
            "get /events/{id}/photos/{photoId}/thumbnail",
            "get /events/sync/pending",
            "post /events/sync/bulk",
            "get /events/sync/statistics",
            "post /events/{id}/download-selections",
            "get /events/{id}/download-selections",
            "delete /events/{id}/download-selections/{selectionId}",
            "get /download/{token}",
            "get /download/{token}/zip",
            "get /download/{token}/items/{number}",
            "post /drive/check",
            "get /drive/identity",
            "get /stream",
            "post /webhooks/google-drive",
            "get /admin/push-channels",
            "get /session",
            "post /session",
            "delete /session",
            "post /admin/login-links",
            "get /admin/tokens",
            "post /admin/tokens",
            "delete /admin/tokens/{tokenId}",
            "get /admin/audit",
            "get /admin/overview",
            "get /admin/throughput",
            "get /admin/failures",
            "get /admin/alerts",
            "get /admin/alerts/deliveries",
            "post /admin/alerts/test",
            "get /admin/workers",
            "get /admin/queues",
            "get /admin/schedules",
            "post /admin/schedules/{name}/runs",
            "get /admin/pause",
            "post /admin/pause",
            "delete /admin/pause",
            "post /events/{id}/pause",
            "delete /events/{id}/pause");
    assertThat(api.at("/components/securitySchemes/token/scheme").asString()).isEqualTo("bearer");
  }

  /**
   * Written anew with: mvn -pl api-service -am test -Dtest=OpenDoorsTest -Dopenapi.write=true
   * -Dweb.skip.
   */
  @Test
  void the_description_in_the_repository_is_the_one_that_is_served() throws IOException {
    var served = api.send(api.anonymous("/openapi.yaml").GET()).text();
    if (Boolean.getBoolean("openapi.write")) {
      Files.createDirectories(DESCRIPTION.getParent());
      Files.writeString(DESCRIPTION, served);
    }
    assertThat(DESCRIPTION).hasContent(served);
  }
}
