package org.drivelens.drive;

import com.google.api.client.http.HttpHeaders;
import com.google.api.client.http.HttpResponse;
import com.google.api.client.http.HttpResponseException;
import java.io.InterruptedIOException;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The one translator of what went wrong: status, every reason Google gives, or a broken line. */
final class DriveErrors {

  private static final Set<String> RATE =
      Set.of("rateLimitExceeded", "userRateLimitExceeded", "sharingRateLimitExceeded");
  private static final Set<String> SERVER = Set.of("backendError", "internalError");
  private static final Set<String> CONTENT =
      Set.of(
          "fileNotDownloadable",
          "cannotDownloadFile",
          "cannotDownloadAbusiveFile",
          "downloadQuotaExceeded");
  private static final Set<String> ACCOUNT =
      Set.of("accessNotConfigured", "insufficientPermissions", "authError");
  private static final Set<String> OURS =
      Set.of("supportsTeamDrivesRequired", "invalidAbuseAcknowledgment", "badRequest", "invalid");

  /** Google's day begins at midnight Pacific time (drive-api 8). */
  private static final ZoneId GOOGLES_DAY = ZoneId.of("America/Los_Angeles");

  private final Clock clock;

  DriveErrors(Clock clock) {
    this.clock = clock;
  }

  DriveProblem of(DriveMethod method, HttpResponse answer, byte[] body) {
    return of(method, answer.getStatusCode(), answer.getHeaders(), body);
  }

  DriveProblem of(DriveMethod method, int status, HttpHeaders headers, byte[] body) {
    var said = GoogleError.in(body);
    if (method == DriveMethod.WATCH && said.isOfChannels()) {
      return channelRefused(said);
    }
    return switch (status) {
      case 400 -> said.isAbout("pageToken") ? tokenRejected(said) : badRequest(status, said);
      case 401 -> refused(said.reason());
      case 403 -> forbidden(said, headers);
      case 404, 410 -> gone(method, status, said, headers);
      case 408, 429 ->
          said.has("dailyLimitExceeded") ? dayQuotaSpent(headers) : busy(status, said, headers);
      case 416 ->
          new DriveProblem.RangeNotSatisfiable(
              "The part of the file that was asked for lies outside it.", wholeSize(headers));
      default ->
          status >= 400 && status < 500 ? badRequest(status, said) : busy(status, said, headers);
    };
  }

  /**
   * Several reasons may be given. The day's quota beats the minute's, which would be retried in
   * vain; a rate limit beats a refusal, which it would make look final.
   */
  private DriveProblem forbidden(GoogleError said, HttpHeaders headers) {
    if (said.has("dailyLimitExceeded")) {
      return dayQuotaSpent(headers);
    }
    if (said.hasAny(RATE) || said.hasAny(SERVER) || said.status("RESOURCE_EXHAUSTED")) {
      return busy(403, said, headers);
    }
    if (said.has("pageTokenExpired")) {
      return tokenRejected(said);
    }
    if (said.hasAny(CONTENT)) {
      return new DriveProblem.ContentRefused(
          "Google Drive does not hand out the content of this file.", said.oneOf(CONTENT));
    }
    if (said.hasAny(ACCOUNT)) {
      return refused(said.oneOf(ACCOUNT));
    }
    return said.hasAny(OURS)
        ? badRequest(403, said)
        : new DriveProblem.AccessDenied(
            "Google Drive does not let the service account do this with the item.", said.reason());
  }

  /** A page that is not Drive's (a proxy's 404) does not make every gallery walk anew. */
  private DriveProblem gone(DriveMethod method, int status, GoogleError said, HttpHeaders headers) {
    var ofFeed = method == DriveMethod.CHANGES || method == DriveMethod.START_PAGE_TOKEN;
    if (ofFeed && !said.isDrives()) {
      return busy(status, said, headers);
    }
    if (method == DriveMethod.CHANGES && !said.isAbout("driveId")) {
      return tokenRejected(said);
    }
    return method == DriveMethod.LIST && status == 410
        ? tokenRejected(said)
        : new DriveProblem.NotFound(
            "Google Drive does not show this item: it is gone, or not shared with the service"
                + " account.",
            said.reason());
  }

  /** What came instead of an answer: a broken line, a refused sign-in, or an unreadable page. */
  DriveProblem of(Exception failure) {
    if (Thread.currentThread().isInterrupted()) {
      return new DriveProblem.Busy("The call to Google Drive was interrupted.", null, null);
    }
    if (failure.getCause() instanceof HttpResponseException signIn) {
      return signInFailed(signIn);
    }
    if (failure.getCause() instanceof GeneralSecurityException) {
      return refused(null);
    }
    if (failure instanceof RuntimeException) {
      return new DriveProblem.Busy("Google Drive's answer could not be read.", failure);
    }
    return new DriveProblem.Busy(
        isTimeout(failure) || isTimeout(failure.getCause())
            ? "Google Drive did not answer in time."
            : "The connection to Google Drive failed.",
        failure);
  }

