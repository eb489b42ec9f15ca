package org.drivelens.emulator.drive;

import java.time.Clock;
import java.util.Map;
import org.drivelens.emulator.call.Calls;
import org.drivelens.emulator.call.DriveMethod;
import org.drivelens.emulator.fault.Faults;
import org.drivelens.emulator.fields.Mask;
import org.drivelens.emulator.fields.Resource;
import org.drivelens.emulator.library.RobotView;
import org.drivelens.emulator.library.Seen;
import org.drivelens.emulator.push.Channels;
import org.drivelens.emulator.token.TokenEndpoint;
import org.drivelens.emulator.token.Tokens;
import org.drivelens.emulator.wire.GoogleError;
import org.drivelens.emulator.wire.Reply;
import org.drivelens.emulator.wire.Request;

/** Finds the method that a request means, writes the call down and lets it through the faults. */
public final class DriveApi {

  private final RobotView view;
  private final String robotEmail;
  private final Tokens tokens;
  private final TokenEndpoint tokenEndpoint;
  private final Calls calls;
  private final Faults faults;
  private final FilesList list;
  private final ChangesMethods changes;
  private final SharedDrivesMethods drives;
  private final WatchMethods watch;
  private final Media media;
  private final Thumbnails thumbnails;

  public DriveApi(
      RobotView view,
      String robotEmail,
      Tokens tokens,
      TokenEndpoint tokenEndpoint,
      Calls calls,
      Faults faults,
      Channels channels,
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
    watch = new WatchMethods(channels, clock);
    media = new Media(view);
    thumbnails = new Thumbnails(view);
  }

  public Reply answer(Request request) {
    Target target = Target.of(request);
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
      case CHANGES_WATCH -> watch.watchChanges(request, changes.checked(request));
      case FILES_WATCH -> {
        existing(target.id(), request);
        yield watch.watchFile(request, target.id());
      }
      case CHANNELS_STOP -> watch.stop(request);
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
