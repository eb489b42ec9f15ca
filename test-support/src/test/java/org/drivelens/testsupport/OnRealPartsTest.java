package org.drivelens.testsupport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.core.QueueBuilder;
import org.springframework.amqp.rabbit.core.RabbitAdmin;
import org.springframework.amqp.rabbit.core.RabbitTemplate;

@OnRealParts
class OnRealPartsTest {

  private final TestDatabase database;

  OnRealPartsTest(TestDatabase database) {
    this.database = database;
  }

  @Test
  void a_class_has_the_whole_schema_and_no_rows() {
    assertThat(database.jdbc().sql("select count(*) from event").query(Integer.class).single())
        .isZero();
  }

  @Test
  void the_server_is_postgresql_18_and_checks_for_dead_clients() {
    assertThat(setting("server_version")).startsWith("18");
    assertThat(setting("client_connection_check_interval")).isEqualTo("1s");
    assertThat(setting("max_connections")).isEqualTo("300");
  }

  @Test
  void the_user_is_no_superuser() {
    assertThat(setting("is_superuser")).isEqualTo("off");
  }

  @Test
  void clearing_removes_the_rows_and_keeps_the_schema(TestDatabase same) {
    same.jdbc().sql("insert into tick (name, slot) values ('t', now())").update();
    same.clear();
    assertThat(same.jdbc().sql("select count(*) from tick").query(Integer.class).single()).isZero();
    assertThat(
            same.jdbc().sql("select count(*) from databasechangelog").query(Integer.class).single())
        .isPositive();
  }

  @Test
  void a_database_without_schema_has_no_table() {
    try (var empty = TestDatabase.withoutSchema()) {
      assertThat(
              empty
                  .jdbc()
                  .sql("select count(*) from pg_tables where schemaname = 'public'")
                  .query(Integer.class)
                  .single())
          .isZero();
    }
  }

  @Test
  void quorum_queues_carry_messages(TestBroker broker) {
    var admin = new RabbitAdmin(broker.connectionFactory());
    admin.declareQueue(QueueBuilder.durable("greetings").quorum().build());
    var template = new RabbitTemplate(broker.connectionFactory());
    template.convertAndSend("greetings", "hello");
    assertThat(template.receiveAndConvert("greetings", 5_000)).isEqualTo("hello");
  }

  @Test
  void the_shared_broker_is_not_to_be_killed(TestBroker broker) {
    assertThatThrownBy(broker::server).hasMessageContaining("ownBroker");
  }

  @Nested
  class InsideAnotherClass {

    @Test
    void the_database_is_the_same(TestDatabase inside) {
      assertThat(inside).isSameAs(database);
    }
  }

  private String setting(String name) {
    return database.jdbc().sql("show " + name).query(String.class).single();
  }
}
