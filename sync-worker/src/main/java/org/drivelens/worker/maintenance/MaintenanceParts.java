package org.drivelens.worker.maintenance;

import org.drivelens.contract.MessagePublisher;
import org.drivelens.worker.feed.FeedTrim;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts the maintenance together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RetentionProperties.class)
class MaintenanceParts {

  @Bean
  Maintenance upkeep(
      JdbcClient jdbc,
      TransactionTemplate transaction,
      MessagePublisher publisher,
      FeedTrim changes,
      RetentionProperties retention) {
    return new Maintenance(jdbc, transaction, publisher, changes, retention);
  }
}
