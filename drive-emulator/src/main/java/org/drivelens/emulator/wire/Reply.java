package org.drivelens.emulator.wire;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** An answer on its way to the wire. */
public final class Reply {

  // drive-api 7: without exactly this type the Java client sees no error details.
  private static final String JSON_TYPE = "application/json; charset=UTF-8";

  private final int status;
  private final Map<String, String> headers;
  private final byte[] body;
  private final Ending ending;
  private final @Nullable Pace pace;
  private final @Nullable FilePart file;

  private Reply(
      int status,
      Map<String, String> headers,
      byte[] body,
      @Nullable FilePart file,
      Ending ending,
      @Nullable Pace pace) {
    this.status = status;
    this.headers = headers;
    this.body = body;
    this.file = file;
    this.ending = ending;
    this.pace = pace;
  }

  /** How slowly the body comes, and what ends the slowness. */
  record Pace(Duration whole, CountDownLatch over) {}

  /** How the connection ends after it. */
  public enum Ending {
    /** As HTTP wants it. */
    WHOLE,
    /** The stated length is more than what comes. */
    TRUNCATED,
    /** Closed without a word. */
    RESET
  }

  /** Anything that Jackson can write. */
  public static Reply json(Object value) {
    return json(200, value);
  }

  public static Reply json(int status, Object value) {
    return bytes(status, JSON_TYPE, Json.MAPPER.writeValueAsBytes(value));
  }

  public static Reply pretty(int status, Object value) {
    byte[] body = Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(value);
    return bytes(status, JSON_TYPE, body);
  }

  public static Reply text(int status, String contentType, String text) {
    return bytes(status, contentType, text.getBytes(StandardCharsets.UTF_8));
  }

  public static Reply bytes(int status, String contentType, byte[] body) {
    return new Reply(status, Map.of("Content-Type", contentType), body, null, Ending.WHOLE, null);
  }

  /** A 200 whose body is read from the file while it is sent. */
  public static Reply file(String contentType, FilePart file) {
    return new Reply(
        200, Map.of("Content-Type", contentType), new byte[0], file, Ending.WHOLE, null);
  }

  public Reply with(String header, String value) {
    var more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Reply(status, more, body, file, ending, pace);
  }

  public Reply ending(Ending how) {
    return new Reply(status, headers, body, file, how, pace);
  }

  /** The body takes this long, or until {@code over}. */
  public Reply slowly(Duration whole, CountDownLatch over) {
    return new Reply(status, headers, body, file, ending, new Pace(whole, over));
  }

  public Reply status(int other) {
    return new Reply(other, headers, body, file, ending, pace);
  }

  public int status() {
    return status;
  }

  public Map<String, String> headers() {
    return headers;
  }

  public byte[] body() {
    return file == null ? body : file.bytes();
  }

  @Nullable FilePart file() {
    return file;
  }

  @Nullable Pace pace() {
    return pace;
  }

  public Ending ending() {
    return ending;
  }

  boolean isJson() {
    return JSON_TYPE.equals(headers.get("Content-Type"));
  }
}
