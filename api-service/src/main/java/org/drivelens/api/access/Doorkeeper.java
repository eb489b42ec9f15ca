package org.drivelens.api.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.drivelens.api.access.AccessTokens.Kind;
import org.drivelens.api.access.AccessTokens.Row;
import org.drivelens.api.problems.ProblemType;
import org.drivelens.api.problems.ProblemWriter;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Finds out who asks: by the header {@code Authorization: Bearer} or, for pages, by the cookie of a
 * session. A wrong header is refused everywhere; a cookie that is over is as good as none.
 */
final class Doorkeeper extends OncePerRequestFilter {

  private static final String SCHEME = "Bearer ";

  private final Secrets secrets;
  private final AccessTokens tokens;
  private final SessionCookie cookie;
  private final RequestLimits limits;
  private final ProblemWriter problems;

  Doorkeeper(
      Secrets secrets,
      AccessTokens tokens,
      SessionCookie cookie,
      RequestLimits limits,
      ProblemWriter problems) {
    this.secrets = secrets;
    this.tokens = tokens;
    this.cookie = cookie;
    this.limits = limits;
    this.problems = problems;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var header = request.getHeader(HttpHeaders.AUTHORIZATION);
    try {
      var caller = header == null ? bySession(request) : byToken(header);
      if (caller.isEmpty() && header != null) {
        refuse(request, response);
        return;
      }
      if (!limits.admit(caller, request, response)) {
        return;
      }
      caller.ifPresent(
          c -> SecurityContextHolder.getContext().setAuthentication(c.authentication()));
    } catch (DataAccessException e) {
      response.setHeader(HttpHeaders.RETRY_AFTER, "5");
      problems.write(
          request,
          response,
          ProblemType.DATABASE_UNAVAILABLE,
          "The database does not answer, so nobody can be let in by it.");
      return;
    }
    chain.doFilter(request, response);
  }

  /** An empty one if the token is wrong. */
  private Optional<Caller> byToken(String header) {
    if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return Optional.empty();
    }
    var token = header.substring(SCHEME.length()).strip();
    return secrets.isConfigured(token)
        ? Optional.of(Caller.configured())
        : tokens.find(Kind.TOKEN, secrets.ofToken(token)).map(row -> row.caller(Kind.TOKEN));
  }

  private Optional<Caller> bySession(HttpServletRequest request) {
    return cookie
        .read(request)
        .flatMap(secret -> tokens.find(Kind.SESSION, secrets.ofSession(secret)))
        .map((Row row) -> row.caller(Kind.SESSION));
  }

  private void refuse(HttpServletRequest request, HttpServletResponse response) throws IOException {
    if (limits.admitFailure(request, response)) {
      response.setHeader(
          HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"drivelens\", error=\"invalid_token\"");
      problems.write(
          request,
          response,
          ProblemType.UNAUTHORIZED,
          "The token is wrong, has expired or was revoked.");
    }
  }
}
