package org.drivelens.worker.feed;

import org.drivelens.contract.Command.FeedPollRequested;
import org.drivelens.contract.Queues;
import org.drivelens.drive.GoogleDrive;
import org.drivelens.worker.consuming.DatabaseOutage;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.stereotype.Component;

/** Where a poll is asked for: of one feed, which said so in its row, or of all on a tick. */
@Component
class FeedPollListener {

  private final Feeds feeds;
  private final FeedPoll poll;
  private final GoogleDrive drive;
  private final DatabaseOutage database;

  FeedPollListener(Feeds feeds, FeedPoll poll, GoogleDrive drive, DatabaseOutage database) {
    this.feeds = feeds;
    this.poll = poll;
    this.drive = drive;
    this.database = database;
  }

  @RabbitListener(id = Queues.FEED_POLL, queues = Queues.FEED_POLL)
  void on(FeedPollRequested request) {
    database.outlast(() -> {
      // A credential has one feed, the same whoever asks; a feed of another credential is not ours
      // to read.
      var mine = feeds.of(drive.robot()).id();
      if (request.feedId() == null) {
        feeds.demand(mine);
      }
      poll.run(mine);
    });
  }
}
