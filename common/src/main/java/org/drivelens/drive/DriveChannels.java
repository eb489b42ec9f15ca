package org.drivelens.drive;

import com.google.api.services.drive.Drive;
import com.google.api.services.drive.model.Channel;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Push channels of change logs: Google posts to an address of ours when a log has news. Opening and
 * stopping one costs quota, messages do not.
 */
public final class DriveChannels {

  private final Drive drive;
  private final Exchange exchange;
  private final Exchange.Caller caller;

  DriveChannels(Drive drive, Exchange exchange, Exchange.Caller caller) {
    this.drive = drive;
    this.exchange = exchange;
    this.caller = caller;
  }

  /**
   * A channel to be opened.
   *
   * @param id ours, never used before; at most 64 characters
   * @param token secret; each message brings it
   * @param address where messages are posted to
   * @param expiration the end that is asked for; Google may set an earlier one
   */
  public record Wanted(String id, String token, String address, Instant expiration) {

    /** Without the secret. */
    @Override
    public String toString() {
      return "channel " + id;
    }
  }

  /**
   * What Google says of a channel that it has opened.
   *
   * @param resourceId its name of the log; needed to stop the channel
   * @param expiration null if it did not say: an hour then (drive-api 6)
   */
  public record Opened(String resourceId, @Nullable Instant expiration) {}

  /**
   * Opens a channel for a change log: that of a shared drive, or with null the credential's own.
   *
   * @param pageToken from where the log is read
   * @throws DriveProblem.ChannelRefused if Google does not like the address
   */
  public Opened watch(String pageToken, @Nullable String driveId, Wanted wanted) {
    return exchange.json(
        caller,
        DriveMethod.WATCH,
        () ->
            DriveQuery.ready(
                drive
                    .changes()
                    .watch(pageToken, channel(wanted))
                    .setDriveId(driveId)
                    .setRestrictToMyDrive(false)
                    .setIncludeRemoved(true)
                    .setSupportsAllDrives(true)
                    .setIncludeItemsFromAllDrives(true),
                List.of()),
        DriveAnswers::channel);
  }

  private static Channel channel(Wanted wanted) {
    return new Channel()
        .setId(wanted.id())
        .setType("web_hook")
        .setAddress(wanted.address())
        .setToken(wanted.token())
        .setExpiration(wanted.expiration().toEpochMilli());
  }

  /** Ends a channel; one that has ended already is as good. */
  public void stop(String id, String resourceId) {
    try {
      exchange.json(
          caller,
          DriveMethod.STOP,
          () ->
              DriveQuery.ready(
                  drive.channels().stop(new Channel().setId(id).setResourceId(resourceId)),
                  List.of()),
          _ -> Optional.empty());
    } catch (DriveProblem.NotFound over) {
      // It had expired, or somebody else has stopped it.
    }
  }
}
