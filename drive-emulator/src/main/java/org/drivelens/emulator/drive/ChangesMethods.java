package org.drivelens.emulator.drive;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.drivelens.emulator.fault.Faults;
import org.drivelens.emulator.fields.Mask;
import org.drivelens.emulator.fields.Resource;
import org.drivelens.emulator.library.RobotView;
import org.drivelens.emulator.wire.GoogleError;
import org.drivelens.emulator.wire.Reply;
import org.drivelens.emulator.wire.Request;

/** The robot's change log (drive-api 5). */
final class ChangesMethods {

  /** Added to a token at whose position an empty page has been shown. */
  private static final long AFTER_EMPTY = 1_000_000_000_000L;

  private final RobotView view;
  private final Faults faults;

  ChangesMethods(RobotView view, Faults faults) {
    this.view = view;
    this.faults = faults;
  }

  /** drive-api 5.1. */
  Reply startPageToken(Request request) {
    checkDrive(request);
    Mask mask =
        Mask.parse(request.parameter("fields", "kind,startPageToken"), Resource.START_PAGE_TOKEN);
    var json = new LinkedHashMap<String, Object>();
    json.put("kind", "drive#startPageToken");
    json.put("startPageToken", Long.toString(view.head()));
    return Reply.json(mask.prune(json));
  }

  Reply list(Request request, Context context) {
    String token = request.parameter("pageToken");
    if (token == null || token.isEmpty()) {
      throw GoogleError.required("pageToken");
    }
    int size = Paging.size(request, faults);
    checkDrive(request);
    long position = position(token);
    boolean emptyShown = position >= AFTER_EMPTY;
    long from = emptyShown ? position - AFTER_EMPTY : position;
    RobotView.Changes page = view.changes(from, size);
    if (page == null) {
      throw GoogleError.invalidValue("pageToken");
    }
    Mask mask = mask(request);
    var json = new LinkedHashMap<String, Object>();
    json.put("kind", "drive#changeList");
    if (faults.emptyPages() && !emptyShown) {
      // drive-api 5.1: pages without entries but with a nextPageToken have been seen.
      page = new RobotView.Changes(List.of(), from + AFTER_EMPTY, false);
    }
    // drive-api 5.1: exactly one of the two.
    json.put(page.last() ? "newStartPageToken" : "nextPageToken", Long.toString(page.next()));
    json.keySet().removeIf(name -> !mask.has(name));
    Mask inside = mask.of("changes");
    if (inside != null) {
      json.put("changes", entries(page, request, inside, context));
    }
    return Reply.json(json);
  }

  private static Object entries(
      RobotView.Changes page, Request request, Mask mask, Context context) {
    boolean includeRemoved = !"false".equals(request.parameter("includeRemoved"));
    var entries = new ArrayList<Map<String, Object>>(page.changes().size());
    for (RobotView.Change change : page.changes()) {
      boolean removed = change.file() == null;
      // drive-api 5.1: nothing that is shared was ever added to the robot's own My Drive.
      if ((removed && !includeRemoved) || request.flag("restrictToMyDrive")) {
        continue;
      }
      entries.add(entry(change, mask, context));
    }
    return entries;
  }

  private static Map<String, Object> entry(RobotView.Change change, Mask mask, Context context) {
    var json = new LinkedHashMap<String, Object>();
    json.put("kind", "drive#change");
    json.put("type", "file");
    json.put("changeType", "file");
    json.put("time", Times.text(change.time()));
    json.put("removed", change.file() == null);
    json.put("fileId", change.fileId());
    json.keySet().removeIf(name -> !mask.has(name));
    Mask inside = mask.of("file");
    // drive-api 5.3: a tombstone has no file.
    if (inside != null && change.file() != null) {
      json.put("file", FileFields.of(change.file(), inside, context));
    }
    return json;
  }

  private static Mask mask(Request request) {
    return Mask.parse(
        request.parameter(
            "fields",
            "kind,nextPageToken,newStartPageToken,changes(kind,type,changeType,time,removed,fileId,"
                + "file(kind,id,name,mimeType))"),
        Resource.CHANGE_LIST);
  }

  private static long position(String token) {
    try {
      return Long.parseLong(token);
    } catch (NumberFormatException e) {
      throw GoogleError.invalidValue("pageToken");
    }
  }

  private static void checkDrive(Request request) {
    String driveId = request.parameter("driveId");
    if (driveId != null) {
      throw new GoogleError(404, "notFound", "Shared drive not found: " + driveId).at("driveId");
    }
  }
}
