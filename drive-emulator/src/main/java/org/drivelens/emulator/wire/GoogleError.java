package org.drivelens.emulator.wire;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Drive's error envelope, letter by letter (drive-api 7); thrown where the trouble is noticed. */
public final class GoogleError extends RuntimeException {

  private static final String INVALID_TOKEN =
      "Bearer realm=\"https://accounts.google.com/\", error=\"invalid_token\"";

  private final int code;
  private final Map<String, Object> error = new LinkedHashMap<>();
  private final Map<String, Object> entry = new LinkedHashMap<>();

  /** One error of domain {@code global}. */
  public GoogleError(int code, String reason, String message) {
    super(code + " " + reason + ": " + message, null, false, false);
    this.code = code;
    error.put("code", code);
    error.put("message", message);
    error.put("errors", List.of(entry));
    entry.put("message", message);
    entry.put("domain", "global");
    entry.put("reason", reason);
  }

  public GoogleError domain(@Nullable String domain) {
    if (domain == null) {
      entry.remove("domain");
    } else {
      entry.put("domain", domain);
    }
    return this;
  }

  /** The query parameter to blame. */
  public GoogleError at(String parameter) {
    return at(parameter, "parameter");
  }

  public GoogleError at(String location, String type) {
    entry.put("location", location);
    entry.put("locationType", type);
    return this;
  }

  /** The message inside errors[] where it differs from the one on top. */
  public GoogleError inner(String message) {
    entry.put("message", message);
    return this;
  }

  /** Only authentication and protocol failures carry one (drive-api 7). */
  public GoogleError status(String status) {
    error.put("status", status);
    return this;
  }

  public GoogleError details(Map<String, Object> detail) {
    error.put("details", List.of(detail));
    return this;
  }

  public Reply reply() {
    Reply reply = Reply.pretty(code, Map.of("error", error));
    // drive-api 10: the client's adapter fetches another token only if error is invalid_token.
    return code == 401 ? reply.with("WWW-Authenticate", INVALID_TOKEN) : reply;
  }

  public static GoogleError fileNotFound(String id) {
    return new GoogleError(404, "notFound", "File not found: " + id + ".").at("fileId");
  }

  public static GoogleError invalidValue(String parameter) {
    return new GoogleError(400, "invalid", "Invalid Value").at(parameter);
  }

  public static GoogleError required(String parameter) {
    return new GoogleError(400, "required", "Required parameter: " + parameter).at(parameter);
  }

  public static GoogleError notFound() {
    return new GoogleError(404, "notFound", "Not Found");
  }
}
