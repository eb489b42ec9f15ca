package org.drivelens.emulator.fault;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.drivelens.emulator.wire.GoogleError;
import org.drivelens.emulator.wire.Reply;

/** One way for a call to go wrong. */
public final class Trouble {

  private final String name;
  private final Spoiling spoiling;

  /** Makes the bad answer; {@code honest} is what would have been said, {@code over} the end. */
  @FunctionalInterface
  private interface Spoiling {
    Reply spoil(Supplier<Reply> honest, CountDownLatch over);
  }

  private Trouble(String name, Spoiling spoiling) {
    this.name = name;
    this.spoiling = spoiling;
  }

  /** A status with the reason that Google usually gives with it (drive-api 7). */
  public static Trouble status(int code) {
    String reason =
        switch (code) {
          case 400 -> "badRequest";
          case 401 -> "authError";
          case 403 -> "userRateLimitExceeded";
          case 404 -> "notFound";
          case 429 -> "rateLimitExceeded";
          case 500 -> "internalError";
          default -> "backendError";
        };
    return google(code, reason);
  }

  /** An error in Google's envelope; message and domain follow from the reason (drive-api 7). */
  public static Trouble google(int code, String reason) {
    return new Trouble(
        code + " " + reason, (honest, over) -> GoogleReasons.error(code, reason).reply());
  }

  /** An error in Google's envelope with any message. */
  public static Trouble google(int code, String reason, String message) {
    return new Trouble(
        code + " " + reason, (honest, over) -> new GoogleError(code, reason, message).reply());
  }

  /** A parameter with a value that is not taken (drive-api 2). */
  public static Trouble invalid(String parameter) {
    return new Trouble(
        "invalid " + parameter, (honest, over) -> GoogleError.invalidValue(parameter).reply());
  }

  /** An error of the token endpoint (drive-api 1). */
  public static Trouble oauth(int code, String error, String description) {
    return new Trouble(
        code + " " + error,
        (honest, over) ->
            Reply.json(code, Map.of("error", error, "error_description", description)));
  }

  /** What a load balancer says when nobody is behind it: a page, not JSON. */
  public static Trouble html(int code) {
    String page =
        """
        <!DOCTYPE html>
        <html lang=en><meta charset=utf-8><title>Error %d (Server Error)!!1</title>
        <p><b>%d.</b> <ins>That's an error.</ins>
        """
            .formatted(code, code);
    return new Trouble(
        code + " HTML", (honest, over) -> Reply.text(code, "text/html; charset=UTF-8", page));
  }

  /** The right answer, the connection cut in the middle of its body. */
  public static Trouble truncated() {
    return new Trouble(
        "truncated body", (honest, over) -> honest.get().ending(Reply.Ending.TRUNCATED));
  }

  /** A proper 200 of half a JSON document. */
  public static Trouble malformedJson() {
    return new Trouble(
        "malformed JSON",
        (honest, over) -> {
          byte[] body = honest.get().body();
          return Reply.bytes(
              200, "application/json; charset=UTF-8", Arrays.copyOf(body, body.length / 2));
        });
  }

  /** The right answer, but no item in it has this field. */
  public static Trouble lacking(String field) {
    return edited(
        "lacking " + field, body -> body.replace("\"" + field + "\"", "\"not-" + field + "\""));
  }

  /** The right answer, but a field that is true or false has this value. */
  public static Trouble saying(String field, boolean value) {
    return edited(
        field + " " + value,
        body ->
            body.replaceAll(
                "\"" + field + "\"(\\s*:\\s*)(true|false)", "\"" + field + "\"$1" + value));
  }

  private static Trouble edited(String name, UnaryOperator<String> edit) {
    return new Trouble(
        name,
        (honest, over) -> {
          String body = new String(honest.get().body(), StandardCharsets.UTF_8);
          return Reply.bytes(
              200,
              "application/json; charset=UTF-8",
              edit.apply(body).getBytes(StandardCharsets.UTF_8));
        });
  }

  /** The right answer, its body so slow that it takes this long, or until the fault is cleared. */
  public static Trouble slow(Duration whole) {
    return new Trouble("body over " + whole, (honest, over) -> honest.get().slowly(whole, over));
  }

  /**
   * The connection is closed without an answer. Mind that the JDK's own HTTP client repeats a GET
   * once by itself when that happens.
   */
  public static Trouble reset() {
    return new Trouble("connection reset", (honest, over) -> cut());
  }

  /** No answer until the fault is cleared or the emulator closed; then the connection is closed. */
  public static Trouble hang() {
    return new Trouble(
        "hang",
        (honest, over) -> {
          try {
            over.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return cut();
        });
  }

  /** The same with a Retry-After header; whole seconds on the wire. */
  public Trouble retryAfter(Duration delay) {
    return new Trouble(
        name + ", Retry-After " + delay.toSeconds(),
        (honest, over) ->
            spoiling.spoil(honest, over).with("Retry-After", Long.toString(delay.toSeconds())));
  }

  /** The same with a Retry-After header that is a date, so long after the answer's own. */
  public Trouble retryAt(Duration delay) {
    return new Trouble(
        name + ", Retry-After a date",
        (honest, over) ->
            spoiling
                .spoil(honest, over)
                .with(
                    "Retry-After",
                    DateTimeFormatter.RFC_1123_DATE_TIME.format(
                        ZonedDateTime.now(Clock.systemUTC()).plus(delay))));
  }

  Reply spoil(Supplier<Reply> honest, CountDownLatch over) {
    return spoiling.spoil(honest, over);
  }

  private static Reply cut() {
    return Reply.text(200, "text/plain", "").ending(Reply.Ending.RESET);
  }

  @Override
  public String toString() {
    return name;
  }
}
