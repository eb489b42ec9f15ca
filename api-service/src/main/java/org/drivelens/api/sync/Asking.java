package org.drivelens.api.sync;

import java.time.Clock;
import org.drivelens.event.SyncRequests;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What asking for a sync needs. */
@Configuration(proxyBeanMethods = false)
class Asking {

  @Bean
  SyncRequests syncRequests(JdbcClient jdbc) {
    return new SyncRequests(jdbc);
  }

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }
}
