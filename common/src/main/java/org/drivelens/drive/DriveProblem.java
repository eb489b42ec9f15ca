package org.drivelens.drive;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Why Drive did not do as asked. The kind answers two questions: is it worth trying again (only
 * {@link Busy}, later also {@link DayQuotaSpent}), and when? Every message is a sentence a person
 * understands, without secrets.
 */
public abstract sealed class DriveProblem extends RuntimeException {

  private final @Nullable String reason;

  private DriveProblem(String message, @Nullable String reason, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** Google's own word for it, such as {@code insufficientFilePermissions}, where it gave one. */
  public @Nullable String reason() {
    return reason;
  }

  /**
   * Too many calls, a fault on Google's side, a broken line, an answer that cannot be read, or an
   * interrupted wait. The call was already tried as often as the settings allow.
   */
  public static final class Busy extends DriveProblem {

    private final @Nullable Duration retryAfter;
    private final boolean rateLimit;

    Busy(String message, @Nullable String reason, @Nullable Duration retryAfter) {
      this(message, reason, retryAfter, false);
    }

    Busy(
        String message, @Nullable String reason, @Nullable Duration retryAfter, boolean rateLimit) {
      super(message, reason, null);
      this.retryAfter = retryAfter;
      this.rateLimit = rateLimit;
    }

    Busy(String message, Throwable cause) {
      super(message, null, cause);
      this.retryAfter = null;
      this.rateLimit = false;
    }

    /** Whether Drive answered that we call too often: then the whole fleet slows down. */
    boolean isRateLimit() {
      return rateLimit;
    }

    /** When Google said so: not before this time from now. */
    public @Nullable Duration retryAfter() {
      return retryAfter;
    }
  }

  /** The item does not exist, or we do not see it: Drive does not tell the two apart. */
  public static final class NotFound extends DriveProblem {
    NotFound(String message, @Nullable String reason) {
      super(message, reason, null);
    }
  }

  /** The item is there, but we may not do this with it. */
  public static final class AccessDenied extends DriveProblem {
    AccessDenied(String message, @Nullable String reason) {
      super(message, reason, null);
    }
  }

  /** Drive shows the item, but tells too little of it; asked again, it would say the same. */
  public static final class Unreadable extends DriveProblem {
    Unreadable(String lack) {
      super("Google Drive tells too little of this item: " + lack + ".", "unreadable", null);
    }
  }

  /** The service account itself is refused, or its key file cannot be used. */
  public static final class CredentialsRefused extends DriveProblem {
    CredentialsRefused(String message, @Nullable String reason) {
      super(message, reason, null);
    }
  }

  /** A page token is not taken (any more): begin again without it. */
  public static final class TokenRejected extends DriveProblem {
    TokenRejected(String message, @Nullable String reason) {
      super(message, reason, null);
    }
  }

  /** The project's quota of the day is spent; it comes back at midnight Pacific time. */
  public static final class DayQuotaSpent extends DriveProblem {

    private final Duration retryAfter;

    DayQuotaSpent(String message, @Nullable String reason, Duration retryAfter) {
      super(message, reason, null);
      this.retryAfter = retryAfter;
    }

    /** From now until then. */
    public Duration retryAfter() {
      return retryAfter;
    }
  }

  /** Google does not hand out the bytes of this file; its metadata is not touched by that. */
  public static final class ContentRefused extends DriveProblem {
    ContentRefused(String message, @Nullable String reason) {
      super(message, reason, null);
    }
  }

  /** Google opens no push channel: it does not like the address, or we open too many. */
  public static final class ChannelRefused extends DriveProblem {
    ChannelRefused(String message, @Nullable String reason) {
      super(message, reason, null);
    }
  }

  /** The range asked for lies outside the file. */
  public static final class RangeNotSatisfiable extends DriveProblem {

    private final @Nullable Long size;

    RangeNotSatisfiable(String message, @Nullable Long size) {
      super(message, null, null);
      this.size = size;
    }

    /** The whole file's size in bytes, where Drive said it. */
    public @Nullable Long size() {
      return size;
    }
  }

  /** A request that Drive does not understand: a fault of ours. */
  public static final class BadRequest extends DriveProblem {
    BadRequest(String message, @Nullable String reason) {
      super(message, reason, null);
    }
  }
}