  /** Also a wait for a free connection, which is no SocketTimeoutException. */
  private static boolean isTimeout(@Nullable Throwable failure) {
    return failure instanceof InterruptedIOException;
  }

  /** Only the token endpoint is asked in a way that throws on a status (Robot, drive-api 1). */
  private DriveProblem signInFailed(HttpResponseException answer) {
    var said = GoogleError.oauth(answer.getContent());
    var status = answer.getStatusCode();
    var transientFault = status == 408 || status == 429 || status < 400 || status >= 500;
    if (transientFault || said == null || said.equals("internal_failure")) {
      return new DriveProblem.Busy(
          "Signing in to Google failed for the moment.", said, retryAfter(answer.getHeaders()));
    }
    return refused(said);
  }

  private static DriveProblem refused(@Nullable String reason) {
    var why =
        switch (reason) {
          case "accessNotConfigured" -> "the Google Drive API is not enabled for its project";
          case "insufficientPermissions" -> "it may not read Drive";
          case "invalid_grant" -> "its key was deleted, or this machine's clock is wrong";
          case null, default -> "check that the account and its key still exist";
        };
    return new DriveProblem.CredentialsRefused(
        "Google refuses the service account: " + why + ".", reason);
  }

  /** Not worth a pause of the fleet, nor a doubt about the account (drive-api 6). */
  private static DriveProblem channelRefused(GoogleError said) {
    var why =
        switch (said.reason()) {
          case "push.webhookUrlUnauthorized" ->
              "its domain is not verified for the project of the service account";
          case "push.webhookUrlNotHttps" -> "it must be https with a valid certificate";
          case "subscriptionRateLimitExceeded" -> "too many channels are opened; it may later";
          case "channelIdNotUnique" -> "the answer to the first try got lost";
          case null, default -> "it gives no reason that we know";
        };
    return new DriveProblem.ChannelRefused(
        "Google does not send push messages to the public address: " + why + ".", said.reason());
  }

  private DriveProblem dayQuotaSpent(HttpHeaders headers) {
    var now = now(headers).atZone(GOOGLES_DAY);
    var midnight = now.toLocalDate().plusDays(1).atStartOfDay(GOOGLES_DAY);
    return new DriveProblem.DayQuotaSpent(
        "The quota of Google Drive calls for today is spent.",
        "dailyLimitExceeded",
        Duration.between(now, midnight));
  }

  private static DriveProblem tokenRejected(GoogleError said) {
    return new DriveProblem.TokenRejected(
        "Google Drive no longer takes the position that was read up to.", said.reason());
  }

  private static DriveProblem badRequest(int status, GoogleError said) {
    return new DriveProblem.BadRequest(
        "Google Drive does not understand the request (status " + status + ").", said.reason());
  }

  private DriveProblem busy(int status, GoogleError said, HttpHeaders headers) {
    var rate = status == 429 || said.hasAny(RATE) || said.status("RESOURCE_EXHAUSTED");
    return new DriveProblem.Busy(
        rate
            ? "Google Drive asks for a pause: too many calls."
            : "Google Drive is not available for the moment (status " + status + ").",
        said.reason(),
        retryAfter(headers),
        rate);
  }

  /** In seconds, or a date (RFC 9110 10.2.3). */
  private @Nullable Duration retryAfter(@Nullable HttpHeaders headers) {
    if (headers == null || headers.getRetryAfter() == null) {
      return null;
    }
    try {
      var text = headers.getRetryAfter().strip();
      var wait =
          text.matches("\\d{1,9}")
              ? Duration.ofSeconds(Long.parseLong(text))
              : Duration.between(now(headers), instant(text));
      return wait.isNegative() ? Duration.ZERO : wait;
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** Google's clock where the answer tells it: ours may be wrong by hours (RFC 9110 6.6.1). */
  private Instant now(HttpHeaders headers) {
    var date = headers.getDate();
    try {
      return date == null ? clock.instant() : instant(date);
    } catch (DateTimeException e) {
      return clock.instant();
    }
  }

  private static Instant instant(String date) {
    return ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
  }

  private static @Nullable Long wholeSize(HttpHeaders headers) {
    var range = headers.getContentRange();
    var size = range == null ? "" : range.substring(range.lastIndexOf('/') + 1);
    return size.matches("\\d{1,18}") ? Long.valueOf(size) : null;
  }
}
