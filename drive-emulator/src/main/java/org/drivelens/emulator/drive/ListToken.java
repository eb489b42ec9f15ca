package org.drivelens.emulator.drive;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.drivelens.emulator.wire.GoogleError;

/**
 * A position in one listing: of the same query and order only.
 *
 * @param listing number of a sorted listing, 0 if unsorted
 * @param position an ordinal, or how many of a sorted listing were shown
 * @param afterEmpty an empty page has been shown at this position
 * @param leftOut which parents this listing leaves out, see {@link Groups}
 * @param issuedAt in milliseconds
 */
record ListToken(
    int fingerprint, long listing, long position, boolean afterEmpty, int leftOut, long issuedAt) {

  private static final String MARK = "~!!~";

  @Override
  public String toString() {
    String plain =
        "%d %d %d %b %d %d"
            .formatted(fingerprint, listing, position, afterEmpty, leftOut, issuedAt);
    return MARK
        + Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(plain.getBytes(StandardCharsets.US_ASCII));
  }

  /** drive-api 2: anything unknown is 400 Invalid Value at pageToken. */
  static ListToken parse(String text, int fingerprint) {
    try {
      if (text.startsWith(MARK)) {
        byte[] plain = Base64.getUrlDecoder().decode(text.substring(MARK.length()));
        String[] parts = new String(plain, StandardCharsets.US_ASCII).split(" ", -1);
        if (parts.length == 6 && Integer.parseInt(parts[0]) == fingerprint) {
          return new ListToken(
              fingerprint,
              Long.parseLong(parts[1]),
              Long.parseLong(parts[2]),
              Boolean.parseBoolean(parts[3]),
              Integer.parseInt(parts[4]),
              Long.parseLong(parts[5]));
        }
      }
    } catch (IllegalArgumentException e) {
      // Falls through: not one of ours.
    }
    throw GoogleError.invalidValue("pageToken");
  }
}
