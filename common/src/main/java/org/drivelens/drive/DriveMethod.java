package org.drivelens.drive;

/** The calls we make, by Google's names. */
enum DriveMethod {
  GET("files.get"),
  LIST("files.list"),
  CHANGES("changes.list"),
  START_PAGE_TOKEN("changes.getStartPageToken"),
  WATCH("changes.watch"),
  STOP("channels.stop"),
  DOWNLOAD("media"),
  /** Not an API call: the bytes behind a thumbnailLink cost no quota. */
  THUMBNAIL("thumbnail");

  final String label;

  DriveMethod(String label) {
    this.label = label;
  }

  int cost(QuotaProperties.Costs costs) {
    return switch (this) {
      case GET -> costs.get();
      case LIST, CHANGES -> costs.list();
      case DOWNLOAD -> costs.download();
      case START_PAGE_TOKEN, WATCH, STOP -> costs.other();
      case THUMBNAIL -> 0;
    };
  }
}
