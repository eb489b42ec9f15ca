package org.drivelens.api.alerts;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.drivelens.api.paging.Cursors;
import org.drivelens.testsupport.SettableClock;
import org.drivelens.testsupport.TestDatabase;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** The alerts of one replica of the API, set by environment, on a clock that is moved by hand. */
final class Replica implements AutoCloseable {

  final Alerts alerts;
  final Deliveries deliveries;
  final AlertParts.Channels channels;
  final Watch watch;
  final List<Sending> sendings;
  final Alarm alarm;
  final AlertController controller;

  Replica(TestDatabase database, SettableClock clock, String... environment) {
    var settings = settings(environment);
    var json = JsonMapper.shared();
    alerts = new Alerts(database.jdbc());
    deliveries = new Deliveries(database.jdbc(), new Cursors("secret"), json);
    channels = new AlertParts.Channels(AlertParts.channels(settings, json, clock));
    var transaction = new TransactionTemplate(new JdbcTransactionManager(database.dataSource()));
    watch = new Watch(alerts, deliveries, channels.all(), settings, transaction, clock);
    sendings =
        channels.all().stream()
            .map(channel -> new Sending(channel, deliveries, settings, clock))
            .toList();
    alarm = new Alarm(watch, sendings, settings);
    controller = new AlertController(alerts, deliveries, channels, watch, alarm, clock);
  }

  /** Settings as they come from the environment. */
  static AlertProperties settings(String... environment) {
    Map<String, Object> variables = new HashMap<>();
    for (int i = 0; i < environment.length; i += 2) {
      variables.put("DRIVELENS_ALERTS_" + environment[i], environment[i + 1]);
    }
    var source = new SystemEnvironmentPropertySource("systemEnvironment", variables);
    return new Binder(Objects.requireNonNull(ConfigurationPropertySource.from(source)))
        .bindOrCreate("drivelens.alerts", AlertProperties.class);
  }

  /** Looks, and sends on this thread what is due. */
  void round() throws InterruptedException {
    watch.look();
    for (var sending : sendings) {
      sending.drain();
    }
  }

  List<DeliveryView> log() {
    return deliveries.page(null, 100).items();
  }

  @Override
  public void close() {
    alarm.stop();
  }
}
