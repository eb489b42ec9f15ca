package org.drivelens.drive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.drivelens.drive.DriveProblem.AccessDenied;
import org.drivelens.drive.DriveProblem.BadRequest;
import org.drivelens.drive.DriveProblem.Busy;
import org.drivelens.drive.DriveProblem.ContentRefused;
import org.drivelens.drive.DriveProblem.CredentialsRefused;
import org.drivelens.drive.DriveProblem.DayQuotaSpent;
import org.drivelens.drive.DriveProblem.NotFound;
import org.drivelens.drive.DriveProblem.TokenRejected;
import org.drivelens.emulator.DriveEmulator;
import org.drivelens.emulator.call.DriveMethod;
import org.drivelens.emulator.call.Match;
import org.drivelens.emulator.fault.Fault;
import org.drivelens.emulator.fault.Trouble;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Every way in which Drive fails, seen through the real client. */
class DriveTroubleTest {

  private static final DriveEmulator emulator = Drives.EMULATOR;
  private static final GoogleDrive drive = Drives.connect();
  private static final JdbcClient quota = JdbcClient.create(QuotaDatabase.shared());

  private String folder;
  private String image;

  @BeforeEach
  void share() {
    folder = emulator.library().createFolder(null, "Wedding");
    emulator.library().share(folder);
    image = emulator.library().addSyntheticImage(folder, "a.jpg");
  }

  @AfterEach
  void forget() {
    emulator.faults().clear();
    emulator.calls().clear();
    quota.sql("delete from drive_quota where credential = ?").param(drive.robot()).update();
  }

  @AfterAll
  static void end() {
    drive.close();
  }

  static Stream<Arguments> whatPasses() {
    return Stream.of(
            Trouble.google(403, "userRateLimitExceeded"),
            Trouble.google(403, "rateLimitExceeded"),
            Trouble.google(429, "rateLimitExceeded"),
            Trouble.google(500, "internalError"),
            Trouble.google(503, "backendError"),
            Trouble.html(500),
            Trouble.html(502),
            Trouble.html(200),
            Trouble.truncated(),
            Trouble.malformedJson(),
            Trouble.reset())
        .map(trouble -> arguments(named(trouble.toString(), trouble)));
  }

  @ParameterizedTest
  @MethodSource("whatPasses")
  void what_may_pass_is_tried_again(Trouble trouble) {
    emulator.faults().fail(Match.on(DriveMethod.FILES_LIST), trouble, 2);
    assertThat(drive.list(List.of(new FolderRef(folder)), null).files()).hasSize(1);
    assertThat(emulator.calls().count(DriveMethod.FILES_LIST)).isEqualTo(3);
  }

  @ParameterizedTest
  @MethodSource("whatPasses")
  void what_does_not_pass_is_given_up_as_busy(Trouble trouble) {
    var fault = emulator.faults().fail(Match.on(DriveMethod.FILES_GET), trouble);
    var tally = new DriveCalls();
    assertThatThrownBy(() -> drive.counting(tally).get(image, null)).isInstanceOf(Busy.class);
    assertThat(fault.hits()).isEqualTo(5);
    assertThat(tally.total().calls()).as("each try costs quota").isEqualTo(5);
  }

  static Stream<Arguments> whatStays() {
    return Stream.of(
        arguments(403, "dailyLimitExceeded", DayQuotaSpent.class),
        arguments(403, "insufficientFilePermissions", AccessDenied.class),
        arguments(403, "appNotAuthorizedToFile", AccessDenied.class),
        arguments(403, "domainPolicy", AccessDenied.class),
        arguments(403, "teamDriveMembershipRequired", AccessDenied.class),
        arguments(403, "forbidden", AccessDenied.class),
        arguments(403, "accessNotConfigured", CredentialsRefused.class),
        arguments(403, "insufficientPermissions", CredentialsRefused.class),
        arguments(403, "fileNotDownloadable", ContentRefused.class),
        arguments(403, "cannotDownloadAbusiveFile", ContentRefused.class),
        arguments(403, "downloadQuotaExceeded", ContentRefused.class),
        arguments(404, "notFound", NotFound.class),
        arguments(400, "badRequest", BadRequest.class));
  }

