package org.drivelens.api.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.csrf.DefaultCsrfToken;
import org.springframework.web.util.WebUtils;

/**
 * The cookie by which a page is known, out of reach of scripts, and the CSRF token that goes with
 * it: derived from the cookie, so that nothing has to be kept for it and any replica can tell.
 */
final class SessionCookie implements CsrfTokenRepository {

  static final String NAME = "drivelens_session";
  static final String CSRF_HEADER = "X-CSRF-Token";

  Optional<String> read(HttpServletRequest request) {
    var cookie = WebUtils.getCookie(request, NAME);
    return cookie == null || cookie.getValue().isEmpty()
        ? Optional.empty()
        : Optional.of(cookie.getValue());
  }

  /** Lax, not Strict: a link in a mail leads to a page that knows its reader. */
  void write(
      HttpServletRequest request, HttpServletResponse response, String secret, Duration lifetime) {
    var cookie =
        ResponseCookie.from(NAME, secret)
            .httpOnly(true)
            .secure(request.isSecure())
            .sameSite("Lax")
            .path("/")
            .maxAge(lifetime)
            .build();
    response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
  }

  void clear(HttpServletRequest request, HttpServletResponse response) {
    write(request, response, "", Duration.ZERO);
  }

  String csrfOf(String secret) {
    try {
      var digest =
          MessageDigest.getInstance("SHA-256")
              .digest(("csrf " + secret).getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public @Nullable CsrfToken loadToken(HttpServletRequest request) {
    return read(request)
        .map(secret -> new DefaultCsrfToken(CSRF_HEADER, "_csrf", csrfOf(secret)))
        .orElse(null);
  }

  /** Only asked for where no session is: then any token will do, and none is accepted. */
  @Override
  public CsrfToken generateToken(HttpServletRequest request) {
    return new DefaultCsrfToken(CSRF_HEADER, "_csrf", java.util.UUID.randomUUID().toString());
  }

  @Override
  public void saveToken(
      @Nullable CsrfToken token, HttpServletRequest request, HttpServletResponse response) {
    // It follows from the cookie.
  }
}
