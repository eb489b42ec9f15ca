package org.drivelens.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;
import static org.drivelens.emulator.OfficialClient.children;
import static org.drivelens.emulator.OfficialClient.names;
import static org.drivelens.emulator.OfficialClient.reason;
import static org.drivelens.emulator.OfficialClient.refusal;
import static org.drivelens.emulator.call.DriveMethod.CHANGES_LIST;
import static org.drivelens.emulator.call.DriveMethod.FILES_GET;
import static org.drivelens.emulator.call.DriveMethod.FILES_LIST;
import static org.drivelens.emulator.call.DriveMethod.MEDIA;
import static org.drivelens.emulator.call.DriveMethod.TOKEN;

import com.google.api.client.http.HttpResponseException;
import com.google.api.services.drive.model.FileList;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.drivelens.emulator.call.Call;
import org.drivelens.emulator.call.Match;
import org.drivelens.emulator.fault.Trouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultsTest extends EmulatorTest {

  private static final Duration SOON = Duration.ofSeconds(5);
  private static final Executor THREADS = command -> Thread.ofVirtual().start(command);

  private FileList list() throws IOException {
    return children(drive, folder).execute();
  }

  private static <T> CompletableFuture<T> meanwhile(Callable<T> call) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return call.call();
          } catch (Exception e) {
            throw new CompletionException(e);
          }
        },
        THREADS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          403 | userRateLimitExceeded       | usageLimits | User Rate Limit Exceeded
          403 | rateLimitExceeded           | usageLimits | Rate Limit Exceeded
          429 | rateLimitExceeded           | usageLimits | Rate Limit Exceeded
          403 | dailyLimitExceeded          | usageLimits | Daily Limit Exceeded
          403 | insufficientFilePermissions | global      | The user does not have sufficient permissions
          403 | domainPolicy                | global      | The domain administrators have disabled
          403 | appNotAuthorizedToFile      | global      | The user has not granted the app
          403 | accessNotConfigured         | usageLimits | Google Drive API has not been used in project
          403 | insufficientPermissions     | global      | Request had insufficient authentication scopes.
          403 | forbidden                   | global      | Method doesn't allow unregistered callers
          403 | teamDriveMembershipRequired | global      | The attempted action requires shared drive membership.
          403 | downloadQuotaExceeded       | global      | The download quota for this file has been exceeded.
          403 | cannotDownloadAbusiveFile   | global      | This file has been identified as malware or spam
          403 | pageTokenExpired            | global      | The specified page token has expired
          404 | notFound                    | global      | File not found
          500 | backendError                | global      | Backend Error
          """)
  void a_reason_comes_in_googles_envelope(int status, String reason, String domain, String says) {
    faults.fail(Match.on(FILES_LIST), Trouble.google(status, reason));

    var refusal = refusal(this::list);

    assertThat(refusal.getStatusCode()).isEqualTo(status);
    assertThat(reason(refusal)).isEqualTo(reason);
    assertThat(refusal.getDetails().getErrors().getFirst().getDomain()).isEqualTo(domain);
    assertThat(refusal.getDetails().getMessage()).contains(says);
  }

  @Test
  void a_fault_ends_after_its_number_of_times_and_retry_after_is_a_header() throws IOException {
    var fault =
        faults.fail(Match.on(FILES_LIST), Trouble.status(503).retryAfter(Duration.ofSeconds(7)), 2);

    var refusal = refusal(this::list);
    assertThat(refusal.getStatusCode()).isEqualTo(503);
    assertThat(refusal.getHeaders().getRetryAfter()).isEqualTo("7");
    assertThat(refusal(this::list).getStatusCode()).isEqualTo(503);
    assertThat(list().getFiles()).isEmpty();
    assertThat(fault.hits()).isEqualTo(2);
  }

  @Test
  void a_fault_can_be_about_one_folder_or_one_parameter_only() throws IOException {
    String other = library.createFolder(folder, "other");
    faults.fail(Match.on(FILES_LIST).about(other), Trouble.status(500));
    faults.fail(Match.on(FILES_LIST).with("pageSize", "7"), Trouble.status(429));

    assertThat(list().getFiles()).hasSize(1);
    assertThat(refusal(() -> children(drive, other).execute()).getStatusCode()).isEqualTo(500);
    assertThat(refusal(() -> children(drive, folder).setPageSize(7).execute()).getStatusCode())
        .isEqualTo(429);
    assertThat(drive.files().get(other).execute().getId()).isEqualTo(other);
  }

  @Test
  void a_cleared_fault_is_over() throws IOException {
    var fault = faults.fail(Match.any(), Trouble.status(500));
    assertThat(refusal(this::list).getStatusCode()).isEqualTo(500);
    fault.clear();

    assertThat(list().getFiles()).isEmpty();
  }

  @Test
  void an_html_page_has_no_error_details() {
    faults.fail(Match.on(FILES_LIST), Trouble.html(502));

    var failure = catchThrowable(this::list);

    assertThat(failure).isInstanceOf(HttpResponseException.class);
    assertThat(((HttpResponseException) failure).getStatusCode()).isEqualTo(502);
    assertThat(((HttpResponseException) failure).getContent()).startsWith("<!DOCTYPE html>");
  }

  @Test
  void a_truncated_answer_is_an_io_exception() {
    String id = library.addSyntheticImage(folder, "a.jpg");
    faults.fail(Match.on(FILES_LIST), Trouble.truncated());
    faults.fail(Match.on(MEDIA), Trouble.truncated());

    assertThatThrownBy(this::list).isInstanceOf(IOException.class);
    assertThatThrownBy(
            () -> {
              try (var in = drive.files().get(id).executeMediaAsInputStream()) {
                in.readAllBytes();
              }
            })
        .isInstanceOf(IOException.class);
  }

  @Test
  void half_a_json_document_is_no_document() {
    library.seedImages(folder, "IMG_", 5);
    faults.fail(Match.on(FILES_LIST), Trouble.malformedJson());

    assertThat(catchThrowable(this::list)).isNotNull();
    assertThat(emulator.calls().matching(Match.on(FILES_LIST)).getFirst().status()).isEqualTo(200);
  }

  @Test
  void a_burst_of_401_is_over_when_the_client_has_fetched_other_tokens() throws IOException {
    faults.fail(Match.on(FILES_LIST), Trouble.status(401), 3);

    assertThat(list().getFiles()).isEmpty();
    assertThat(emulator.calls().matching(Match.on(FILES_LIST)).stream().map(Call::status))
        .containsExactly(401, 401, 401, 200);
    assertThat(emulator.calls().count(TOKEN)).isGreaterThanOrEqualTo(3);
  }

  @Test
  void a_slow_body_comes_in_the_end_or_outlasts_the_clients_patience() throws Exception {
    library.seedImages(folder, "IMG_", 50);
    var slow = faults.fail(Match.on(FILES_LIST), Trouble.slow(Duration.ofMillis(400)));
    long start = System.nanoTime();
    assertThat(list().getFiles()).hasSize(50);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(300));
    slow.clear();

    faults.fail(Match.on(FILES_LIST), Trouble.slow(Duration.ofHours(1)));
    var waiting = meanwhile(this::list);
    assertThat(list(Duration.ofMillis(300))).isInstanceOf(java.net.SocketTimeoutException.class);
    assertThat(waiting).isNotDone();
    faults.clear();
    assertThat(waiting.get(5, TimeUnit.SECONDS).getFiles()).hasSize(50);
  }

  private Throwable list(Duration patience) {
    return catchThrowable(() -> {
      var request = children(drive, folder).buildHttpRequest();
      request.setReadTimeout((int) patience.toMillis());
      request.execute().parseAsString();
    });
  }

  @Test
  void some_calls_fail_by_chance_the_same_ones_for_the_same_seed() {
    faults.fail(Match.on(FILES_LIST), Trouble.status(503), Integer.MAX_VALUE, 40);
    List<List<Boolean>> rounds = new ArrayList<>();
    for (int round = 0; round < 2; round++) {
      faults.oddities().seed(3);
      var failed = new ArrayList<Boolean>();
      for (int call = 0; call < 12; call++) {
        failed.add(catchThrowable(this::list) != null);
      }
      rounds.add(failed);
    }

    assertThat(rounds.get(0)).contains(true, false).isEqualTo(rounds.get(1));
  }

  @Test
  void a_reset_connection_has_no_answer() {
    faults.fail(Match.on(FILES_LIST), Trouble.reset());

    assertThatThrownBy(this::list).isInstanceOf(IOException.class);
    assertThat(emulator.calls().matching(Match.on(FILES_LIST)).getFirst().status()).isZero();
  }

  @Test
  void a_hanging_call_ends_when_the_fault_is_cleared() throws Exception {
    var fault = faults.fail(Match.on(FILES_GET), Trouble.hang());
    var hanging = meanwhile(() -> drive.files().get(folder).execute());
    await().atMost(SOON).until(() -> fault.hits() == 1);
    assertThat(list().getFiles()).isEmpty();
    assertThat(hanging).isNotDone();

    faults.clear();

    // The JDK's client asks once more by itself when a connection ends without an answer.
    assertThat(hanging).succeedsWithin(SOON);
    assertThat(emulator.calls().matching(Match.on(FILES_GET)).stream().map(Call::status))
        .containsExactly(0, 200);
  }

  @Test
  void the_token_endpoint_can_refuse() {
    faults.fail(
        Match.on(TOKEN), Trouble.oauth(401, "unauthorized_client", "Client is unauthorized"));
    var client = OfficialClient.of(emulator);

    var failure = catchThrowable(() -> client.files().get(folder).execute());

    assertThat(failure)
        .isInstanceOf(IOException.class)
        .cause()
        .isInstanceOfSatisfying(
            HttpResponseException.class, cause -> assertThat(cause.getStatusCode()).isEqualTo(401));
  }

  @Test
  void latency_is_per_method() throws IOException {
    faults.latency(FILES_GET, Duration.ofMillis(300));

    long start = System.nanoTime();
    drive.files().get(folder).execute();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(299));
    assertThat(faults.list()).containsExactly("PT0.3S on files.get");
    faults.latency(FILES_GET, Duration.ZERO);
  }

  @Test
  void a_held_call_sees_what_happens_before_its_release() throws Exception {
    var hold = faults.hold(Match.on(FILES_LIST).about(folder));
    var listing = meanwhile(this::list);
    var call = hold.awaitArrived(SOON);
    library.addSyntheticImage(folder, "in between.jpg");
    assertThat(listing).isNotDone();

    hold.release();

    assertThat(names(listing.get(5, TimeUnit.SECONDS).getFiles()))
        .containsExactly("in between.jpg");
    assertThat(call.ids()).containsExactly(folder);
    assertThat(list().getFiles()).hasSize(1);
  }

  @Test
  void a_held_answer_is_out_of_date_when_it_arrives() throws Exception {
    var hold = faults.holdAnswer(Match.on(FILES_LIST));
    var listing = meanwhile(this::list);
    hold.awaitArrived(SOON);
    library.addSyntheticImage(folder, "too late.jpg");

    hold.release();

    assertThat(listing.get(5, TimeUnit.SECONDS).getFiles()).isEmpty();
  }

  @Test
  void a_hold_can_choose_the_second_page_and_wait_for_several_calls() throws Exception {
    library.seedImages(folder, "IMG_", 4);
    String token = children(drive, folder).setPageSize(3).execute().getNextPageToken();
    var hold = faults.hold(Match.on(FILES_LIST).with("pageToken", null));
    assertThat(list().getFiles()).hasSize(4);
    Callable<FileList> second =
        () -> children(drive, folder).setPageSize(3).setPageToken(token).execute();

    var one = meanwhile(second);
    var other = meanwhile(second);

    assertThat(hold.awaitArrived(2, SOON)).hasSize(2);
    hold.release();
    assertThat(one.get(5, TimeUnit.SECONDS).getFiles()).hasSize(1);
    assertThat(other.get(5, TimeUnit.SECONDS).getFiles()).hasSize(1);
  }

  @Test
  void waiting_for_a_call_that_never_comes_says_which() {
    var hold = faults.hold(Match.on(CHANGES_LIST).about("x"));

    assertThatThrownBy(() -> hold.awaitArrived(Duration.ofMillis(20)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("0 of 1 calls arrived")
        .hasMessageContaining("changes.list about x");
  }

  @Test
  void calls_are_counted_with_their_price() throws IOException {
    list();
    drive.files().get(folder).execute();
    drive.changes().getStartPageToken().execute();

    assertThat(emulator.calls().count(FILES_LIST)).isEqualTo(1);
    assertThat(emulator.calls().count(Match.on(FILES_GET).about(folder))).isEqualTo(1);
    assertThat(emulator.calls().units()).isEqualTo(100 + 5 + 5);
    assertThat(emulator.calls().all().getFirst().parameters()).containsKey("q");
  }

  @Test
  void closing_the_emulator_lets_go_whoever_waits() {
    var other = DriveEmulator.start();
    var client = OfficialClient.of(other);
    var hold = other.faults().hold(Match.on(FILES_GET));
    var waiting = meanwhile(() -> client.files().get("root").execute());
    hold.awaitArrived(SOON);

    other.close();

    assertThat(waiting.handle((answer, failure) -> answer != null || failure != null))
        .succeedsWithin(SOON);
  }
}
