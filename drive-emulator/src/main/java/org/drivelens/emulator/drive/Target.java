package org.drivelens.emulator.drive;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.drivelens.emulator.call.DriveMethod;
import org.drivelens.emulator.wire.Request;
import org.jspecify.annotations.Nullable;

/**
 * The method that a request means.
 *
 * @param ids what it is about; of a listing, the folders that are listed
 */
record Target(DriveMethod method, Set<String> ids) {

  private static final Pattern FILE = Pattern.compile("(/download)?/drive/v3/files/([^/]+)");
  private static final Pattern FILE_WATCH = Pattern.compile("/drive/v3/files/([^/]+)/watch");
  private static final Pattern DRIVE = Pattern.compile("/drive/v3/drives/([^/]+)");
  private static final Pattern PARENT =
      Pattern.compile("['\"]([A-Za-z0-9_-]+)['\"]\\s+in\\s+parents");

  private Target(DriveMethod method) {
    this(method, Set.of());
  }

  String id() {
    return ids.iterator().next();
  }

  /** Null if Drive has nothing there. */
  static @Nullable Target of(Request request) {
    return switch (request.method()) {
      case "GET", "HEAD" -> ofGet(request);
      case "POST" -> ofPost(request.path());
      default -> null;
    };
  }

  private static @Nullable Target ofPost(String path) {
    Matcher file = FILE_WATCH.matcher(path);
    if (file.matches()) {
      return new Target(DriveMethod.FILES_WATCH, Set.of(file.group(1)));
    }
    return switch (path) {
      case "/token" -> new Target(DriveMethod.TOKEN);
      case "/drive/v3/changes/watch" -> new Target(DriveMethod.CHANGES_WATCH);
      case "/drive/v3/channels/stop" -> new Target(DriveMethod.CHANNELS_STOP);
      default -> null;
    };
  }

  private static @Nullable Target ofGet(Request request) {
    return switch (request.path()) {
      case "/drive/v3/files" -> new Target(DriveMethod.FILES_LIST, parents(request));
      case "/drive/v3/changes" -> new Target(DriveMethod.CHANGES_LIST);
      case "/drive/v3/changes/startPageToken" -> new Target(DriveMethod.START_PAGE_TOKEN);
      case "/drive/v3/about" -> new Target(DriveMethod.ABOUT);
      case "/drive/v3/drives" -> new Target(DriveMethod.DRIVES_LIST);
      default -> ofOne(request);
    };
  }

  private static @Nullable Target ofOne(Request request) {
    Matcher file = FILE.matcher(request.path());
    if (file.matches()) {
      // drive-api 3 and 10: the Java client asks under /download/, others do not.
      boolean wantsMedia =
          request.parameter("alt", "json").toLowerCase(Locale.ROOT).equals("media");
      if (file.group(1) != null && !wantsMedia) {
        return null;
      }
      DriveMethod method = wantsMedia ? DriveMethod.MEDIA : DriveMethod.FILES_GET;
      return new Target(method, Set.of(file.group(2)));
    }
    Matcher drive = DRIVE.matcher(request.path());
    if (drive.matches()) {
      return new Target(DriveMethod.DRIVES_GET, Set.of(drive.group(1)));
    }
    String thumbnailOf = Thumbnails.fileId(request.path());
    return thumbnailOf == null ? null : new Target(DriveMethod.THUMBNAIL, Set.of(thumbnailOf));
  }

  /** So that faults and tests can name lists by the folder that is listed. */
  private static Set<String> parents(Request request) {
    var ids = new LinkedHashSet<String>();
    Matcher matcher = PARENT.matcher(request.parameter("q", ""));
    while (matcher.find()) {
      ids.add(matcher.group(1));
    }
    return ids;
  }
}
