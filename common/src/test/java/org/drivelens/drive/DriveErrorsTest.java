package org.drivelens.drive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.google.api.client.http.HttpHeaders;
import com.google.api.client.http.HttpResponseException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.security.InvalidKeyException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.drivelens.drive.DriveProblem.AccessDenied;
import org.drivelens.drive.DriveProblem.BadRequest;
import org.drivelens.drive.DriveProblem.Busy;
import org.drivelens.drive.DriveProblem.ContentRefused;
import org.drivelens.drive.DriveProblem.CredentialsRefused;
import org.drivelens.drive.DriveProblem.DayQuotaSpent;
import org.drivelens.drive.DriveProblem.NotFound;
import org.drivelens.drive.DriveProblem.RangeNotSatisfiable;
import org.drivelens.drive.DriveProblem.TokenRejected;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class DriveErrorsTest {

  private static final String HTML = "<html><title>Error</title></html>";

  private final DriveErrors errors =
      new DriveErrors(Clock.fixed(Instant.parse("2026-11-23T12:00:00Z"), ZoneOffset.UTC));

  @ParameterizedTest
  @CsvSource({
    "403,rateLimitExceeded,Busy",
    "403,userRateLimitExceeded,Busy",
    "429,rateLimitExceeded,Busy",
    "403,backendError,Busy",
    "500,backendError,Busy",
    "503,,Busy",
    "408,,Busy",
    "302,,Busy",
    "403,dailyLimitExceeded,DayQuotaSpent",
    "429,dailyLimitExceeded,DayQuotaSpent",
    "403,insufficientFilePermissions,AccessDenied",
    "403,appNotAuthorizedToFile,AccessDenied",
    "403,domainPolicy,AccessDenied",
    "403,forbidden,AccessDenied",
    "403,teamDriveMembershipRequired,AccessDenied",
    "403,somethingNew,AccessDenied",
    "403,fileNotDownloadable,ContentRefused",
    "403,cannotDownloadAbusiveFile,ContentRefused",
    "403,downloadQuotaExceeded,ContentRefused",
    "401,authError,CredentialsRefused",
    "403,accessNotConfigured,CredentialsRefused",
    "403,insufficientPermissions,CredentialsRefused",
    "403,supportsTeamDrivesRequired,BadRequest",
    "400,invalidParameter,BadRequest",
    "409,conflict,BadRequest",
    "404,notFound,NotFound",
    "410,,NotFound"
  })
  void each_answer_is_one_kind_of_problem(int status, String reason, String kind) {
    var problem = of(DriveMethod.GET, status, google(reason));
    assertThat(problem.getClass().getSimpleName()).isEqualTo(kind);
    assertThat(problem.reason()).isEqualTo(reason);
    assertThat(problem.getMessage()).endsWith(".").doesNotContain("null");
  }

  @Test
  void every_reason_is_looked_at_not_only_the_first() {
    assertThat(of(DriveMethod.GET, 403, google("somethingNew", "userRateLimitExceeded")))
        .isInstanceOf(Busy.class);
    assertThat(of(DriveMethod.GET, 403, google("rateLimitExceeded", "dailyLimitExceeded")))
        .isInstanceOf(DayQuotaSpent.class);
    assertThat(of(DriveMethod.GET, 403, google("insufficientFilePermissions", "rateLimitExceeded")))
        .isInstanceOf(Busy.class);
    assertThat(of(DriveMethod.DOWNLOAD, 403, google("forbidden", "downloadQuotaExceeded")))
        .isInstanceOf(ContentRefused.class);
  }

  @Test
  void a_spent_quota_may_be_told_by_status_alone() {
    assertThat(
            of(
                DriveMethod.GET,
                403,
                "{\"error\":{\"code\":403,\"status\":\"RESOURCE_EXHAUSTED\"}}"))
        .isInstanceOf(Busy.class);
  }

  @Test
  void a_403_that_is_not_drives_is_not_tried_again() {
    assertThat(of(DriveMethod.GET, 403, HTML)).isInstanceOf(AccessDenied.class);
  }

  @Test
  void a_page_token_is_rejected_in_five_ways() {
    var invalid =
        "{\"error\":{\"code\":400,\"message\":\"Invalid Value\",\"errors\":[{\"message\":\"Invalid"
            + " Value\",\"domain\":\"global\",\"reason\":\"invalid\",\"location\":\"pageToken\","
            + "\"locationType\":\"parameter\"}]}}";
    assertThat(of(DriveMethod.CHANGES, 400, invalid)).isInstanceOf(TokenRejected.class);
    assertThat(of(DriveMethod.LIST, 400, invalid)).isInstanceOf(TokenRejected.class);
    assertThat(of(DriveMethod.CHANGES, 403, google("pageTokenExpired")))
        .isInstanceOf(TokenRejected.class);
    assertThat(of(DriveMethod.CHANGES, 404, google("notFound"))).isInstanceOf(TokenRejected.class);
    assertThat(of(DriveMethod.CHANGES, 410, google("gone"))).isInstanceOf(TokenRejected.class);
    assertThat(of(DriveMethod.LIST, 410, google("gone"))).isInstanceOf(TokenRejected.class);
  }

  @Test
  void a_proxys_404_does_not_void_the_position() {
    assertThat(of(DriveMethod.CHANGES, 404, HTML)).isInstanceOf(Busy.class);
    assertThat(of(DriveMethod.LIST, 404, HTML)).isInstanceOf(NotFound.class);
    assertThat(of(DriveMethod.CHANGES, 400, google("invalid"))).isInstanceOf(BadRequest.class);
  }

  @Test
  void a_range_outside_the_file_tells_the_files_size() {
    var headers = new HttpHeaders().setContentRange("bytes */1234");
    assertThat(errors.of(DriveMethod.DOWNLOAD, 416, headers, new byte[0]))
        .isInstanceOfSatisfying(
            RangeNotSatisfiable.class, range -> assertThat(range.size()).isEqualTo(1234));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      delimiter = '|',
      value = {
        "7|7",
        "0|0",
        "Mon, 23 Nov 2026 12:01:30 GMT|90",
        "Mon, 23 Nov 2026 11:00:00 GMT|0",
        "soon|-",
        "-5|-"
      })
  void retry_after_is_seconds_or_a_date(String header, Long seconds) {
    var headers = new HttpHeaders().setRetryAfter(header);
    assertThat(errors.of(DriveMethod.GET, 429, headers, new byte[0]))
        .isInstanceOfSatisfying(
            Busy.class,
            busy ->
                assertThat(busy.retryAfter())
                    .isEqualTo(seconds == null ? null : Duration.ofSeconds(seconds)));
  }

  @Test
  void a_date_is_measured_by_googles_clock_not_by_ours() {
    var headers = new HttpHeaders().setRetryAfter("Mon, 23 Nov 2026 13:01:30 GMT");
    headers.setDate("Mon, 23 Nov 2026 13:00:00 GMT");
    assertThat(errors.of(DriveMethod.GET, 503, headers, new byte[0]))
        .isInstanceOfSatisfying(
            Busy.class, busy -> assertThat(busy.retryAfter()).isEqualTo(Duration.ofSeconds(90)));
    headers.setDate("today");
    assertThat(errors.of(DriveMethod.GET, 503, headers, new byte[0]))
        .isInstanceOfSatisfying(
            Busy.class, busy -> assertThat(busy.retryAfter()).isEqualTo(Duration.ofSeconds(3690)));
  }

  @Test
  void the_quota_of_the_day_comes_back_at_midnight_pacific_time() {
    assertThat(of(DriveMethod.GET, 403, google("dailyLimitExceeded")))
        .isInstanceOfSatisfying(
            DayQuotaSpent.class,
            spent -> assertThat(spent.retryAfter()).isEqualTo(Duration.ofHours(20)));
  }

  @Test
  void no_message_repeats_what_google_wrote() {
    var chatty = google("forbidden").replace("said", "ya29.secret https://host/?key=secret");
    for (var status : new int[] {302, 400, 401, 403, 404, 416, 429, 500}) {
      var problem = of(DriveMethod.GET, status, chatty);
      assertThat(problem.getMessage()).doesNotContain("secret", "http");
      assertThat(problem.getCause()).isNull();
    }
  }

  @Test
  void credentials_are_refused_with_what_to_do() {
    assertThat(of(DriveMethod.GET, 403, google("accessNotConfigured")))
        .isInstanceOf(CredentialsRefused.class)
        .hasMessage(
            "Google refuses the service account: the Google Drive API is not enabled for its"
                + " project.");
  }

  static Stream<Arguments> failures() {
    var silence = new SocketTimeoutException("read timed out");
    return Stream.of(
        arguments(silence, "Google Drive did not answer in time."),
        arguments(new IOException("pool", silence), "Google Drive did not answer in time."),
        arguments(new IOException("reset"), "The connection to Google Drive failed."),
        arguments(
            new IOException("tls", new IOException("reset")),
            "The connection to Google Drive failed."),
        arguments(
            new IllegalStateException("no JSON"), "Google Drive's answer could not be read."));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void what_comes_instead_of_an_answer_may_pass(Exception failure, String message) {
    assertThat(errors.of(failure)).isInstanceOf(Busy.class).hasMessage(message);
  }

  @Test
  void a_call_that_is_interrupted_says_so_whatever_broke() {
    Thread.currentThread().interrupt();
    var problem = errors.of(new IOException("closed"));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(problem)
        .isInstanceOf(Busy.class)
        .hasMessage("The call to Google Drive was interrupted.");
  }

  @Test
  void a_key_that_signs_nothing_is_refused_credentials() {
    assertThat(errors.of(new IOException(new InvalidKeyException("not RSA"))))
        .isInstanceOf(CredentialsRefused.class);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "400,invalid_grant,CredentialsRefused",
        "401,invalid_client,CredentialsRefused",
        "400,internal_failure,Busy",
        "400,-,Busy",
        "408,invalid_grant,Busy",
        "429,rate_limited,Busy",
        "302,moved,Busy",
        "399,odd,Busy",
        "499,odd,CredentialsRefused",
        "500,invalid_grant,Busy",
        "503,-,Busy"
      })
  void a_sign_in_is_refused_only_if_google_says_why(int status, String error, String kind) {
    var answer = new HttpResponseException.Builder(status, "said", new HttpHeaders());
    answer.setContent(error == null ? "<html>" : "{\"error\":\"" + error + "\"}");
    var problem = errors.of(new IOException(answer.build()));
    assertThat(problem.getClass().getSimpleName()).isEqualTo(kind);
    assertThat(problem.reason()).isEqualTo(error);
  }

  @Test
  void a_sign_in_that_fails_for_the_moment_says_how_long() {
    var headers = new HttpHeaders().setRetryAfter("7");
    var answer = new HttpResponseException.Builder(503, "said", headers).build();
    assertThat(errors.of(new IOException(answer)))
        .isInstanceOfSatisfying(
            Busy.class, busy -> assertThat(busy.retryAfter()).isEqualTo(Duration.ofSeconds(7)));
  }

  @ParameterizedTest
  @CsvSource({
    "WATCH,401,push.webhookUrlUnauthorized,ChannelRefused",
    "WATCH,400,channelIdNotUnique,ChannelRefused",
    "WATCH,404,notFound,NotFound",
    "WATCH,503,backendError,Busy",
    "LIST,401,push.webhookUrlUnauthorized,CredentialsRefused"
  })
  void what_is_said_of_a_channel_is_no_doubt_about_the_account(
      DriveMethod method, int status, String reason, String kind) {
    assertThat(of(method, status, google(reason)).getClass().getSimpleName()).isEqualTo(kind);
  }

  @Test
  void only_a_rate_limit_slows_the_fleet_down() {
    for (var limit :
        List.of(
            of(DriveMethod.GET, 429, HTML),
            of(DriveMethod.GET, 403, google("userRateLimitExceeded")),
            of(DriveMethod.GET, 503, "{\"error\":{\"status\":\"RESOURCE_EXHAUSTED\"}}"))) {
      assertThat(limit)
          .isInstanceOfSatisfying(Busy.class, busy -> assertThat(busy.isRateLimit()).isTrue())
          .hasMessageContaining("too many calls");
    }
    assertThat(of(DriveMethod.GET, 503, google("backendError")))
        .isInstanceOfSatisfying(Busy.class, busy -> assertThat(busy.isRateLimit()).isFalse())
        .hasMessageContaining("503");
  }

  private DriveProblem of(DriveMethod method, int status, String body) {
    return errors.of(method, status, new HttpHeaders(), body.getBytes(UTF_8));
  }

  private static String google(String... reasons) {
    return Arrays.stream(reasons)
        .filter(reason -> reason != null)
        .map("{\"message\":\"said\",\"domain\":\"global\",\"reason\":\"%s\"}"::formatted)
        .collect(
            Collectors.joining(
                ",", "{\"error\":{\"code\":1,\"message\":\"said\",\"errors\":[", "]}}"));
  }
}
