package org.drivelens.emulator.token;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.drivelens.emulator.wire.GoogleError;
import org.drivelens.emulator.wire.Request;
import org.jspecify.annotations.Nullable;

/** Access tokens in circulation. They do not survive a restart, so clients must cope with 401. */
public final class Tokens {

  private static final String SCOPE = "https://www.googleapis.com/auth/drive";
  private static final Set<String> READING =
      Set.of(SCOPE, SCOPE + ".readonly", SCOPE + ".metadata", SCOPE + ".metadata.readonly");
  private static final Set<String> CONTENT = Set.of(SCOPE, SCOPE + ".readonly");

  private final Clock clock;
  private final Map<String, Grant> grants = new ConcurrentHashMap<>();
  private volatile Duration lifetime = Duration.ofSeconds(3599);

  private record Grant(Set<String> scopes, Instant end) {
    boolean allows(Set<String> any) {
      return scopes.stream().anyMatch(any::contains);
    }
  }

  public Tokens(Clock clock) {
    this.clock = clock;
  }

  /** Google's clients think a token old three minutes before its end (drive-api 1). */
  public void lifetime(Duration duration) {
    lifetime = duration;
  }

  /** Every token in circulation is refused with 401 from now on. */
  public void revokeAll() {
    grants.clear();
  }

  Duration lifetime() {
    return lifetime;
  }

  String issue(Set<String> scopes) {
    byte[] random = new byte[24];
    ThreadLocalRandom.current().nextBytes(random);
    String token = "ya29.c." + HexFormat.of().formatHex(random);
    grants.put(token, new Grant(scopes, clock.instant().plus(lifetime)));
    return token;
  }

  /** Throws Google's error unless the request may read metadata. */
  public void check(Request request) {
    if (!grant(request).allows(READING)) {
      throw insufficientScope();
    }
  }

  /** Throws Google's error unless the request may read content. */
  public void checkContent(Request request) {
    if (!mayReadContent(request)) {
      throw insufficientScope();
    }
  }

  public boolean mayReadContent(Request request) {
    return grant(request).allows(CONTENT);
  }

  private Grant grant(Request request) {
    String bearer = bearer(request);
    if (bearer == null) {
      // drive-api 1: no header at all is 403, not 401.
      throw new GoogleError(
              403,
              "forbidden",
              "Method doesn't allow unregistered callers (callers without established identity)."
                  + " Please use API Key or other form of API consumer identity to call this API.")
          .status("PERMISSION_DENIED");
    }
    Grant grant = grants.get(bearer);
    if (grant == null || !clock.instant().isBefore(grant.end())) {
      // drive-api 7: the long sentence on top, the short one inside.
      throw new GoogleError(
              401,
              "authError",
              "Request had invalid authentication credentials. Expected OAuth 2 access token,"
                  + " login cookie or other valid authentication credential. See"
                  + " https://developers.google.com/identity/sign-in/web/devconsole-project.")
          .inner("Invalid Credentials")
          .at("Authorization", "header")
          .status("UNAUTHENTICATED");
    }
    return grant;
  }

  private static @Nullable String bearer(Request request) {
    String header = request.header("authorization");
    if (header == null) {
      return request.parameter("access_token");
    }
    return header.regionMatches(true, 0, "Bearer ", 0, 7) ? header.substring(7).strip() : "";
  }

  /** drive-api 1, last line. */
  private static GoogleError insufficientScope() {
    return new GoogleError(
            403, "insufficientPermissions", "Request had insufficient authentication scopes.")
        .inner("Insufficient Permission")
        .status("PERMISSION_DENIED")
        .details(
            Map.of(
                "@type",
                "type.googleapis.com/google.rpc.ErrorInfo",
                "reason",
                "ACCESS_TOKEN_SCOPE_INSUFFICIENT",
                "domain",
                "googleapis.com"));
  }
}
