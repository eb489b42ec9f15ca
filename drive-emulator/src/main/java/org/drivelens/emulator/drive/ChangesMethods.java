package org.drivelens.emulator.drive;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.drivelens.emulator.fault.Faults;
import org.drivelens.emulator.fault.Oddities;
import org.drivelens.emulator.fault.Oddity;
import org.drivelens.emulator.fields.Mask;
import org.drivelens.emulator.fields.Resource;
import org.drivelens.emulator.library.RobotView;
import org.drivelens.emulator.library.Seen;
import org.drivelens.emulator.wire.GoogleError;
import org.drivelens.emulator.wire.Reply;
import org.drivelens.emulator.wire.Request;

/** The robot's change log (drive-api 5). */
final class ChangesMethods {

  /** Added to a token at whose position an empty page has been shown. */
  private static final long AFTER_EMPTY = 1_000_000_000_000L;

  private final RobotView view;
  private final Faults faults;
  private final Clock clock;

  ChangesMethods(RobotView view, Faults faults, Clock clock) {
    this.view = view;
    this.clock = clock;
    this.faults = faults;
  }

  /** drive-api 5.1. */
  Reply startPageToken(Request request) {
    Corpora corpora = Corpora.ofChanges(request, view);
    Mask mask =
        Mask.parse(request.parameter("fields", "kind,startPageToken"), Resource.START_PAGE_TOKEN);
    var json = new LinkedHashMap<String, Object>();
    json.put("kind", "drive#startPageToken");
    json.put("startPageToken", Long.toString(view.head(corpora.driveId())));
    return Reply.json(mask.prune(json));
  }

  /** What changes.watch asks of its parameters. */
  Corpora checked(Request request) {
    Corpora corpora = Corpora.ofChanges(request, view);
    if (view.changes(corpora.log(), position(token(request)), 1) == null) {
      throw GoogleError.invalidValue("pageToken");
    }
    return corpora;
  }

  private static String token(Request request) {
    String token = request.parameter("pageToken");
    if (token == null || token.isEmpty()) {
      throw GoogleError.required("pageToken");
    }
    return token;
  }

  Reply list(Request request, Context context) {
    String token = token(request);
    int size = Paging.size(request, faults);
    Corpora corpora = Corpora.ofChanges(request, view);
    checkExpiry(token);
    long position = position(token);
    boolean emptyShown = position >= AFTER_EMPTY;
    long from = emptyShown ? position - AFTER_EMPTY : position;
    RobotView.Changes page = view.changes(corpora.log(), from, size);
    if (page == null) {
      throw GoogleError.invalidValue("pageToken");
    }
    Mask mask = mask(request);
    if (!emptyShown && faults.oddities().strikes(Oddity.EMPTY_PAGES, token)) {
      // drive-api 5.1: pages without entries but with a nextPageToken have been seen.
      page = new RobotView.Changes(List.of(), from + AFTER_EMPTY, false);
    } else {
      page = distorted(page, token);
    }
    var json = new LinkedHashMap<String, Object>();
    json.put("kind", "drive#changeList");
    // drive-api 5.1: exactly one of the two.
    json.put(page.last() ? "newStartPageToken" : "nextPageToken", Long.toString(page.next()));
    json.keySet().removeIf(name -> !mask.has(name));
    Mask inside = mask.of("changes");
    if (inside != null) {
      json.put("changes", entries(page, request, inside, context));
    }
    return Reply.json(json);
  }

  private void checkExpiry(String token) {
    Oddities.How how = faults.oddities().how(Oddity.CHANGE_TOKENS_EXPIRE);
    if (how != null && faults.oddities().strikes(Oddity.CHANGE_TOKENS_EXPIRE, token)) {
      throw Refusals.ofPageToken(how.status());
    }
  }

  /** drive-api 5.2: the same file again, and files about which nothing is new. */
  private RobotView.Changes distorted(RobotView.Changes page, String token) {
    var oddities = faults.oddities();
    var entries = new ArrayList<>(page.changes());
    long next = page.next();
    if (entries.size() > 1 && oddities.strikes(Oddity.REPEATED_CHANGES, token)) {
      entries.add(entries.getFirst());
      next = page.last() ? next : page.changes().getLast().position();
    }
    if (oddities.strikes(Oddity.VIEWED_CHANGES, token)) {
      for (int i = 0; i <= oddities.draw("viewed " + token, 3); i++) {
        Seen seen = view.any(oddities.draw("viewed which " + token, Integer.MAX_VALUE));
        if (seen != null) {
          entries.add(RobotView.Change.viewed(seen, clock.instant()));
        }
      }
    }
    return new RobotView.Changes(entries, next, page.last());
  }

  private static Object entries(
      RobotView.Changes page, Request request, Mask mask, Context context) {
    boolean includeRemoved = !"false".equals(request.parameter("includeRemoved"));
    var entries = new ArrayList<Map<String, Object>>(page.changes().size());
    for (RobotView.Change change : page.changes()) {
      // drive-api 5.1: nothing that is shared was ever added to the robot's own My Drive.
      if ((change.removed() && !includeRemoved) || request.flag("restrictToMyDrive")) {
        continue;
      }
      entries.add(entry(change, request, mask, context));
    }
    return entries;
  }

  private static Map<String, Object> entry(
      RobotView.Change change, Request request, Mask mask, Context context) {
    String type = change.aboutDrive() ? "drive" : "file";
    var json = new LinkedHashMap<String, Object>();
    json.put("kind", "drive#change");
    json.put("type", change.aboutDrive() ? "teamDrive" : "file");
    json.put("changeType", type);
    json.put("time", Times.text(change.time()));
    json.put("removed", change.removed());
    json.put(type + "Id", change.id());
    json.keySet().removeIf(name -> !mask.has(name));
    Mask drive = mask.of("drive");
    if (drive != null && change.drive() != null) {
      json.put("drive", drive.prune(SharedDrivesMethods.json(change.drive())));
    }
    Mask inside = mask.of("file");
    // drive-api 5.3: a tombstone has no file, unless one that only left this log is asked for.
    boolean wanted = !change.left() || request.flag("includeCorpusRemovals");
    if (inside != null && change.file() != null && wanted) {
      json.put("file", FileFields.of(change.file(), inside, context));
    }
    return json;
  }

  private static Mask mask(Request request) {
    return Mask.parse(
        request.parameter(
            "fields",
            "kind,nextPageToken,newStartPageToken,changes(kind,type,changeType,time,removed,fileId,"
                + "driveId,file(kind,id,name,mimeType),drive(kind,id,name))"),
        Resource.CHANGE_LIST);
  }

  private static long position(String token) {
    try {
      return Long.parseLong(token);
    } catch (NumberFormatException e) {
      throw GoogleError.invalidValue("pageToken");
    }
  }
}
