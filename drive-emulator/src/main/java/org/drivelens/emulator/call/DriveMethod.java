package org.drivelens.emulator.call;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What can be asked; {@link #units} is the price in quota units (drive-api 8). */
public enum DriveMethod {
  FILES_LIST("files.list", 100),
  FILES_GET("files.get", 5),
  MEDIA("media", 200),
  THUMBNAIL("thumbnail", 0),
  CHANGES_LIST("changes.list", 100),
  START_PAGE_TOKEN("changes.getStartPageToken", 5),
  ABOUT("about.get", 5),
  CHANGES_WATCH("changes.watch", 5),
  FILES_WATCH("files.watch", 5),
  CHANNELS_STOP("channels.stop", 5),
  DRIVES_LIST("drives.list", 5),
  DRIVES_GET("drives.get", 5),
  TOKEN("token", 0);

  private final String wireName;
  private final int units;

  DriveMethod(String wireName, int units) {
    this.wireName = wireName;
    this.units = units;
  }

  public String wireName() {
    return wireName;
  }

  public int units() {
    return units;
  }

  public static DriveMethod named(String wireName) {
    for (DriveMethod method : values()) {
      if (method.wireName.equals(wireName)) {
        return method;
      }
    }
    String known =
        Arrays.stream(values()).map(DriveMethod::wireName).collect(Collectors.joining(", "));
    throw new IllegalArgumentException("No method " + wireName + "; there are: " + known);
  }
}