  @ParameterizedTest
  @MethodSource("whatStays")
  void what_stays_is_told_at_once(int status, String reason, Class<DriveProblem> kind) {
    var fault = fail(DriveMethod.MEDIA, Trouble.google(status, reason));
    var problem = catchThrowableOfType(DriveProblem.class, () -> drive.media(image, null, null));
    assertThat(problem).isExactlyInstanceOf(kind);
    assertThat(problem.reason()).isEqualTo(reason);
    assertThat(fault.hits()).isEqualTo(1);
  }

  @Test
  void an_item_that_is_gone_or_not_shared_is_not_found() {
    var hidden = emulator.library().createFolder(null, "private");
    emulator.library().delete(image);
    assertThatThrownBy(() -> drive.get(image, null)).isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> drive.get(hidden, null)).isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> drive.get("1nowhere", null)).isInstanceOf(NotFound.class);
  }

  @ParameterizedTest
  @MethodSource("rejections")
  void a_position_that_drive_does_not_take_is_told_apart(Trouble trouble) {
    fail(DriveMethod.CHANGES_LIST, trouble);
    assertThatThrownBy(() -> drive.changes("1", null)).isInstanceOf(TokenRejected.class);
    assertThat(emulator.calls().count(DriveMethod.CHANGES_LIST)).isEqualTo(1);
  }

  static Stream<Trouble> rejections() {
    return Stream.of(
        Trouble.google(400, "invalid"),
        Trouble.google(403, "pageTokenExpired"),
        Trouble.google(404, "notFound"),
        Trouble.google(410, "gone"));
  }

  @Test
  void a_token_of_nonsense_is_rejected() {
    assertThatThrownBy(() -> drive.changes("nonsense", null)).isInstanceOf(TokenRejected.class);
    assertThatThrownBy(() -> drive.list(List.of(new FolderRef(folder)), "nonsense"))
        .isInstanceOf(TokenRejected.class);
  }

  @Test
  void a_call_without_an_answer_ends_and_is_tried_again_while_there_is_time() {
    var fault = emulator.faults().fail(Match.on(DriveMethod.FILES_GET), Trouble.hang(), 1);
    assertThat(drive.get(image, null).id()).isEqualTo(image);
    assertThat(fault.hits()).isEqualTo(1);
  }

  @Test
  void a_wait_that_google_asks_for_is_kept() {
    emulator
        .faults()
        .fail(
            Match.on(DriveMethod.FILES_GET),
            Trouble.google(429, "rateLimitExceeded").retryAfter(Duration.ofSeconds(1)),
            1);
    var start = System.nanoTime();
    drive.get(image, null);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(1));
  }

  @Test
  void a_wait_longer_than_the_time_left_is_handed_to_the_caller() {
    var fault =
        fail(
            DriveMethod.FILES_GET,
            Trouble.google(403, "userRateLimitExceeded").retryAfter(Duration.ofMinutes(2)));
    assertThatThrownBy(() -> drive.get(image, null))
        .isInstanceOfSatisfying(
            Busy.class, busy -> assertThat(busy.retryAfter()).isEqualTo(Duration.ofMinutes(2)));
    assertThat(fault.hits()).isEqualTo(1);
  }

  static Stream<Trouble> tooManyCalls() {
    return Stream.of(
        Trouble.google(403, "userRateLimitExceeded"),
        Trouble.google(403, "rateLimitExceeded"),
        Trouble.google(429, "rateLimitExceeded"),
        Trouble.html(429));
  }

  @ParameterizedTest
  @MethodSource("tooManyCalls")
  void the_fleet_slows_down_when_drive_says_that_it_calls_too_often(Trouble trouble) {
    emulator.faults().fail(Match.on(DriveMethod.FILES_GET), trouble, 2);
    drive.get(image, null);
    assertThat(rate()).as("cut once, however many calls are refused").isEqualTo(0.7);
  }

  @Test
  void other_trouble_does_not_slow_the_fleet_down() {
    emulator.faults().fail(Match.on(DriveMethod.FILES_GET), Trouble.google(503, "backendError"), 2);
    drive.get(image, null);
    fail(DriveMethod.FILES_GET, Trouble.google(403, "insufficientFilePermissions"));
    assertThatThrownBy(() -> drive.get(image, null)).isInstanceOf(AccessDenied.class);
    fail(DriveMethod.THUMBNAIL, Trouble.html(429));
    assertThatThrownBy(() -> drive.thumbnail(image, null, 240)).isInstanceOf(DriveProblem.class);
    assertThat(rate()).isEqualTo(1);
  }

  @Test
  void a_wait_that_google_asks_one_for_is_kept_by_all() {
    var pause = Trouble.google(429, "rateLimitExceeded").retryAfter(Duration.ofMinutes(2));
    emulator.faults().fail(Match.on(DriveMethod.FILES_GET), pause, 1);
    assertThatThrownBy(() -> drive.get(image, null)).isInstanceOf(Busy.class);
    try (var another = Drives.connect()) {
      assertThatThrownBy(() -> another.list(List.of(new FolderRef(folder)), null))
          .isInstanceOfSatisfying(
              Busy.class,
              busy -> assertThat(busy.retryAfter()).isGreaterThan(Duration.ofMinutes(1)));
    }
    assertThat(emulator.calls().count(DriveMethod.FILES_LIST)).isZero();
  }

  private static double rate() {
    return quota
        .sql("select share from drive_quota where credential = ?")
        .param(drive.robot())
        .query(Double.class)
        .single();
  }

  @Test
  void a_caller_that_is_interrupted_does_not_wait_on() throws InterruptedException {
    fail(
        DriveMethod.FILES_GET,
        Trouble.google(503, "backendError").retryAfter(Duration.ofSeconds(2)));
    assertInterruptible();
  }

  @Test
  void a_caller_that_is_interrupted_in_mid_call_does_not_try_again() throws InterruptedException {
    fail(DriveMethod.FILES_GET, Trouble.hang());
    assertInterruptible();
    assertThat(emulator.calls().count(DriveMethod.FILES_GET)).isEqualTo(1);
  }

  private void assertInterruptible() throws InterruptedException {
    var ended = new AtomicReference<Object>();
    var flag = new AtomicReference<Boolean>();
    var caller =
        Thread.ofVirtual()
            .start(() -> {
              try {
                ended.set(drive.get(image, null));
              } catch (DriveProblem e) {
                ended.set(e);
              }
              flag.set(Thread.currentThread().isInterrupted());
            });
    await().until(() -> emulator.calls().count(DriveMethod.FILES_GET) == 1);
    caller.interrupt();
    assertThat(caller.join(Duration.ofMillis(500))).isTrue();
    assertThat(ended.get()).isInstanceOf(Busy.class);
    assertThat(flag.get()).as("the flag is kept for the caller").isTrue();
  }

  @Test
  void bearers_that_are_refused_again_and_again_are_not_asked_for_without_end() {
    drive.get(image, null);
    emulator.calls().clear();
    fail(DriveMethod.FILES_GET, Trouble.google(401, "authError"));
    assertThatThrownBy(() -> drive.get(image, null)).isInstanceOf(CredentialsRefused.class);
    assertThat(emulator.calls().count(DriveMethod.FILES_GET)).isEqualTo(2);
    assertThat(emulator.calls().count(DriveMethod.TOKEN)).isEqualTo(1);
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        arguments(400, "invalid_grant"),
        arguments(401, "unauthorized_client"),
        arguments(401, "access_denied"),
        arguments(401, "invalid_client"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void a_refused_sign_in_is_told_at_once(int status, String error) {
    var fault = fail(DriveMethod.TOKEN, Trouble.oauth(status, error, "Invalid JWT Signature."));
    try (var fresh = Drives.connect()) {
      assertThatThrownBy(() -> fresh.get(image, null))
          .isInstanceOfSatisfying(
              CredentialsRefused.class, refused -> assertThat(refused.reason()).isEqualTo(error));
    }
    assertThat(fault.hits()).isEqualTo(1);
  }

  static Stream<Trouble> signInFaults() {
    return Stream.of(
        Trouble.oauth(500, "internal_failure", "Backend Error"),
        Trouble.oauth(401, "internal_failure", "Backend Error"),
        Trouble.oauth(429, "rate_limited", "Slow down"),
        Trouble.html(503),
        Trouble.truncated(),
        Trouble.malformedJson(),
        Trouble.reset());
  }

  @ParameterizedTest
  @MethodSource("signInFaults")
  void a_sign_in_that_fails_for_the_moment_is_busy_and_tried_again_here_only(Trouble trouble) {
    var fault = emulator.faults().fail(Match.on(DriveMethod.TOKEN), trouble);
    try (var fresh = Drives.connect()) {
      assertThatThrownBy(() -> fresh.get(image, null)).isInstanceOf(Busy.class);
      assertThat(fault.hits()).isEqualTo(5);
      fault.clear();
      assertThat(fresh.get(image, null).id()).isEqualTo(image);
    }
  }

  @Test
  void a_silent_token_endpoint_is_given_up_like_any_other() {
    var fault = emulator.faults().fail(Match.on(DriveMethod.TOKEN), Trouble.hang(), 1);
    var start = System.nanoTime();
    try (var fresh = Drives.connect()) {
      assertThat(fresh.get(image, null).id()).isEqualTo(image);
    }
    assertThat(fault.hits()).isEqualTo(1);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void a_void_token_whose_replacement_fails_is_not_taken_for_a_refusal() {
    drive.get(image, null);
    emulator.tokens().revokeAll();
    fail(DriveMethod.TOKEN, Trouble.html(503));
    assertThatThrownBy(() -> drive.get(image, null)).isInstanceOf(Busy.class);
  }

  @Test
  void a_thumbnail_that_is_not_handed_out_is_none() {
    fail(DriveMethod.THUMBNAIL, Trouble.google(403, "forbidden"));
    assertThat(drive.thumbnail(image, null, 200)).isEmpty();
  }

  @Test
  void a_drive_that_is_not_there_is_busy() {
    var nobody = URI.create("http://127.0.0.1:1/");
    try (var lost = Drives.connect(nobody, emulator.serviceAccountFile(), Drives.HASTY)) {
      assertThatThrownBy(() -> lost.get(image, null))
          .isInstanceOf(Busy.class)
          .hasMessage("The connection to Google Drive failed.");
    }
  }

  @Test
  void a_key_file_that_is_no_use_is_told_by_every_call_until_it_is(@TempDir Path directory)
      throws Exception {
    var key = directory.resolve("key.json");
    var root = URI.create(emulator.rootUrl());
    try (var keyless = Drives.connect(root, key, Drives.HASTY)) {
      assertThatThrownBy(keyless::robot)
          .isInstanceOf(CredentialsRefused.class)
          .hasMessageContaining("does not exist");
      for (var content :
          List.of(
              "",
              "secret",
              "{}",
              "{\"type\":\"authorized_user\",\"secret\":\"secret\"}",
              "{\"type\":\"service_account\",\"client_id\":\"1\",\"client_email\":\"a@b\","
                  + "\"private_key_id\":\"1\",\"private_key\":\"secret\"}")) {
        Files.writeString(key, content);
        assertThatThrownBy(() -> keyless.get(image, null))
            .isInstanceOf(CredentialsRefused.class)
            .hasMessageNotContaining("secret")
            .hasNoCause();
      }
      Files.copy(emulator.serviceAccountFile(), key, StandardCopyOption.REPLACE_EXISTING);
      assertThat(keyless.get(image, null).id()).isEqualTo(image);
    }
  }

  private Fault fail(DriveMethod method, Trouble trouble) {
    return emulator.faults().fail(Match.on(method), trouble);
  }
}
