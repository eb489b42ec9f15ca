package org.drivelens.api.access;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.drivelens.api.Api;
import org.drivelens.api.Api.Answer;
import org.drivelens.api.OnTheApi;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tokens, sessions, keys against doubles, and who did what. */
@OnTheApi
class AccessTest {

  private final Api api;
  private final JdbcClient jdbc;

  AccessTest(@LocalServerPort int port, @Autowired JdbcClient jdbc) {
    api = new Api(port);
    this.jdbc = jdbc;
  }

  @Test
  void a_token_is_shown_once_and_stored_as_a_digest_only() {
    var made = api.post("/admin/tokens", "{\"name\": \" Web site \", \"role\": \"VIEWER\"}");
    assertThat(made.status()).isEqualTo(201);
    var token = made.at("/token");
    assertThat(token).startsWith("drivelens_").hasSizeGreaterThan(50);
    assertThat(api.get("/admin/tokens").text()).contains("\"Web site\"").doesNotContain(token);
    assertThat(
            jdbc.sql("select count(*) from access_token t where t::text like '%' || :token || '%'")
                .param("token", token)
                .query(Integer.class)
                .single())
        .isZero();
    assertThat(as(token, "/events").status()).isEqualTo(200);
    assertThat(api.get("/admin/tokens").text()).contains("\"lastUsedAt\":\"2");
  }

  @Test
  void a_revoked_or_expired_token_is_refused_at_once() {
    var made = api.post("/admin/tokens", "{\"name\": \"x\", \"role\": \"ORGANISER\"}");
    var token = made.at("/token");
    assertThat(as(token, "/events").status()).isEqualTo(200);
    assertThat(api.delete("/admin/tokens/" + made.at("/id")).status()).isEqualTo(204);
    assertThat(as(token, "/events").status()).isEqualTo(401);

    var short_ =
        api.post("/admin/tokens", "{\"name\": \"x\", \"role\": \"VIEWER\", \"expiresInDays\": 1}");
    jdbc.sql("update access_token set expires_at = clock_timestamp() where id = :id")
        .param("id", UUID.fromString(short_.at("/id")))
        .update();
    assertThat(as(short_.at("/token"), "/events").status()).isEqualTo(401);
    assertThat(api.delete("/admin/tokens/" + UUID.randomUUID()).status()).isEqualTo(404);
  }

  @Test
  void a_token_that_is_not_as_it_should_be_is_not_made() {
    assertThat(api.post("/admin/tokens", "{\"name\": \"x\"}").at("/errors/0/field"))
        .isEqualTo("role");
    assertThat(api.post("/admin/tokens", "{\"role\": \"VIEWER\"}").at("/errors/0/field"))
        .isEqualTo("name");
    assertThat(api.post("/admin/tokens", "{\"name\": \"x\", \"role\": \"GOD\"}").status())
        .isEqualTo(400);
    assertThat(
            api.post(
                    "/admin/tokens",
                    "{\"name\": \"x\", \"role\": \"VIEWER\", \"expiresInDays\": 0}")
                .status())
        .isEqualTo(400);
  }

  @Test
  void a_page_logs_in_and_changes_things_only_with_its_csrf_token() {
    var login = login("{\"token\": \"" + Api.TOKEN + "\"}");
    assertThat(login.status()).as(login.text()).isEqualTo(200);
    var set = login.header("Set-Cookie");
    assertThat(set).contains("HttpOnly", "SameSite=Lax", "Path=/").doesNotContain("Secure");
    var cookie = set.substring(0, set.indexOf(';'));
    var csrf = login.at("/csrfToken");

    assertThat(page(cookie, "/session").at("/csrfToken")).isEqualTo(csrf);
    assertThat(page(cookie, "/events").status()).isEqualTo(200);
    assertThat(change(cookie, null).status()).isEqualTo(403);
    assertThat(change(cookie, "wrong").status()).isEqualTo(403);
    assertThat(change(cookie, csrf).status()).isEqualTo(201);

    var logout =
        api.anonymous("/session").setHeader("Cookie", cookie).setHeader("X-CSRF-Token", csrf);
    assertThat(api.send(logout.DELETE()).status()).isEqualTo(204);
    assertThat(page(cookie, "/events").status()).isEqualTo(401);
    assertThat(page(cookie, "/openapi").status()).isEqualTo(200);
  }

