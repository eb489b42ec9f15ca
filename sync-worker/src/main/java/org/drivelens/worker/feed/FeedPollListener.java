package org.drivelens.worker.feed;

import org.drivelens.contract.Command.FeedPollRequested;
import org.drivelens.contract.MessagePublisher;
import org.drivelens.contract.Queues;
import org.drivelens.drive.GoogleDrive;
import org.drivelens.worker.consuming.DatabaseOutage;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Where a poll is asked for: of one feed, which says so in its row, or of all on a tick. */
@Component
class FeedPollListener {

  private final Feeds feeds;
  private final FeedPoll poll;
  private final GoogleDrive drive;
  private final MessagePublisher publisher;
  private final DatabaseOutage database;
  private final JdbcClient jdbc;

  FeedPollListener(
      Feeds feeds,
      FeedPoll poll,
      GoogleDrive drive,
      MessagePublisher publisher,
      DatabaseOutage database,
      JdbcClient jdbc) {
    this.feeds = feeds;
    this.poll = poll;
    this.drive = drive;
    this.publisher = publisher;
    this.database = database;
    this.jdbc = jdbc;
  }

  /** Several at once, so that a shared drive that does not answer holds up no other feed. */
  @RabbitListener(id = Queues.FEED_POLL, queues = Queues.FEED_POLL, concurrency = "4")
  void on(FeedPollRequested request) {
    database.outlast(() -> {
      var own = feeds.of(drive.robot(), null).id();
      // A feed of another credential is not ours to read.
      var mine = feeds.inUse(drive.robot());
      if (request.feedId() != null) {
        Announced.demandPolls(jdbc, drive.robot());
        mine.stream().filter(request.feedId()::equals).forEach(poll::run);
        return;
      }
      mine.forEach(feed -> feeds.demand(feed, null));
      mine.stream()
          .filter(feed -> !feed.equals(own))
          .forEach(feed -> publisher.nudge(new FeedPollRequested(feed)));
      poll.run(own);
    });
  }
}
