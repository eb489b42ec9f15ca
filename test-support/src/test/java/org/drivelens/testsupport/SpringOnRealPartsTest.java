package org.drivelens.testsupport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.drivelens.emulator.DriveEmulator;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.core.Queue;
import org.springframework.amqp.core.QueueBuilder;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;

@SpringBootTest
@OnRealParts
class SpringOnRealPartsTest {

  private final DataSource dataSource;
  private final RabbitTemplate rabbit;
  private final Listener listener;
  private final TestDatabase database;

  SpringOnRealPartsTest(
      @Autowired DataSource dataSource,
      @Autowired RabbitTemplate rabbit,
      @Autowired Listener listener,
      @Autowired TestDatabase database) {
    this.dataSource = dataSource;
    this.rabbit = rabbit;
    this.listener = listener;
    this.database = database;
  }

  @Test
  void the_application_uses_the_database_of_the_class(TestDatabase parameter) {
    assertThat(parameter).isSameAs(database);
    var name = "select current_database()";
    assertThat(JdbcClient.create(dataSource).sql(name).query(String.class).single())
        .isEqualTo(database.jdbc().sql(name).query(String.class).single())
        .startsWith("springonrealpartstest_");
  }

  @Test
  void the_application_uses_the_virtual_host_of_the_class(TestBroker broker) {
    assertThat(rabbit.getConnectionFactory().getVirtualHost()).isEqualTo(broker.virtualHost());
  }

  @Test
  void the_application_uses_the_drive_emulator_of_the_class(
      DriveEmulator drive, @Autowired Environment environment) {
    assertThat(environment.getProperty("drivelens.drive.root-url")).isEqualTo(drive.rootUrl());
    assertThat(environment.getProperty("drivelens.drive.credentials"))
        .isEqualTo(drive.serviceAccountFile().toString());
  }

  @Test
  void listeners_receive() {
    rabbit.convertAndSend("greetings", "hello");
    await().untilAtomic(listener.heard, org.hamcrest.Matchers.equalTo("hello"));
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Application {

    @Bean
    Queue greetings() {
      return QueueBuilder.durable("greetings").quorum().build();
    }

    @Bean
    Listener listener() {
      return new Listener();
    }
  }

  static class Listener {

    private final AtomicReference<String> heard = new AtomicReference<>("");

    @RabbitListener(queues = "greetings")
    void on(String greeting) {
      heard.set(greeting);
    }
  }
}
