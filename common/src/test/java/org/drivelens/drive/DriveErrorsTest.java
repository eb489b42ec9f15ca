package org.drivelens.drive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.client.http.HttpHeaders;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.stream.Collectors;
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
import org.junit.jupiter.params.provider.CsvSource;

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
