package org.drivelens.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.drivelens.containers.ComposeFile.environment;
import static org.drivelens.containers.ComposeFile.list;
import static org.drivelens.containers.ComposeFile.map;

import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** No engine ran it yet; so at least its form, and what it promises, are held here. */
class ComposeFileTest {

  /** From SIGTERM to the end of a service (DESIGN section 3). */
  private static final Duration LONGEST_STOP = Duration.ofSeconds(15);

  private final ComposeFile compose = new ComposeFile();

  @Test
  void it_is_valid_by_the_compose_specification() throws IOException {
    assertThat(errors(json())).isEmpty();
  }

  @Test
  void the_specification_bites() throws IOException {
    var json = json();
    ((ObjectNode) json.at("/services/sync-worker")).put("stop_grace_periodd", "30s");

    assertThat(errors(json)).isNotEmpty();
  }

  private ObjectNode json() {
    ObjectNode json = JsonMapper.builder().build().valueToTree(compose.content());
    // The schema at hand is of 2021; this came in 2023 (Compose 2.20).
    for (JsonNode service : json.get("services")) {
      if (service.at("/depends_on/emulator") instanceof ObjectNode emulator) {
        emulator.remove("required");
      }
    }
    return json;
  }

  private static List<Error> errors(JsonNode json) throws IOException {
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2019_09)
        .getSchema(schema())
        .validate(json);
  }

  private static JsonNode schema() throws IOException {
    try (var file =
        Objects.requireNonNull(
            ComposeFileTest.class.getResourceAsStream("/compose-spec/compose-spec.json"))) {
      JsonNode schema = JsonMapper.builder().build().readTree(file);
      // Names in the manner of draft 4, which the draft that it claims to follow does not know.
      schema.findParents("id").stream()
          .filter(parent -> parent.get("id").isString())
          .forEach(parent -> ((ObjectNode) parent).remove("id"));
      return schema;
    }
  }

  @Test
  void workers_can_be_scaled() {
    compose
        .services()
        .values()
        .forEach(service -> assertThat(service).doesNotContainKey("container_name"));
    assertThat(compose.service("sync-worker"))
        .doesNotContainKeys("ports", "hostname", "network_mode");
  }

  @Test
  void everybody_says_when_it_is_healthy_and_waits_for_what_it_needs() {
    compose
        .services()
        .forEach((name, service) ->
            assertThat(service)
                .as(name)
                .containsKeys("healthcheck", "restart", "stop_grace_period"));
    for (String name : List.of("api-service", "sync-worker")) {
      var needs = map(compose.service(name).get("depends_on"));
      assertThat(needs).as(name).containsOnlyKeys("postgres", "rabbitmq", "emulator");
      needs
          .values()
          .forEach(
              need -> assertThat(map(need)).as(name).containsEntry("condition", "service_healthy"));
    }
    assertThat(list(compose.service("emulator").get("profiles"))).containsExactly("demo");
  }

  @Test
  void everybody_gets_longer_to_stop_than_it_takes() {
    compose
        .ours()
        .forEach((name, service) -> {
          var grace = Duration.parse("PT" + service.get("stop_grace_period"));
          assertThat(grace).as(name).isGreaterThan(LONGEST_STOP);
        });
  }

  @Test
  void nobody_is_root_or_writes_where_it_should_not() {
    compose
        .ours()
        .forEach((name, service) -> {
          assertThat(service).as(name).containsEntry("read_only", true).containsKey("tmpfs");
          assertThat(list(service.get("cap_drop"))).as(name).containsExactly("ALL");
        });
  }

  @Test
  void no_secret_stands_in_an_environment() {
    compose
        .services()
        .forEach((name, service) ->
            assertThat(environment(service).keySet())
                .as(name)
                .noneMatch(key -> key.matches(".*(PASSWORD|TOKEN|SECRET|PASS)")));
  }

  @Test
  void every_setting_is_documented() {
    var documented = Documented.settings(ComposeFile.read("README.md"));
    compose
        .ours()
        .forEach((name, service) ->
            assertThat(documented).as(name).containsAll(environment(service).keySet()));
    var page = Documented.settings(ComposeFile.read("docs/containers.md"));
    assertThat(page).containsAll(compose.variables());
  }

  @Test
  void the_api_shows_the_schedules_that_the_scheduler_acts_on() {
    var acted = schedules("scheduler-service");
    assertThat(schedules("api-service")).hasSize(5).isEqualTo(acted);
    // Set by the one who starts it, and without that what the services say themselves.
    assertThat(acted)
        .allSatisfy((name, value) -> assertThat(value).startsWith("${" + name + ":-"))
        .hasEntrySatisfying(
            "DRIVELENS_SCHEDULE_CLEAN_UP",
            cron -> assertThat(ComposeFile.withDefaults(cron)).isEqualTo("0 0 2 * * *"));
  }

  private Map<String, String> schedules(String service) {
    var settings = environment(compose.service(service));
    settings.keySet().removeIf(name -> !name.startsWith("DRIVELENS_SCHEDULE_"));
    return settings;
  }

  @Test
  void every_secret_file_is_made_by_prepare() {
    String prepare = ComposeFile.read("deploy/containers/prepare");
    for (Object secret : map(compose.content().get("secrets")).values()) {
      String file = ComposeFile.withDefaults(String.valueOf(map(secret).get("file")));
      assertThat(file).startsWith("deploy/containers/secrets/");
      assertThat(prepare).contains(file.substring(file.lastIndexOf('/') + 1));
    }
  }

  @Test
  void a_file_of_secrets_is_named_after_the_property_it_holds() {
    var known =
        Set.of(
            "spring.datasource.password",
            "spring.rabbitmq.password",
            "drivelens.admin-token",
            "drivelens.alerts.mail.password",
            "drivelens.alerts.webhook.secret");
    compose
        .ours()
        .forEach((name, service) -> {
          for (Object secret : list(service.getOrDefault("secrets", List.of()))) {
            if (secret instanceof Map<?, ?> there) {
              String target = String.valueOf(there.get("target"));
              assertThat(target).as(name).startsWith("/run/drivelens/");
              assertThat(known).contains(target.substring("/run/drivelens/".length()));
              assertThat(environment(service))
                  .containsEntry("SPRING_CONFIG_IMPORT", "configtree:/run/drivelens/");
            }
          }
        });
  }
}
