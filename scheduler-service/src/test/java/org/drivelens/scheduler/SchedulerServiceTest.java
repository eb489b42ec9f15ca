package org.drivelens.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.drivelens.contract.Command;
import org.drivelens.contract.Command.CleanUpDue;
import org.drivelens.contract.Command.CleanUpDue.Target;
import org.drivelens.contract.Command.FeedPollRequested;
import org.drivelens.contract.Command.MarkDue;
import org.drivelens.contract.Command.SyncDue;
import org.drivelens.contract.ContractConverter;
import org.drivelens.contract.Queues;
import org.drivelens.testsupport.OnRealParts;
import org.drivelens.testsupport.TestBroker;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.amqp.core.Binding;
import org.springframework.amqp.core.Declarables;
import org.springframework.amqp.core.Exchange;
import org.springframework.amqp.core.Queue;
import org.springframework.amqp.rabbit.core.RabbitAdmin;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/**
 * One process against one broker; the queues appear after it has started, as with a first start.
 */
@SpringBootTest(
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "drivelens.schedule.feed-poll=1s",
      "drivelens.schedule.retry=200ms",
      "drivelens.schedule.clean-up=0 0 2 * * *",
      "drivelens.schedule.zone=Europe/Berlin"
    })
@OnRealParts(ownBroker = true)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SchedulerServiceTest {

  @Autowired private TestBroker broker;
  @LocalServerPort private int port;

  @Test
  @Order(1)
  void publishes_the_latest_past_slot_of_every_tick_as_soon_as_somebody_listens() {
    await().until(() -> readiness() == 200);

    declare(Queues.ticks(Queues.FEED_POLL));
    declare(Queues.ticks(Queues.MAINTENANCE));
    declare(Queues.ticks(Queues.MAINTENANCE_API));

    assertThat(next(Queues.FEED_POLL)).isEqualTo(new FeedPollRequested(null));
    var maintenance =
        List.of(next(Queues.MAINTENANCE), next(Queues.MAINTENANCE), next(Queues.MAINTENANCE));
    assertThat(maintenance)
        .hasOnlyElementsOfTypes(SyncDue.class, MarkDue.class, CleanUpDue.class)
        .doesNotHaveDuplicates()
        .allSatisfy(it -> assertThat(slotOf(it)).isBefore(Instant.now()));
    assertThat(maintenance)
        .filteredOn(SyncDue.class::isInstance)
        .allSatisfy(it -> assertThat(slotOf(it)).isAfter(Instant.now().minus(6, ChronoUnit.HOURS)));
    var cleanUp = (CleanUpDue) next(Queues.MAINTENANCE_API);
    assertThat(cleanUp.target()).isEqualTo(Target.API);
    assertThat(maintenance).contains(new CleanUpDue(cleanUp.slot(), Target.WORKER));
  }

  @Test
  @Order(2)
  void lives_through_an_outage_of_the_broker_and_publishes_when_it_is_back() {
    broker.server().kill();
    await().until(() -> readiness() == 503);
    assertThat(status("/actuator/health/liveness")).isEqualTo(200);
    await().until(() -> late() > 0);

    broker.server().start();

    await().atMost(Duration.ofSeconds(30)).until(() -> readiness() == 200);
    var admin = new RabbitAdmin(broker.connectionFactory());
    admin.purgeQueue(Queues.FEED_POLL);
    assertThat(next(Queues.FEED_POLL)).isEqualTo(new FeedPollRequested(null));
    await().until(() -> late() == 0);
  }

  private double late() {
    var name = "drivelens_tick_late_seconds{tick=\"feed-poll\"} ";
    return ask("/actuator/prometheus")
        .body()
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
        .findFirst()
        .orElseThrow();
  }

  private Command next(String queue) {
    var template = new RabbitTemplate(broker.connectionFactory());
    template.setMessageConverter(new ContractConverter());
    return (Command)
        await()
            .atMost(Duration.ofSeconds(20))
            .until(() -> template.receiveAndConvert(queue), message -> message != null);
  }

  private static Instant slotOf(Command command) {
    return ((Command.Tick) command).slot();
  }

  private void declare(Declarables declarables) {
    var admin = new RabbitAdmin(broker.connectionFactory());
    declarables.getDeclarablesByType(Exchange.class).forEach(admin::declareExchange);
    declarables.getDeclarablesByType(Queue.class).forEach(admin::declareQueue);
    declarables.getDeclarablesByType(Binding.class).forEach(admin::declareBinding);
  }

  private int readiness() {
    return status("/actuator/health/readiness");
  }

  private int status(String path) {
    return ask(path).statusCode();
  }

  private HttpResponse<String> ask(String path) {
    try (var http = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