  @Test
  void a_session_ends_with_the_token_that_opened_it() {
    var made = api.post("/admin/tokens", "{\"name\": \"Ann\", \"role\": \"VIEWER\"}");
    var set = login("{\"token\": \"" + made.at("/token") + "\"}").header("Set-Cookie");
    var cookie = set.substring(0, set.indexOf(';'));
    assertThat(page(cookie, "/session").at("/role")).isEqualTo("VIEWER");
    api.delete("/admin/tokens/" + made.at("/id"));
    assertThat(page(cookie, "/session").status()).isEqualTo(401);
  }

  @Test
  void a_login_link_works_once() {
    var link = api.post("/admin/login-links", null);
    assertThat(link.status()).isEqualTo(201);
    var code = link.at("/url").substring("/app/#login=".length());
    assertThat(login("{\"code\": \"" + code + "\"}").at("/role")).isEqualTo("OPERATOR");
    var again = login("{\"code\": \"" + code + "\"}");
    assertThat(again.status()).isEqualTo(401);
    assertThat(again.header("Set-Cookie")).isEmpty();
    assertThat(login("{}").status()).isEqualTo(400);
  }

  @Test
  void the_same_request_under_the_same_key_makes_one_event() {
    var key = UUID.randomUUID().toString();
    var first = create("{\"name\": \"Once\"}", key);
    var second = create("{\"name\": \"Once\"}", key);
    assertThat(first.status()).isEqualTo(201);
    assertThat(second.status()).isEqualTo(201);
    assertThat(second.at("/id")).isEqualTo(first.at("/id"));
    assertThat(second.header("Location")).isEqualTo(first.header("Location"));
    var other = create("{\"name\": \"Twice\"}", key);
    assertThat(other.status()).isEqualTo(422);
    assertThat(other.at("/type")).isEqualTo("/problems/idempotency-key-reused");
    assertThat(create("{\"name\": \"Once\"}", "with space").status()).isEqualTo(400);
    assertThat(create("{\"name\": \"Once\"}", UUID.randomUUID().toString()).at("/id"))
        .isNotEqualTo(first.at("/id"));
  }

  @Test
  void requests_that_race_under_one_key_make_one_event() {
    var key = UUID.randomUUID().toString();
    var racing =
        IntStream.range(0, 8)
            .mapToObj(_ -> CompletableFuture.supplyAsync(() -> create("{\"name\": \"Race\"}", key)))
            .toList();
    assertThat(racing.stream().map(CompletableFuture::join).map(a -> a.at("/id")).distinct())
        .hasSize(1);
  }

  @Test
  void what_was_done_is_noted_with_who_did_it() {
    var made = api.post("/admin/tokens", "{\"name\": \"Noted\", \"role\": \"ORGANISER\"}");
    var created =
        api.send(
            api.anonymous("/events")
                .setHeader("Authorization", "Bearer " + made.at("/token"))
                .setHeader("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"name\": \"Audited\"}")));
    await()
        .atMost(5, SECONDS)
        .untilAsserted(() -> {
          var entries = api.get("/admin/audit?eventId=" + created.at("/id"));
          assertThat(entries.at("/items/0/caller")).isEqualTo("Noted");
          assertThat(entries.at("/items/0/action")).isEqualTo("POST /events");
          assertThat(entries.at("/items/0/status")).isEqualTo("201");
        });
    assertThat(api.get("/admin/audit?limit=1").at("/nextCursor")).isNotBlank();
    assertThat(api.get("/admin/audit?cursor=x").status()).isEqualTo(400);
  }

  private Answer as(String token, String path) {
    return api.get(path, "Authorization", "Bearer " + token);
  }

  private Answer login(String json) {
    return api.send(json(api.anonymous("/session"), json));
  }

  private Answer page(String cookie, String path) {
    return api.send(api.anonymous(path).setHeader("Cookie", cookie).GET());
  }

  private Answer change(String cookie, @org.jspecify.annotations.Nullable String csrf) {
    var request = json(api.anonymous("/events"), "{\"name\": \"By a page\"}");
    request.setHeader("Cookie", cookie);
    if (csrf != null) {
      request.setHeader("X-CSRF-Token", csrf);
    }
    return api.send(request);
  }

  private Answer create(String json, String key) {
    return api.send(json(api.request("/events", "Idempotency-Key", key), json));
  }

  private static HttpRequest.Builder json(HttpRequest.Builder request, String json) {
    return request
        .setHeader("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(json));
  }
}
