package org.drivelens.emulator.drive;

import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.drivelens.emulator.call.Calls;
import org.drivelens.emulator.call.DriveMethod;
import org.drivelens.emulator.fault.Faults;
import org.drivelens.emulator.fields.Mask;
import org.drivelens.emulator.fields.Resource;
import org.drivelens.emulator.library.RobotView;
import org.drivelens.emulator.library.Seen;
import org.drivelens.emulator.token.TokenEndpoint;
import org.drivelens.emulator.token.Tokens;
import org.drivelens.emulator.wire.GoogleError;
import org.drivelens.emulator.wire.Reply;
import org.drivelens.emulator.wire.Request;
import org.jspecify.annotations.Nullable;

/** Finds the method that a request means, writes the call down and lets it through the faults. */
public final class DriveApi {

  private static final Pattern FILE = Pattern.compile("(/download)?/drive/v3/files/([^/]+)");
  private static final Pattern DRIVE = Pattern.compile("/drive/v3/drives/([^/]+)");
  private static final Pattern PARENT =
      Pattern.compile("['\"]([A-Za-z0-9_-]+)['\"]\\s+in\\s+parents");

  private final RobotView view;
  private final String robotEmail;
  private final Tokens tokens;
  private final TokenEndpoint tokenEndpoint;
  private final Calls calls;
  private final Faults faults;
  private final FilesList list;
  private final ChangesMethods changes;
  private final SharedDrivesMethods drives;
  private final Media media;
  private final Thumbnails thumbnails;

  public DriveApi(
      RobotView view,
      String robotEmail,
      Tokens tokens,
      TokenEndpoint tokenEndpoint,
      Calls calls,
      Faults faults,
      Clock clock) {
    this.view = view;
    this.robotEmail = robotEmail;
    this.tokens = tokens;
    this.tokenEndpoint = tokenEndpoint;
    this.calls = calls;
    this.faults = faults;
    list = new FilesList(view, faults, clock);
    changes = new ChangesMethods(view, faults, clock);
    drives = new SharedDrivesMethods(view);
    media = new Media(view);
    thumbnails = new Thumbnails(view);
  }

  public Reply answer(Request request) {
    Target target = target(request);
    if (target == null) {
      return GoogleError.notFound().reply();
    }
    var call = calls.arrived(target.method(), target.ids(), request.parameters());
    Reply reply = faults.around(call, () -> honest(target, request));
    if (reply.ending() != Reply.Ending.RESET) {
      calls.answered(call, reply.status());
    }
    return reply;
  }

  private record Target(DriveMethod method, Set<String> ids) {
    String id() {
      return ids.iterator().next();
    }
  }

  private static @Nullable Target target(Request request) {
    String path = request.path();
    if (request.method().equals("POST")) {
      return path.equals("/token") ? new Target(DriveMethod.TOKEN, Set.of()) : null;
    }
    if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
      return null;
    }
    return switch (path) {
      case "/drive/v3/files" -> new Target(DriveMethod.FILES_LIST, parents(request));
      case "/drive/v3/changes" -> new Target(DriveMethod.CHANGES_LIST, Set.of());
      case "/drive/v3/changes/startPageToken" -> new Target(DriveMethod.START_PAGE_TOKEN, Set.of());
      case "/drive/v3/about" -> new Target(DriveMethod.ABOUT, Set.of());
      case "/drive/v3/drives" -> new Target(DriveMethod.DRIVES_LIST, Set.of());
      default -> fileTarget(request);
    };
  }

  private static @Nullable Target fileTarget(Request request) {
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

  private Reply honest(Target target, Request request) {
    if (target.method() == DriveMethod.TOKEN) {
      return tokenEndpoint.answer(request);
    }
    tokens.check(request);
    Context context = context(request);
    return switch (target.method()) {
      case FILES_LIST -> list.answer(request, context);
      case FILES_GET -> get(target.id(), request, context);
      case MEDIA -> media(target.id(), request);
      case THUMBNAIL -> thumbnails.answer(request);
      case CHANGES_LIST -> changes.list(request, context);
      case START_PAGE_TOKEN -> changes.startPageToken(request);
      case ABOUT -> About.answer(request, context);
      case DRIVES_LIST -> drives.list(request);
      case DRIVES_GET -> drives.get(target.id(), request);
      case TOKEN -> throw new IllegalStateException();
    };
  }

  private Context context(Request request) {
    String host = request.header("host");
    return new Context(view, "http://" + host + "/", robotEmail, tokens.mayReadContent(request));
  }

  /** drive-api 3: no access and no such file are the same 404. */
  private Reply get(String id, Request request, Context context) {
    Seen seen = existing(id, request);
    if (request.flag("acknowledgeAbuse")) {
      throw new GoogleError(
              403,
              "invalidAbuseAcknowledgment",
              "The acknowledgeAbuse parameter is only applicable for download requests.")
          .at("acknowledgeAbuse");
    }
    String fields = request.parameter("fields");
    Mask mask = fields == null ? FileFields.DEFAULT : Mask.parse(fields, Resource.FILE);
    Map<String, Object> json = FileFields.of(seen, mask, context);
    return Reply.json(json);
  }

  private Reply media(String id, Request request) {
    tokens.checkContent(request);
    return media.answer(existing(id, request).item(), request);
  }

  private Seen existing(String id, Request request) {
    Seen seen = view.find(id);
    if (seen == null || !Reach.allows(seen, request)) {
      throw GoogleError.fileNotFound(id);
    }
    return seen;
  }
}
