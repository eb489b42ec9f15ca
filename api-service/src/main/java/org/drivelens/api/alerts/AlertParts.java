package org.drivelens.api.alerts;

import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Puts alerts together as the settings say. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AlertProperties.class)
class AlertParts {

  /** Who is told; nobody while nothing is set. */
  record Channels(List<Channel> all) {}

  @Bean
  Channels alertChannels(AlertProperties settings, JsonMapper json, Clock clock) {
    return new Channels(channels(settings, json, clock));
  }

  static List<Channel> channels(AlertProperties settings, JsonMapper json, Clock clock) {
    var channels = new ArrayList<Channel>();
    if (!settings.mail().to().isEmpty()) {
      var texts = new MailText(settings.linksTo(), settings.zone());
      channels.add(new Mailing(settings.mail(), texts, settings.timeout()));
    }
    var bodies = new WebhookBody(json, settings.linksTo());
    for (var url : settings.webhook().urls()) {
      var name = "webhook-" + (settings.webhook().urls().indexOf(url) + 1);
      channels.add(
          new Webhook(
              name, URI.create(url), settings.webhook().key(), bodies, settings.timeout(), clock));
    }
    return channels;
  }

  @Bean
  Watch alertWatch(
      Alerts alerts,
      Deliveries deliveries,
      Channels channels,
      AlertProperties settings,
      TransactionTemplate transaction,
      Clock clock) {
    return new Watch(alerts, deliveries, channels.all(), settings, transaction, clock);
  }

  @Bean
  Alarm alarm(
      Watch watch,
      Deliveries deliveries,
      Channels channels,
      AlertProperties settings,
      Clock clock) {
    var sendings =
        channels.all().stream()
            .map(channel -> new Sending(channel, deliveries, settings, clock))
            .toList();
    return new Alarm(watch, sendings, settings);
  }
}
