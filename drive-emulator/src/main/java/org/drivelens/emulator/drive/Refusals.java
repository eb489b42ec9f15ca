package org.drivelens.emulator.drive;

import org.drivelens.emulator.wire.GoogleError;

/** The ways in which Drive says that a page token is no longer good (drive-api 5.1). */
final class Refusals {

  private Refusals() {}

  static GoogleError ofPageToken(int status) {
    return switch (status) {
      case 403 ->
          new GoogleError(
                  403,
                  "pageTokenExpired",
                  "The specified page token has expired, and can no longer be used.")
              .at("pageToken");
      case 404 -> new GoogleError(404, "notFound", "Page token not found").at("pageToken");
      case 410 -> new GoogleError(410, "gone", "Gone").at("pageToken");
      default -> GoogleError.invalidValue("pageToken");
    };
  }
}
