package org.drivelens.api.access;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.SimplePropertyRowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * All that opens the door beside the configured token, each stored as a digest only: named tokens
 * of machines, sessions of pages, and one-time logins. Looked up at every request, so that a
 * revoked one is refused at once.
 */
@Component
class AccessTokens {

  /** Often enough to see what is in use; not a write for every request. */
  private static final Duration USE_IS_NOTED_EVERY = Duration.ofMinutes(1);

  private static final String LIVE =
      """
       and t.revoked_at is null and coalesce(t.expires_at > clock_timestamp(), true)
       and not exists (select from access_token p where p.id = t.parent_id
                          and (p.revoked_at is not null or p.expires_at <= clock_timestamp()))
      """;

  private static final RowMapper<Row> ROW = new SimplePropertyRowMapper<>(Row.class);

  private final JdbcClient jdbc;

  AccessTokens(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  enum Kind {
    TOKEN,
    SESSION,
    /** Good for one session. */
    LOGIN
  }

  /** A row without its digest. */
  record Row(
      UUID id,
      String name,
      Role role,
      @Nullable UUID parentId,
      String createdBy,
      Instant createdAt,
      @Nullable Instant lastUsedAt,
      @Nullable Instant expiresAt,
      @Nullable Instant revokedAt) {

    /** A session speaks for the token that opened it. */
    Caller caller(Kind kind) {
      return new Caller(kind == Kind.TOKEN ? id : parentId, name, role);
    }
  }

  Row create(Kind kind, Caller of, Caller by, byte[] digest, @Nullable Duration lifetime) {
    return jdbc.sql(
            """
            insert into access_token (kind, name, role, parent_id, secret_hash, created_by, expires_at)
            values (:kind, :name, :role, :parent, :digest, :by, clock_timestamp() + make_interval(secs => :lifetime))
            returning *
            """)
        .param("kind", kind.name())
        .param("name", of.name())
        .param("role", of.role().name())
        .param("parent", of.tokenId())
        .param("digest", digest)
        .param("by", by.name())
        .param("lifetime", lifetime == null ? null : lifetime.toSeconds(), java.sql.Types.DOUBLE)
        .query(Row.class)
        .single();
  }

  Optional<Row> find(Kind kind, byte[] digest) {
    var found =
        jdbc.sql(
                "select t.* from access_token t where t.kind = :kind and t.secret_hash = :digest"
                    + LIVE)
            .param("kind", kind.name())
            .param("digest", digest)
            .query(Row.class)
            .optional();
    found.ifPresent(this::noteUse);
    return found;
  }

  private void noteUse(Row row) {
    jdbc.sql(
            """
            update access_token set last_used_at = clock_timestamp()
             where id = :id and coalesce(last_used_at < clock_timestamp() - make_interval(secs => :every), true)
            """)
        .param("id", row.id())
        .param("every", USE_IS_NOTED_EVERY.toSeconds())
        .update();
  }

  /** A login is spent by looking it up. */
  Optional<Row> spend(byte[] digest) {
    return jdbc.sql(
            "delete from access_token t where t.kind = 'LOGIN' and t.secret_hash = :digest"
                + LIVE
                + " returning t.*")
        .param("digest", digest)
        .query(Row.class)
        .optional();
  }

  /** Named tokens, newest first; revoked ones too. */
  List<Row> tokens() {
    return jdbc.sql("select * from access_token where kind = 'TOKEN' order by id desc limit 1000")
        .query(ROW)
        .list();
  }

  /**
   * Ends a token and the sessions that it opened.
   *
   * @return false if there is no such token
   */
  boolean revoke(UUID id) {
    return jdbc.sql(
                """
                update access_token set revoked_at = coalesce(revoked_at, clock_timestamp())
                 where id = :id and kind = 'TOKEN'
                """)
            .param("id", id)
            .update()
        == 1;
  }

  void endSession(byte[] digest) {
    jdbc.sql("delete from access_token where kind = 'SESSION' and secret_hash = :digest")
        .param("digest", digest)
        .update();
  }
}
