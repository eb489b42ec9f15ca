package org.drivelens.api.access;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;

/**
 * Who asks: the holder of a token, at a machine or behind a page.
 *
 * @param tokenId the token in the database; null for the one that is set as DRIVELENS_ADMIN_TOKEN
 * @param name of the token, for people
 */
public record Caller(@Nullable UUID tokenId, String name, Role role) {

  /** Holder of the token that the operator set when the service was started. */
  static Caller configured() {
    return new Caller(null, "admin", Role.OPERATOR);
  }

  /** Who makes the request in hand; empty where the door is open to everybody. */
  public static Optional<Caller> current() {
    var authentication = SecurityContextHolder.getContext().getAuthentication();
    return authentication != null && authentication.getPrincipal() instanceof Caller caller
        ? Optional.of(caller)
        : Optional.empty();
  }

  /** Tells callers apart, and stays the same for one of them. */
  public String key() {
    return tokenId == null ? "admin" : tokenId.toString();
  }

  Authentication authentication() {
    return new PreAuthenticatedAuthenticationToken(this, "", role.authorities());
  }
}
