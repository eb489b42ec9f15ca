package org.drivelens.api.access;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.drivelens.api.problems.ProblemType;
import org.drivelens.api.problems.ProblemWriter;
import org.springframework.http.HttpHeaders;

/**
 * How many requests one client may make, so that a runaway script does not starve the others. A
 * client is a token or, where none is given, an address. Counted by each replica for itself.
 */
final class RequestLimits {

  private static final int CLIENTS = 20_000;
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /**
   * Whoever looks after us must not be shut out, and neither must Google, which may come from the
   * same proxy as somebody who floods the webhook: there a refusal costs no more than this limit.
   */
  private static final Set<String> UNLIMITED =
      Set.of("/livez", "/readyz", "/webhooks/google-drive");

  private final LoadingCache<String, Bucket> known;
  private final LoadingCache<String, Bucket> anonymous;
  private final LoadingCache<String, Bucket> failures;
  private final ProblemWriter problems;

  RequestLimits(LimitProperties properties, ProblemWriter problems) {
    known = buckets(properties.requestsPerMinute());
    anonymous = buckets(properties.anonymousPerMinute());
    failures = buckets(properties.failedLoginsPerMinute());
    this.problems = problems;
  }

  private static LoadingCache<String, Bucket> buckets(int perMinute) {
    return Caffeine.newBuilder()
        .maximumSize(CLIENTS)
        .expireAfterAccess(MINUTE.multipliedBy(2))
        .build(_ ->
            Bucket.builder()
                .addLimit(limit -> limit.capacity(perMinute).refillGreedy(perMinute, MINUTE))
                .build());
  }

  /**
   * @return false if it was refused; then the answer is written
   */
  boolean admit(Optional<Caller> caller, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    var path = request.getRequestURI();
    if (UNLIMITED.contains(path) || path.startsWith("/actuator/health")) {
      return true;
    }
    var bucket =
        caller.map(c -> known.get(c.key())).orElseGet(() -> anonymous.get(request.getRemoteAddr()));
    return admit(bucket, "Too many requests.", request, response);
  }

  /** After a token that was wrong. */
  boolean admitFailure(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    return admit(
        failures.get(request.getRemoteAddr()), "Too many wrong tokens.", request, response);
  }

  private boolean admit(
      Bucket bucket, String refusal, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    var probe = bucket.tryConsumeAndReturnRemaining(1);
    if (probe.isConsumed()) {
      return true;
    }
    var seconds = Duration.ofNanos(probe.getNanosToWaitForRefill()).plusMillis(999).toSeconds();
    response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(Math.max(1, seconds)));
    problems.write(
        request,
        response,
        ProblemType.TOO_MANY_REQUESTS,
        refusal + " Try again in " + Math.max(1, seconds) + " s.");
    return false;
  }
}
