package org.drivelens.api.access;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.drivelens.api.access.AccessTokens.Kind;
import org.drivelens.api.input.PlainText;
import org.drivelens.api.problems.ApiProblem;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Access", description = "Tokens, sessions of pages, and what was done with them.")
@RestController
class TokenController {

  private static final int NAME = 100;

  private final AccessTokens tokens;
  private final Secrets secrets;

  TokenController(AccessTokens tokens, Secrets secrets) {
    this.tokens = tokens;
    this.secrets = secrets;
  }

  @Schema(name = "TokenInput")
  record TokenInput(
      @Schema(maxLength = NAME, description = "Who or what it is for.", example = "Website")
          @NotBlank(message = "must not be blank")
          @PlainText(max = NAME)
          @Nullable String name,
      @NotNull(message = "must be VIEWER, ORGANISER or OPERATOR") Role role,
      @Schema(description = "Left out: it does not expire.", example = "90")
          @Min(value = 1, message = "must be 1 to 3650")
          @Max(value = 3650, message = "must be 1 to 3650")
          @Nullable Integer expiresInDays) {}

  @Schema(name = "NewToken")
  record NewToken(
      UUID id,
      String name,
      Role role,
      @Schema(description = "Shown this once: only a digest of it is kept.") String token,
      @Nullable Instant expiresAt) {}

  @Schema(name = "Token")
  record TokenView(
      UUID id,
      String name,
      Role role,
      @Schema(description = "Name of the token that made it.") String createdBy,
      Instant createdAt,
      @Schema(description = "To the minute.") @Nullable Instant lastUsedAt,
      @Nullable Instant expiresAt,
      @Nullable Instant revokedAt) {}

  @Schema(name = "Tokens")
  record Tokens(List<TokenView> items) {}

  @Operation(summary = "Make a token", description = "For a machine, or for a person to log in.")
  @ApiResponse(responseCode = "201", description = "Made; the only time that it is shown.")
  @ResponseStatus(HttpStatus.CREATED)
  @PostMapping(path = "/admin/tokens", consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<NewToken> create(@Valid @RequestBody TokenInput input) {
    var name = Objects.requireNonNull(input.name()).strip();
    var secret = secrets.make("drivelens_");
    var days = input.expiresInDays();
    var row =
        tokens.create(
            Kind.TOKEN,
            new Caller(null, name, input.role()),
            Caller.current().orElseThrow(),
            secrets.ofToken(secret),
            days == null ? null : Duration.ofDays(days));
    return ResponseEntity.created(URI.create("/admin/tokens/" + row.id()))
        .body(new NewToken(row.id(), row.name(), row.role(), secret, row.expiresAt()));
  }

  @Operation(
      summary = "List tokens",
      description =
          "Newest first, revoked ones too. The token that is set as DRIVELENS_ADMIN_TOKEN is not among"
              + " them.")
  @GetMapping("/admin/tokens")
  Tokens list() {
    return new Tokens(
        tokens.tokens().stream()
            .map(t ->
                new TokenView(
                    t.id(),
                    t.name(),
                    t.role(),
                    t.createdBy(),
                    t.createdAt(),
                    t.lastUsedAt(),
                    t.expiresAt(),
                    t.revokedAt()))
            .toList());
  }

  @Operation(
      summary = "Revoke a token",
      description = "It and the sessions that it opened are refused at once.")
  @ApiResponse(responseCode = "204", description = "Revoked.")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @DeleteMapping("/admin/tokens/{tokenId}")
  void revoke(@PathVariable UUID tokenId) {
    if (!tokens.revoke(tokenId)) {
      throw ApiProblem.notFound("There is no token " + tokenId + ".");
    }
  }
}
