package org.drivelens.drive;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How to reach Google Drive (prefix {@code drivelens.drive}). What is not set, or set to nothing,
 * takes its default.
 *
 * @param rootUrl another Drive v3 endpoint than Google's, null for Google's
 * @param credentials the service account's key file; without it every call is refused
 * @param connectTimeout to connect, and to wait for a free connection of the pool
 * @param readTimeout between two bytes of an answer, the token endpoint's too
 * @param connections at most to one host
 * @param retry when a busy Drive is asked again
 * @param clockShift added to this machine's clock wherever it is read: nothing may depend on it
 */
public record DriveProperties(
    @Nullable URI rootUrl,
    @Nullable Path credentials,
    Duration connectTimeout,
    Duration readTimeout,
    int connections,
    Retry retry,
    Duration clockShift) {

  public DriveProperties {
    rootUrl = rootUrl == null || rootUrl.toString().isBlank() ? null : rootUrl;
    credentials = credentials == null || credentials.toString().isBlank() ? null : credentials;
    connectTimeout = Objects.requireNonNullElse(connectTimeout, Duration.ofSeconds(10));
    readTimeout = Objects.requireNonNullElse(readTimeout, Duration.ofSeconds(10));
    connections = connections > 0 ? connections : 32;
    retry = Objects.requireNonNullElse(retry, Retry.DEFAULT);
    clockShift = Objects.requireNonNullElse(clockShift, Duration.ZERO);
  }

  /** The defaults, for this endpoint and this key file. */
  public static DriveProperties of(@Nullable URI rootUrl, @Nullable Path credentials) {
    var ten = Duration.ofSeconds(10);
    return new DriveProperties(rootUrl, credentials, ten, ten, 0, Retry.DEFAULT, Duration.ZERO);
  }

  /**
   * Full-jitter backoff: before try n a random time up to {@code base} × 2ⁿ⁻², at most {@code cap}.
   *
   * @param attempts tries of one call, the first included
   * @param total no try begins later than this after the first
   */
  public record Retry(Duration base, Duration cap, int attempts, Duration total) {

    static final Retry DEFAULT =
        new Retry(Duration.ofMillis(500), Duration.ofSeconds(16), 5, Duration.ofSeconds(30));

    public Retry {
      base = Objects.requireNonNullElse(base, Duration.ofMillis(500));
      cap = Objects.requireNonNullElse(cap, Duration.ofSeconds(16));
      attempts = attempts > 0 ? attempts : 5;
      total = Objects.requireNonNullElse(total, Duration.ofSeconds(30));
    }
  }
}
