package org.drivelens.drive;

import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** One call to Drive from start to end: its quota, its tries, and the translation of failures. */
final class Exchange {

  /** Far above any page of ours; what is longer is cut, and then no JSON any more. */
  private static final int LONGEST_ANSWER = 32 << 20;

  private static final int LONGEST_ERROR = 64 << 10;

  /** All calls of this process, whoever they were for. */
  final DriveCalls all = new DriveCalls();

  private final DriveErrors errors;
  private final DriveProperties.Retry retry;
  private final Quota quota;

  Exchange(DriveProperties properties, Quota quota) {
    this.errors = new DriveErrors(Clock.offset(Clock.systemUTC(), properties.clockShift()));
    this.retry = properties.retry();
    this.quota = quota;
  }

  /** For whom a call is made, and where it is counted. */
  record Caller(Priority priority, DriveCalls tally) {}

  /** Builds the request anew for each try: requests are not reusable. */
  interface Call {
    HttpRequest request() throws IOException;
  }

  interface Reader<T> {
    T read(HttpResponse answer) throws IOException;
  }

  /** Asks for JSON; one that is cut short, or says less than it must, is a busy Drive. */
  <T> T json(Caller caller, DriveMethod method, Call call, DriveAnswers.Shape<T> shape) {
    return run(caller, method, call, answer -> shape.of(body(answer, LONGEST_ANSWER)));
  }

  /** Asks for bytes, which are handed on while they come; only the opening is tried again. */
  Media media(Caller caller, DriveMethod method, Call call) {
    return run(
        caller,
        method,
        () -> {
          var request = call.request();
          request.setResponseReturnRawInputStream(true);
          // Otherwise the length would be that of the gzip, and ranges would not fit.
          request.getHeaders().setAcceptEncoding("identity");
          return request;
        },
        DriveAnswers::media);
  }

  private <T> T run(Caller caller, DriveMethod method, Call call, Reader<T> reader) {
    draw(caller, method);
    var start = System.nanoTime();
    for (var attempt = 1; ; attempt++) {
      try {
        return once(method, call, reader);
      } catch (DriveProblem.Busy busy) {
        slowDown(busy, method);
        pause(busy, attempt, Duration.ofNanos(System.nanoTime() - start));
        draw(caller, method);
      }
    }
  }

  /** The servers of thumbnails have a limit of their own. */
  private void slowDown(DriveProblem.Busy busy, DriveMethod method) {
    if (busy.isRateLimit() && method != DriveMethod.THUMBNAIL) {
      quota.limited(busy.retryAfter());
    }
  }

  private <T> T once(DriveMethod method, Call call, Reader<T> reader) {
    try {
      var request = call.request();
      request.setThrowExceptionOnExecuteError(false);
      // The one retry is the refresh of a refused token (drive-api 10: up to ten otherwise).
      request.setNumberOfRetries(method == DriveMethod.THUMBNAIL ? 0 : 1);
      request.setFollowRedirects(false);
      request.setLoggingEnabled(false);
      var answer = request.execute();
      if (answer.isSuccessStatusCode()) {
        return reader.read(answer);
      }
      throw errors.of(method, answer, body(answer, LONGEST_ERROR));
    } catch (DriveProblem problem) {
      throw problem;
    } catch (IOException | RuntimeException failure) {
      throw errors.of(failure);
    }
  }

  private void draw(Caller caller, DriveMethod method) {
    var units = quota.cost(method);
    try {
      quota.acquire(units, caller.priority());
    } catch (InterruptedException e) {
      throw interrupted();
    }
    caller.tally().add(method.label, units);
    all.add(method.label, units);
  }

  /** Waits before the next try, or throws when there is none, or none in the time that is left. */
  private void pause(DriveProblem.Busy busy, int attempt, Duration spent) {
    if (attempt >= retry.attempts() || Thread.currentThread().isInterrupted()) {
      throw busy;
    }
    var wait = busy.retryAfter();
    if (wait == null) {
      wait = backoff(attempt);
    }
    if (spent.plus(wait).compareTo(retry.total()) > 0) {
      throw busy;
    }
    try {
      Thread.sleep(wait);
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private Duration backoff(int attempt) {
    var ceiling = retry.base().multipliedBy(1L << Math.min(attempt - 1, 20));
    var most = ceiling.compareTo(retry.cap()) < 0 ? ceiling : retry.cap();
    return Duration.ofNanos(ThreadLocalRandom.current().nextLong(most.toNanos() + 1));
  }

  private static DriveProblem interrupted() {
    Thread.currentThread().interrupt();
    return new DriveProblem.Busy("The call to Google Drive was interrupted.", null, null);
  }

  private static byte[] body(HttpResponse answer, int most) throws IOException {
    var content = answer.getContent();
    if (content == null) {
      return new byte[0];
    }
    try (content) {
      // The transport wraps a body that is not there, and reading it fails (drive-api 10).
      return answer.getStatusCode() == 204 ? new byte[0] : content.readNBytes(most);
    }
  }
}
