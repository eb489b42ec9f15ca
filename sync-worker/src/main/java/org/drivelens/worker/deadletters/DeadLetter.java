package org.drivelens.worker.deadletters;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.drivelens.contract.ContractConverter;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.support.converter.MessageConversionException;

/**
 * A message that ended in a dead-letter queue, as far as it can be understood. Anything may have
 * been sent to the broker, so nothing here relies on what it holds.
 *
 * @param queue in which it died
 * @param detail a sentence for people
 * @param eventId the event that it names, where that can be read
 * @param payload its beginning, as printable text
 * @param payloadBytes its true size
 */
record DeadLetter(
    String queue,
    Reason reason,
    String detail,
    @Nullable String type,
    @Nullable String messageId,
    @Nullable UUID eventId,
    String payload,
    int payloadBytes,
    @Nullable Instant diedAt) {

  /** Why it died. */
  enum Reason {
    /** It is no message of ours, or of a version that this worker does not know. */
    UNREADABLE,
    /** It could be read, and handling it failed in a way that nobody foresaw. */
    FAILED,
    /** Again and again a worker died over it, until the broker took it away. */
    KILLS_WORKERS,
    /** The broker took it away for a reason of its own. */
    DROPPED
  }

  private static final int SHOWN = 2_000;
  private static final int NAME = 200;
  private static final Pattern EVENT =
      Pattern.compile(
          "\"eventId\"\\s*:\\s*\"([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})\"");
  private static final ContractConverter CONTRACT = new ContractConverter();

  static DeadLetter of(String queue, Message message) {
    var properties = message.getMessageProperties();
    var payload = printable(message.getBody());
    var unreadable = unreadable(message);
    var reason = reason(properties.getHeader("x-first-death-reason"), unreadable != null);
    return new DeadLetter(
        queue,
        reason,
        detail(reason, unreadable),
        name(properties.getType()),
        name(properties.getMessageId()),
        event(payload),
        payload,
        message.getBody().length,
        diedAt(properties.getHeader("x-death")));
  }

  private static @Nullable String unreadable(Message message) {
    try {
      CONTRACT.fromMessage(message);
      return null;
    } catch (RuntimeException e) {
      return e instanceof MessageConversionException
          ? printable(String.valueOf(e.getMessage()), NAME)
          : "it cannot be read";
    }
  }

  private static Reason reason(@Nullable Object broker, boolean unreadable) {
    return switch (String.valueOf(broker)) {
      case "delivery_limit" -> Reason.KILLS_WORKERS;
      case "expired", "maxlen" -> Reason.DROPPED;
      default -> unreadable ? Reason.UNREADABLE : Reason.FAILED;
    };
  }

  private static String detail(Reason reason, @Nullable String unreadable) {
    return switch (reason) {
      case UNREADABLE -> "This is not a message that Drivelens understands: " + unreadable + ".";
      case FAILED ->
          "Handling it failed in a way that nobody foresaw; the log of the worker says how.";
      case KILLS_WORKERS ->
          "Workers died over it again and again, until the broker took it out of the queue.";
      case DROPPED -> "The broker dropped it: its queue was too long, or it waited for too long.";
    };
  }

  private static @Nullable UUID event(String payload) {
    var found = EVENT.matcher(payload);
    return found.find() ? UUID.fromString(found.group(1)) : null;
  }

  private static @Nullable Instant diedAt(@Nullable Object deaths) {
    return deaths instanceof List<?> list
            && !list.isEmpty()
            && list.getFirst() instanceof Map<?, ?> death
            && death.get("time") instanceof Date time
        ? time.toInstant()
        : null;
  }

  private static @Nullable String name(@Nullable String text) {
    return text == null ? null : printable(text, NAME);
  }

  private static String printable(byte[] body) {
    // A character has four bytes at most.
    return printable(
        new String(body, 0, Math.min(body.length, 4 * SHOWN), StandardCharsets.UTF_8), SHOWN);
  }

  /** PostgreSQL takes no U+0000, and a terminal no control characters. */
  private static String printable(String text, int length) {
    var shown = new StringBuilder();
    text.codePoints()
        .limit(length)
        .map(c ->
            Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE ? '\uFFFD' : c)
        .forEach(shown::appendCodePoint);
    return shown.toString();
  }
}
