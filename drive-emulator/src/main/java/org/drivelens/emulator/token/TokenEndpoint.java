package org.drivelens.emulator.token;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Clock;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import org.drivelens.emulator.wire.Front;
import org.drivelens.emulator.wire.Json;
import org.drivelens.emulator.wire.Reply;
import org.drivelens.emulator.wire.Request;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** {@code POST /token}: a signed assertion for an access token (drive-api 1). */
public final class TokenEndpoint {

  private static final String GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";
  // drive-api 1: always this one, wherever the key file's token_uri points.
  private static final String AUDIENCE = "https://oauth2.googleapis.com/token";
  private static final long LONGEST_SECONDS = 3600;
  private static final long SKEW_SECONDS = 300;

  private final ServiceAccount account;
  private final Tokens tokens;
  private final Clock clock;

  public TokenEndpoint(ServiceAccount account, Tokens tokens, Clock clock) {
    this.account = account;
    this.tokens = tokens;
    this.clock = clock;
  }

  /** A refusal in OAuth's plain form, not Drive's envelope. */
  private static final class Refused extends Exception {
    private final Reply reply;

    Refused(int code, String error, String description) {
      super(description, null, false, false);
      var body = new LinkedHashMap<String, String>();
      body.put("error", error);
      body.put("error_description", description);
      reply = Reply.pretty(code, body);
    }
  }

  public Reply answer(Request request) {
    var form = new HashMap<String, String>();
    Front.parse(new String(request.body(), StandardCharsets.UTF_8), form);
    try {
      String grantType = form.getOrDefault("grant_type", "");
      if (!grantType.equals(GRANT)) {
        throw new Refused(400, "unsupported_grant_type", "Invalid grant_type: " + grantType);
      }
      Set<String> scopes = verify(form.getOrDefault("assertion", ""));
      var body = new LinkedHashMap<String, Object>();
      body.put("access_token", tokens.issue(scopes));
      body.put("expires_in", tokens.lifetime().toSeconds());
      body.put("token_type", "Bearer");
      return Reply.json(body);
    } catch (Refused refused) {
      return refused.reply;
    }
  }

  /** What the assertion asks for, once it is found good. */
  private Set<String> verify(String assertion) throws Refused {
    String[] parts = assertion.split("\\.", -1);
    if (parts.length != 3) {
      throw new Refused(400, "invalid_grant", "Bad Request");
    }
    JsonNode header = decode(parts[0]);
    JsonNode claims = decode(parts[1]);
    if (!claims.path("iss").asString("").equals(account.email())) {
      throw new Refused(400, "invalid_grant", "Invalid grant: account not found");
    }
    // Google's Node client names no key; then any of the account's may have signed.
    boolean keyKnown = header.path("kid").asString(account.keyId()).equals(account.keyId());
    if (!header.path("alg").asString("").equals("RS256") || !keyKnown || !signed(parts)) {
      throw new Refused(400, "invalid_grant", "Invalid JWT Signature.");
    }
    if (!claims.path("aud").asString("").equals(AUDIENCE)) {
      throw new Refused(400, "invalid_grant", "Invalid JWT: Failed audience check.");
    }
    checkTimes(claims.path("iat").asLong(0), claims.path("exp").asLong(0));
    if (claims.has("sub")) {
      // Nobody delegated anything to this robot.
      throw new Refused(
          401,
          "unauthorized_client",
          "Client is unauthorized to retrieve access tokens using this method, or client not"
              + " authorized for any of the scopes requested.");
    }
    return scopes(claims);
  }

  private static Set<String> scopes(JsonNode claims) throws Refused {
    String scope = claims.path("scope").asString("").strip();
    if (scope.isEmpty()) {
      throw new Refused(400, "invalid_scope", "Invalid OAuth scope or ID token audience provided.");
    }
    return Set.copyOf(List.of(scope.split(" +")));
  }

  private void checkTimes(long issued, long expires) throws Refused {
    long now = clock.instant().getEpochSecond();
    if (expires - issued > LONGEST_SECONDS
        || expires <= now - SKEW_SECONDS
        || issued > now + SKEW_SECONDS) {
      throw new Refused(
          400,
          "invalid_grant",
          "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable"
              + " timeframe. Check your iat and exp values in the JWT claim.");
    }
  }

  private static JsonNode decode(String part) throws Refused {
    try {
      return Json.MAPPER.readTree(Base64.getUrlDecoder().decode(part));
    } catch (IllegalArgumentException | JacksonException e) {
      throw new Refused(400, "invalid_grant", "Bad Request");
    }
  }

  private boolean signed(String[] parts) {
    try {
      var signature = Signature.getInstance("SHA256withRSA");
      signature.initVerify(account.key());
      signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
      return signature.verify(Base64.getUrlDecoder().decode(parts[2]));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }
}
