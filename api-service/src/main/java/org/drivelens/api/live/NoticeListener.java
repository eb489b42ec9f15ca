package org.drivelens.api.live;

import org.drivelens.contract.Notice;
import org.drivelens.contract.Queues;
import org.springframework.amqp.core.AnonymousQueue;
import org.springframework.amqp.core.Base64UrlNamingStrategy;
import org.springframework.amqp.core.BindingBuilder;
import org.springframework.amqp.core.Declarables;
import org.springframework.amqp.core.TopicExchange;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Hears that a run has ended, in a queue of this very replica that goes with its connection. */
@Configuration(proxyBeanMethods = false)
class NoticeListener {

  private final LiveStreams streams;

  NoticeListener(LiveStreams streams) {
    this.streams = streams;
  }

  @Bean
  static AnonymousQueue noticesOfThisReplica() {
    return new AnonymousQueue(new Base64UrlNamingStrategy("api.live."));
  }

  @Bean
  static Declarables liveNotices(AnonymousQueue noticesOfThisReplica) {
    var topic = new TopicExchange(Queues.EVENTS);
    return new Declarables(
        topic, BindingBuilder.bind(noticesOfThisReplica).to(topic).with("sync.#"));
  }

  @RabbitListener(queues = "#{noticesOfThisReplica.name}")
  void on(Notice notice) {
    streams.nudge();
  }
}
