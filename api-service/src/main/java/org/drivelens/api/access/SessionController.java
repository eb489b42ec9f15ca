package org.drivelens.api.access;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.drivelens.api.access.AccessTokens.Kind;
import org.drivelens.api.problems.ApiProblem;
import org.drivelens.api.problems.ProblemType;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** How a page becomes known: a cookie that scripts cannot read, for a token or a one-time login. */
@Tag(name = "Access")
@RestController
class SessionController {

  private static final Duration LOGIN = Duration.ofMinutes(10);

  private final AccessTokens tokens;
  private final Secrets secrets;
  private final SessionCookie cookie;
  private final RequestLimits limits;
  private final Duration lifetime;

  SessionController(
      AccessTokens tokens,
      Secrets secrets,
      SessionCookie cookie,
      RequestLimits limits,
      AccessProperties properties) {
    this.tokens = tokens;
    this.secrets = secrets;
    this.cookie = cookie;
    this.limits = limits;
    this.lifetime = properties.sessionLifetime();
  }

  @Schema(name = "LoginInput", description = "One of the two.")
  record LoginInput(
      @Schema(description = "A token.") @Nullable String token,
      @Schema(description = "The code of a one-time login.") @Nullable String code) {}

  @Schema(name = "Session")
  record Session(
      String name,
      Role role,
      @Schema(
              description =
                  "To be sent as `X-CSRF-Token` with everything that changes something; null when a"
                      + " token was sent instead of a cookie.")
          @Nullable String csrfToken) {}

  @Schema(name = "LoginLink")
  record LoginLink(
      @Schema(description = "Opens the dashboard, once.", example = "/app/#login=…") String url,
      Instant expiresAt) {}

  @Operation(
      summary = "Log a page in",
      description =
          "Answers with the cookie of a session: HttpOnly, SameSite, gone after 12 hours (a setting).")
  @PostMapping(path = "/session", consumes = MediaType.APPLICATION_JSON_VALUE)
  @Nullable Session login(
      @RequestBody LoginInput input, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    var caller = caller(input);
    if (caller.isEmpty()) {
      if (limits.admitFailure(request, response)) {
        throw ApiProblem.of(
            ProblemType.UNAUTHORIZED, "This token or login is wrong, was used, or has expired.");
      }
      return null;
    }
    var secret = secrets.make("");
    tokens.create(Kind.SESSION, caller.get(), caller.get(), secrets.ofSession(secret), lifetime);
    cookie.write(request, response, secret, lifetime);
    return new Session(caller.get().name(), caller.get().role(), cookie.csrfOf(secret));
  }

  private Optional<Caller> caller(LoginInput input) {
    if ((input.token() == null) == (input.code() == null)) {
      throw ApiProblem.of(ProblemType.INVALID_REQUEST, "token", "give either token or code");
    }
    if (input.code() != null) {
      return tokens.spend(secrets.ofSession(input.code())).map(login -> login.caller(Kind.LOGIN));
    }
    var token = Objects.requireNonNull(input.token()).strip();
    return secrets.isConfigured(token)
        ? Optional.of(Caller.configured())
        : tokens.find(Kind.TOKEN, secrets.ofToken(token)).map(row -> row.caller(Kind.TOKEN));
  }

  @Operation(summary = "Who am I", description = "The caller, as the service knows it.")
  @GetMapping("/session")
  Session get(HttpServletRequest request) {
    var caller = Caller.current().orElseThrow();
    var bearer = request.getHeader("Authorization") != null;
    return new Session(
        caller.name(),
        caller.role(),
        bearer ? null : cookie.read(request).map(cookie::csrfOf).orElse(null));
  }

  @Operation(summary = "Log the page out")
  @ApiResponse(responseCode = "204", description = "The session is over.")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @DeleteMapping("/session")
  void logout(HttpServletRequest request, HttpServletResponse response) {
    cookie.read(request).map(secrets::ofSession).ifPresent(tokens::endSession);
    cookie.clear(request, response);
  }

  @Operation(
      summary = "Make a one-time login",
      description =
          "An address that opens the dashboard once, within ten minutes, as the caller. The code is in"
              + " its fragment, which browsers do not send and servers do not log.")
  @ApiResponse(responseCode = "201", description = "Made.")
  @ResponseStatus(HttpStatus.CREATED)
  @PostMapping("/admin/login-links")
  LoginLink link() {
    var caller = Caller.current().orElseThrow();
    var code = secrets.make("");
    var row = tokens.create(Kind.LOGIN, caller, caller, secrets.ofSession(code), LOGIN);
    return new LoginLink("/app/#login=" + code, Objects.requireNonNull(row.expiresAt()));
  }
}
