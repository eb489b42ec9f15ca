package org.drivelens.worker.sync;

import static java.util.Objects.requireNonNull;

import org.drivelens.contract.MessagePublisher;
import org.drivelens.drive.GoogleDrive;
import org.drivelens.worker.announcing.Announcements;
import org.drivelens.worker.feed.FeedCoverage;
import org.drivelens.worker.feed.FeedLog;
import org.drivelens.worker.feed.Feeds;
import org.drivelens.worker.heartbeat.WorkerName;
import org.drivelens.worker.photos.Folders;
import org.drivelens.worker.photos.Issues;
import org.drivelens.worker.photos.PagedListings;
import org.drivelens.worker.photos.PhotoCatalog;
import org.drivelens.worker.photos.RemovalProperties;
import org.drivelens.worker.photos.Removals;
import org.drivelens.worker.stop.Stopping;
import org.drivelens.worker.sweep.FullWalks;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts the sync together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({SyncProperties.class, RemovalProperties.class})
class SyncParts {

  @Bean
  FullWalks fullWalks(JdbcClient jdbc, SyncProperties settings) {
    return new FullWalks(jdbc, settings.walkAgain(), settings.listAgainAfter());
  }

  @Bean
  Storage storage(
      JdbcClient jdbc,
      TransactionTemplate transaction,
      Feeds feeds,
      FullWalks fullWalks,
      FeedCoverage coverage,
      RemovalProperties limits) {
    var photos = new PhotoCatalog(jdbc, nested(transaction));
    return new Storage(
        new EventStates(jdbc),
        new OldFolder(jdbc),
        new Walks(jdbc),
        fullWalks,
        new Listings(jdbc),
        new Sightings(jdbc),
        new Folders(jdbc),
        new PagedListings(jdbc),
        new ShortcutWays(jdbc),
        photos,
        new Removals(jdbc, photos, limits),
        new Issues(jdbc),
        new Runs(jdbc),
        feeds,
        new FeedLog(jdbc),
        coverage);
  }

  private static TransactionTemplate nested(TransactionTemplate transaction) {
    var nested = new TransactionTemplate(requireNonNull(transaction.getTransactionManager()));
    nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
    return nested;
  }

  @Bean(destroyMethod = "close")
  Leases leases(
      JdbcClient jdbc, TransactionTemplate transaction, Feeds feeds, SyncProperties settings) {
    return new Leases(jdbc, transaction, feeds, settings.lease());
  }

  @Bean
  EventSync eventSync(
      JdbcClient jdbc,
      TransactionTemplate transaction,
      Storage storage,
      Leases leases,
      GoogleDrive drive,
      MessagePublisher publisher,
      Announcements announcements,
      Stopping stopping,
      SyncProperties settings) {
    var claims =
        new Claims(
            jdbc,
            transaction,
            storage.feeds(),
            storage.runs(),
            WorkerName.HERE,
            drive.robot(),
            settings.lease());
    return new EventSync(
        claims, leases, storage, drive, publisher, announcements, stopping, settings);
  }
}
