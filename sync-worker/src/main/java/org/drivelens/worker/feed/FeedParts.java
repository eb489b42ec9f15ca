package org.drivelens.worker.feed;

import java.time.Duration;
import org.drivelens.contract.MessagePublisher;
import org.drivelens.drive.GoogleDrive;
import org.drivelens.worker.stop.Stopping;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts the feed together. */
@Configuration(proxyBeanMethods = false)
class FeedParts {

  @Bean
  Feeds feeds(JdbcClient jdbc) {
    return new Feeds(jdbc);
  }

  @Bean
  FeedPoll poll(
      Feeds feeds,
      JdbcClient jdbc,
      GoogleDrive drive,
      TransactionTemplate transaction,
      MessagePublisher publisher,
      Stopping stopping,
      @Value("${drivelens.worker.lease:20s}") Duration lease) {
    return new FeedPoll(
        feeds,
        new Polls(jdbc),
        new FeedReaders(jdbc),
        drive,
        transaction,
        publisher,
        stopping,
        lease);
  }
}
