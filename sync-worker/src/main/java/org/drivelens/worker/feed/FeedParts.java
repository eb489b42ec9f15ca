package org.drivelens.worker.feed;

import java.time.Duration;
import org.drivelens.contract.MessagePublisher;
import org.drivelens.drive.GoogleDrive;
import org.drivelens.worker.announcing.Announcements;
import org.drivelens.worker.stop.Stopping;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts the feed together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(FeedProperties.class)
class FeedParts {

  @Bean
  Feeds feeds(JdbcClient jdbc, FeedProperties properties) {
    return new Feeds(jdbc, properties.lookAgain());
  }

  @Bean
  FeedTrim feedTrim(JdbcClient jdbc, FeedProperties properties) {
    return new FeedTrim(jdbc, properties.keep());
  }

  @Bean
  FeedCoverage feedCoverage(JdbcClient jdbc, FeedProperties properties) {
    return new FeedCoverage(jdbc, properties.coverageAfter());
  }

  @Bean
  FeedPoll poll(
      Feeds feeds,
      FeedTrim trim,
      JdbcClient jdbc,
      GoogleDrive drive,
      TransactionTemplate transaction,
      MessagePublisher publisher,
      Announcements announcements,
      Stopping stopping,
      FeedProperties properties,
      @Value("${drivelens.worker.lease:20s}") Duration lease) {
    return new FeedPoll(
        feeds,
        new Polls(jdbc),
        new FeedReaders(jdbc),
        new Bystanders(jdbc),
        trim,
        drive,
        transaction,
        publisher,
        announcements,
        stopping,
        properties.walkSpacing(),
        lease);
  }
}
