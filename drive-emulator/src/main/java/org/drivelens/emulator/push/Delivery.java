package org.drivelens.emulator.push;

import java.time.Instant;

/**
 * One message of a channel on its way.
 *
 * @param number grows with every message of the channel, with gaps
 * @param state sync, change, or what happened to a file
 * @param changed what of a file was updated, comma-separated; empty if that is not said
 * @param tries how often it was sent
 * @param status the latest answer of the receiver; 0 none, -1 not even a connection, -2 lost on
 *     purpose
 */
public record Delivery(
    String channelId,
    Instant at,
    long number,
    String state,
    String changed,
    int tries,
    int status) {

  Delivery tried(int answer) {
    return new Delivery(channelId, at, number, state, changed, tries + 1, answer);
  }
}
