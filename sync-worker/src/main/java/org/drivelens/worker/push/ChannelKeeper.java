package org.drivelens.worker.push;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.drivelens.drive.DriveChannels.Wanted;
import org.drivelens.drive.DriveProblem;
import org.drivelens.drive.GoogleDrive;
import org.drivelens.drive.Priority;
import org.drivelens.worker.feed.Feeds;
import org.drivelens.worker.stop.Stopping;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one channel open for each feed while a public address is set, and none otherwise. Push is
 * an accelerator: whatever fails here is shown and tried again, and polls go on regardless.
 */
final class ChannelKeeper {

  private static final Logger log = LoggerFactory.getLogger(ChannelKeeper.class);
  private static final int SECRET_BYTES = 32;

  /** What Google grants when it does not say how long (drive-api 6). */
  private static final Duration USUAL_LIFETIME = Duration.ofHours(1);

  private final Channels channels;
  private final Feeds feeds;
  private final GoogleDrive drive;
  private final Stopping stopping;
  private final Optional<String> address;
  private final Duration lifetime;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  /**
   * @param address of the webhook; empty if push is off
   */
  ChannelKeeper(
      Channels channels,
      Feeds feeds,
      GoogleDrive drive,
      Stopping stopping,
      Optional<String> address,
      Duration lifetime,
      Clock clock) {
    this.channels = channels;
    this.feeds = feeds;
    this.drive = drive.at(Priority.BULK);
    this.stopping = stopping;
    this.address = address;
    this.lifetime = lifetime;
    this.clock = clock;
  }

  /** Opens, renews and stops what is due; asks Google for nothing if nothing is. */
  void keep() {
    var robot = drive.robot();
    channels.want(address.isEmpty() ? List.of() : feeds.inUse(robot), robot);
    channels.judge();
    address.ifPresent(a -> openAll(robot, a));
    stopAll(robot);
    channels.forget();
  }

  private void openAll(String robot, String webhook) {
    for (var feed = channels.claim(robot, webhook);
        feed.isPresent() && !stopping.asked();
        feed = channels.claim(robot, webhook)) {
      open(feed.get(), webhook);
    }
  }

  private void open(UUID id, String webhook) {
    var feed = feeds.get(id);
    var token = feed.token();
    if (token == null) {
      // It was refused this moment; there is a new one after the next poll.
      return;
    }
    var end = clock.instant().plus(lifetime);
    var wanted = new Wanted(UUID.randomUUID().toString(), secret(), webhook, end);
    channels.make(id, wanted);
    try {
      var opened = drive.channels().watch(token, feed.driveId(), wanted);
      var expiration = opened.expiration();
      channels.opened(
          id,
          wanted.id(),
          opened.resourceId(),
          expiration == null ? clock.instant().plus(USUAL_LIFETIME) : expiration);
      log.info("feed {}: push channel {} is open until {}", id, wanted.id(), expiration);
    } catch (DriveProblem problem) {
      log.warn("feed {}: no push channel, polls go on: {}", id, problem.getMessage());
      channels.refused(id, wanted.id(), problem);
    }
  }

  private String secret() {
    var bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private void stopAll(String robot) {
    for (var old = channels.claimOld(robot);
        old.isPresent() && !stopping.asked();
        old = channels.claimOld(robot)) {
      stop(old.get());
    }
  }

  /** If Google does not stop it, it ends by itself; its messages cost nothing until then. */
  private void stop(Channels.Old old) {
    try {
      drive.channels().stop(old.id(), old.resourceId());
      channels.stopped(old.id());
    } catch (DriveProblem problem) {
      log.info("push channel {} is not stopped: {}", old.id(), problem.getMessage());
    }
  }
}
