package org.drivelens.testsupport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.core.QueueBuilder;
import org.springframework.amqp.rabbit.core.RabbitAdmin;
import org.springframework.amqp.rabbit.core.RabbitTemplate;

@OnRealParts(ownBroker = true)
class OwnBrokerTest {

  @Test
  void a_message_survives_the_death_of_the_broker(TestBroker broker) {
    var template = new RabbitTemplate(broker.connectionFactory());
    var admin = new RabbitAdmin(broker.connectionFactory());
    admin.declareQueue(QueueBuilder.durable("kept").build());
    // RabbitMQ tells by a counter, which dumps of its log move too, whether a declaration is to be
    // synced to disk, and may be wrong; each sync covers all declarations before it.
    admin.declareQueue(QueueBuilder.durable("later").build());
    template.invoke(operations -> {
      operations.convertAndSend("kept", "still here");
      operations.waitForConfirmsOrDie(5_000);
      return null;
    });

    broker.server().kill();
    assertThatThrownBy(() -> new Socket(broker.host(), broker.port()).close())
        .isInstanceOf(ConnectException.class);

    broker.server().start();
    assertThat(template.receiveAndConvert("kept", 10_000)).isEqualTo("still here");
  }
}
