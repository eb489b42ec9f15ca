package org.drivelens.api.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.drivelens.api.Api;
import org.drivelens.api.ApiService;
import org.drivelens.contract.Command.CleanUpDue;
import org.drivelens.contract.ContractConverter;
import org.drivelens.contract.Queues;
import org.drivelens.testsupport.OnRealParts;
import org.drivelens.testsupport.TestBroker;
import org.drivelens.testsupport.TestDatabase;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The API while its broker or its database is away. */
@OnRealParts(ownBroker = true)
@SpringBootTest(
    classes = ApiService.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = "drivelens.admin-token=" + Api.TOKEN)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OutageTest {

  private static final String EVENT =
      "{\"name\": \"E\", \"googleDriveUrl\": \"https://drive.google.com/drive/folders/1234567890\"}";

  private final Api api;
  private final Api management;
  private final TestDatabase database;
  private final TestBroker broker;

  OutageTest(
      TestDatabase database,
      TestBroker broker,
      @LocalServerPort int port,
      @LocalManagementPort int managementPort) {
    this.database = database;
    this.broker = broker;
    api = new Api(port);
    management = new Api(managementPort);
  }

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry settings) {
    settings.add("spring.rabbitmq.listener.simple.retry.max-interval", () -> "1s");
  }

  @Test
  @Order(3)
  void a_request_is_accepted_at_once_while_the_broker_is_down_and_readers_notice_nothing() {
    database.clear();
    broker.server().kill();
    var begin = Instant.now();
    var created = api.post("/events", EVENT);
    assertThat(created.status()).isEqualTo(201);
    assertThat(api.post(created.header("Location") + "/sync", null).status()).isEqualTo(202);
    assertThat(api.post("/events/sync/bulk", null).status()).isEqualTo(202);
    assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(5));
    assertThat(api.get("/events").status()).isEqualTo(200);
    for (var group : new String[] {"liveness", "readiness"}) {
      assertThat(management.get("/actuator/health/" + group).status()).isEqualTo(200);
    }
    assertThat(
            database
                .jdbc()
                .sql("select requested_generation from event_sync where wake_at is not null")
                .query(Long.class)
                .single())
        .isEqualTo(3);
  }

  @Test
  @Order(1)
  void a_clean_up_that_is_announced_twice_is_done_once() {
    var deleted = api.post("/events", EVENT).header("Location");
    api.delete(deleted);
    var rabbit = new RabbitTemplate(broker.connectionFactory());
    rabbit.setMessageConverter(new ContractConverter());
    database
        .jdbc()
        .sql("delete from event_folder where event_id = :id")
        .param("id", UUID.fromString(deleted.substring("/events/".length())))
        .update();
    for (int i = 0; i < 2; i++) {
      rabbit.convertAndSend(
          Queues.COMMANDS,
          Queues.MAINTENANCE_API,
          new CleanUpDue(Instant.parse("2026-11-23T02:00:00Z"), CleanUpDue.Target.API));
    }
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() ->
            database
                    .jdbc()
                    .sql("select count(*) from event where deleted_at is not null")
                    .query(Long.class)
                    .single()
                == 0);
    assertThat(database.jdbc().sql("select count(*) from tick").query(Long.class).single())
        .isEqualTo(1);
  }

  @Test
  @Order(2)
  void while_the_database_is_down_the_answer_is_a_problem_and_not_a_wait() {
    var name = database.url().replaceAll("^.*/([^/?]+)(\\?.*)?$", "$1");
    var elsewhere =
        JdbcClient.create(
            new DriverManagerDataSource(
                database.url().replace("/" + name, "/postgres"),
                database.user(),
                database.password()));
    elsewhere.sql("alter database \"" + name + "\" with allow_connections false").update();
    try {
      elsewhere
          .sql(
              "select pg_terminate_backend(pid) from pg_stat_activity"
                  + " where datname = :name and backend_type = 'client backend'")
          .param("name", name)
          .query()
          .listOfRows();
      var begin = Instant.now();
      var answer = api.get("/events");
      assertThat(answer.status()).as(answer.text()).isEqualTo(503);
      assertThat(answer.at("/type")).isEqualTo("/problems/database-unavailable");
      assertThat(answer.header("Retry-After")).isEqualTo("5");
      assertThat(api.post("/events", EVENT).status()).isEqualTo(503);
      assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(15));
      assertThat(management.get("/actuator/health/liveness").status()).isEqualTo(200);
      assertThat(management.get("/actuator/health/readiness").status()).isEqualTo(503);
    } finally {
      elsewhere.sql("alter database \"" + name + "\" with allow_connections true").update();
    }
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> management.get("/actuator/health/readiness").status() == 200);
    assertThat(api.get("/events").status()).isEqualTo(200);
  }
}
