package org.drivelens.api.idempotency;

import java.security.MessageDigest;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.drivelens.api.access.Caller;
import org.drivelens.api.problems.ApiProblem;
import org.drivelens.api.problems.ProblemType;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Remembers for a day what a request with an {@code Idempotency-Key} made, in the transaction that
 * made it: either both are there or neither. A second request waits for the first one to commit and
 * gets the same thing.
 */
@Component
public class Idempotency {

  public static final String HEADER = "Idempotency-Key";
  public static final String HELP =
      "Up to 255 visible ASCII characters of the caller's choice, a random UUID say. The same request"
          + " under the same key, within a day, makes nothing new and is answered with what was made.";

  private static final Pattern KEY = Pattern.compile("[!-~]{1,255}");

  private final JdbcClient jdbc;
  private final JsonMapper json;

  Idempotency(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /**
   * What a request made.
   *
   * @param secret part of the answer that is kept nowhere in the clear; null if there is none
   */
  public record Made(UUID id, @Nullable String secret) {

    public static Made of(UUID id) {
      return new Made(id, null);
    }
  }

  /**
   * Runs inside the transaction of what it makes.
   *
   * @param key as the caller sent it; null makes it anew each time
   * @param operation what is asked for: a key means something only for one operation of one caller
   * @param request the body, compared with that of the first request
   * @throws ApiProblem if the key was used with another body, or is not a key
   */
  public Made once(@Nullable String key, String operation, Object request, Supplier<Made> make) {
    if (key == null) {
      return make.get();
    }
    if (!KEY.matcher(key).matches()) {
      throw ApiProblem.of(
          ProblemType.INVALID_REQUEST, HEADER, "must be 1 to 255 visible ASCII characters");
    }
    var seal = new Seal(key);
    var caller = Caller.current().map(Caller::key).orElse("");
    var digest = Seal.digest(caller + "\n" + operation + "\n" + key);
    var requestHash = Seal.digest(json.writeValueAsString(request));
    if (!begin(digest, requestHash)) {
      return made(digest, requestHash, seal);
    }
    var made = make.get();
    jdbc.sql("update idempotency_key set made_id = :made, sealed = :sealed where digest = :digest")
        .param("made", made.id())
        .param("sealed", made.secret() == null ? null : seal.close(made.secret()))
        .param("digest", digest)
        .update();
    return made;
  }

  /** Waits for whoever is at it under the same key. */
  private boolean begin(byte[] digest, byte[] requestHash) {
    jdbc.sql(
            "delete from idempotency_key where digest = :digest and created_at < clock_timestamp() -"
                + " interval '24 hours'")
        .param("digest", digest)
        .update();
    return jdbc.sql(
                """
                insert into idempotency_key (digest, request_hash, made_id) values (:digest, :request, uuidv7())
                on conflict do nothing
                """)
            .param("digest", digest)
            .param("request", requestHash)
            .update()
        == 1;
  }

  private Made made(byte[] digest, byte[] requestHash, Seal seal) {
    return jdbc.sql(
            "select request_hash, made_id, sealed from idempotency_key where digest = :digest")
        .param("digest", digest)
        .query((row, _) -> {
          if (!MessageDigest.isEqual(requestHash, row.getBytes("request_hash"))) {
            throw ApiProblem.of(
                ProblemType.IDEMPOTENCY_KEY_REUSED,
                HEADER,
                "was used with another body within the last day");
          }
          var sealed = row.getBytes("sealed");
          return new Made(
              row.getObject("made_id", UUID.class), sealed == null ? null : seal.open(sealed));
        })
        .single();
  }
}
