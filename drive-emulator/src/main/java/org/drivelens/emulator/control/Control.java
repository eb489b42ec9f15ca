package org.drivelens.emulator.control;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.drivelens.emulator.call.Call;
import org.drivelens.emulator.call.Calls;
import org.drivelens.emulator.call.DriveMethod;
import org.drivelens.emulator.call.Match;
import org.drivelens.emulator.fault.Faults;
import org.drivelens.emulator.library.Library;
import org.drivelens.emulator.push.Channels;
import org.drivelens.emulator.token.Tokens;
import org.drivelens.emulator.wire.Reply;
import org.drivelens.emulator.wire.Request;
import org.jspecify.annotations.Nullable;

/** {@code /emulator/…}: the same levers as in Java, for curl and other processes. */
public final class Control {

  private static final String PATH = "/emulator";
  private static final int CALLS_SHOWN = 200;

  private final Library library;
  private final Calls calls;
  private final Tokens tokens;
  private final Supplier<Map<String, Object>> health;
  private final LibraryControl files;
  private final DriveControl drives;
  private final FaultControl faults;
  private final QuotaControl quota;
  private final PushControl push;

  public Control(
      Library library,
      Faults faults,
      Calls calls,
      Tokens tokens,
      Channels channels,
      Supplier<Map<String, Object>> health) {
    this.library = library;
    this.calls = calls;
    this.tokens = tokens;
    this.health = health;
    this.files = new LibraryControl(library);
    this.drives = new DriveControl(library.sharedDrives());
    this.faults = new FaultControl(faults);
    this.push = new PushControl(channels);
    this.quota = new QuotaControl(faults.quota(), calls.usage());
  }

  /** The bare address is ours too: a person who opens it in a browser is shown the way. */
  public boolean owns(Request request) {
    String path = request.path();
    return path.equals("/") || path.equals(PATH) || path.startsWith(PATH + "/");
  }

  /** What cannot be done is a 400 or 404 with one sentence. */
  public Reply answer(Request request) {
    String path = request.path().replaceFirst(PATH, "").replaceAll("^/|/$", "");
    List<String> words = List.of(path.split("/", -1));
    try {
      Reply reply = route(request, words);
      return reply != null
          ? reply
          : Reply.pretty(404, Map.of("error", "No such thing here; GET /emulator/ lists what is"));
    } catch (IllegalArgumentException e) {
      return Reply.pretty(400, Map.of("error", Objects.toString(e.getMessage(), "bad request")));
    }
  }

  private @Nullable Reply route(Request request, List<String> words) {
    String what = words.getFirst();
    return switch (words.size()) {
      case 1 -> routeAll(request, request.method() + " " + what);
      case 2 -> routeOne(request, request.method() + " " + what, words.get(1));
      case 3 -> routeDeed(request, request.method() + " " + what, words.get(1), words.get(2));
      default -> null;
    };
  }

  private @Nullable Reply routeAll(Request request, String what) {
    Reply reply = files.route(what, request);
    if (reply == null) {
      reply = faults.route(what, request);
    }
    if (reply == null) {
      reply = quota.route(what, request);
    }
    if (reply != null) {
      return reply;
    }
    return switch (what) {
      case "GET " -> help();
      case "GET health" -> Reply.pretty(200, health.get());
      case "GET push" -> push.show();
      case "POST push" -> push.set(Input.of(request));
      case "GET drives" -> drives.list();
      case "POST drives" -> drives.create(Input.of(request));
      case "GET calls" -> calls(Input.of(request));
      case "DELETE calls" -> clearCalls();
      default -> null;
    };
  }

  private @Nullable Reply routeOne(Request request, String what, String which) {
    return switch (what) {
      case "GET files" -> files.show(which);
      case "DELETE files" -> files.delete(which);
      case "DELETE drives" -> drives.delete(which);
      case "DELETE faults" -> faults.clear(which);
      case "GET holds" -> faults.held(which, Input.of(request));
      case "DELETE oddities" -> faults.even(which);
      case "DELETE push" -> push.expire(which);
      case "DELETE holds" -> faults.release(which);
      case "POST tokens" -> which.equals("revoke") ? revokeTokens() : null;
      case "POST changes" -> which.equals("forget") ? forgetChanges() : null;
      default -> null;
    };
  }

  private @Nullable Reply routeDeed(Request request, String what, String which, String deed) {
    return switch (what) {
      case "POST files" -> files.act(which, deed, request);
      case "POST drives" -> drives.act(which, deed, Input.of(request));
      default -> null;
    };
  }

  private Reply calls(Input input) {
    String method = input.get("method");
    Match match = method == null ? Match.any() : Match.on(DriveMethod.named(method));
    var counts = new EnumMap<DriveMethod, Long>(DriveMethod.class);
    for (DriveMethod known : DriveMethod.values()) {
      counts.put(known, calls.count(known));
    }
    var byName = new LinkedHashMap<String, Long>();
    counts.forEach((known, count) -> byName.put(known.wireName(), count));
    List<Call> all = calls.matching(match);
    List<Call> latest = all.subList(Math.max(0, all.size() - CALLS_SHOWN), all.size());
    return Reply.pretty(200, Map.of("counts", byName, "units", calls.units(), "latest", latest));
  }

  private Reply clearCalls() {
    calls.clear();
    return Reply.pretty(200, Map.of("cleared", true));
  }

  private Reply revokeTokens() {
    tokens.revokeAll();
    return Reply.pretty(200, Map.of("revoked", true));
  }

  private Reply forgetChanges() {
    library.forgetChanges();
    return Reply.pretty(200, Map.of("forgotten", true));
  }

  private static Reply help() {
    try (InputStream in = Control.class.getResourceAsStream("help.txt")) {
      byte[] text = Objects.requireNonNull(in).readAllBytes();
      return Reply.text(200, "text/plain; charset=UTF-8", new String(text, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
