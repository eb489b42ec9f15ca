package org.drivelens.emulator.wire;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request after Google's front: method override and form body are already undone, the body is
 * unzipped, and of a repeated parameter only the first counts (drive-api 2).
 */
public final class Request {

  private final String method;
  private final String path;
  private final Map<String, String> parameters;
  private final Map<String, String> headers;
  private final byte[] body;

  /** The path decoded, headers by lower-case name. */
  Request(
      String method,
      String path,
      Map<String, String> parameters,
      Map<String, String> headers,
      byte[] body) {
    this.method = method;
    this.path = path;
    this.parameters = parameters;
    this.headers = headers;
    this.body = body;
  }

  public String method() {
    return method;
  }

  /** Decoded. */
  public String path() {
    return path;
  }

  public Map<String, String> parameters() {
    return parameters;
  }

  public byte[] body() {
    return body;
  }

  public @Nullable String parameter(String name) {
    return parameters.get(name);
  }

  public String parameter(String name, String otherwise) {
    return parameters.getOrDefault(name, otherwise);
  }

  public boolean flag(String name) {
    return Boolean.parseBoolean(parameters.get(name));
  }

  public @Nullable String header(String lowerCaseName) {
    return headers.get(lowerCaseName);
  }
}
