package org.drivelens.api.problems;

import static java.net.http.HttpRequest.BodyPublishers.noBody;
import static java.net.http.HttpRequest.BodyPublishers.ofByteArray;
import static java.net.http.HttpRequest.BodyPublishers.ofInputStream;
import static java.net.http.HttpRequest.BodyPublishers.ofString;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.stream.Stream;
import org.drivelens.api.Api;
import org.drivelens.api.Api.Answer;
import org.drivelens.api.OnTheApi;
import org.drivelens.testsupport.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Nothing that a caller sends ends in a 5xx, a stack trace or an answer that is not a problem. */
@OnTheApi
class BadInputTest {

  private static final String JSON = "application/json";

  private final Api api;
  private final int port;
  private final TestDatabase database;

  BadInputTest(TestDatabase database, @LocalServerPort int port) {
    this.database = database;
    this.port = port;
    api = new Api(port);
  }

  @AfterEach
  void nothing_was_stored() {
    var stored = database.jdbc().sql("select count(*) from event").query(Long.class).single();
    database.clear();
    assertThat(stored).isZero();
  }

  record Bad(String why, String body, String field) {
    @Override
    public String toString() {
      return why;
    }
  }

  static Stream<Bad> bodies() {
    return Stream.of(
        new Bad("no name", "{}", "name"),
        new Bad("name null", "{\"name\": null}", "name"),
        new Bad("blank name", "{\"name\": \" \\u2003\\t \"}", "name"),
        new Bad("name too long", "{\"name\": \"" + "x".repeat(201) + "\"}", "name"),
        new Bad("U+0000 in the name", "{\"name\": \"a\\u0000b\"}", "name"),
        new Bad("line break in the name", "{\"name\": \"a\\nb\"}", "name"),
        new Bad("escape in the location", named("\"location\": \"\\u001b[31m\""), "location"),
        new Bad("lone surrogate", "{\"name\": \"a\\ud800b\"}", "name"),
        new Bad("surrogates swapped", "{\"name\": \"\\udc00\\ud800\"}", "name"),
        new Bad("number for a text", "{\"name\": 42}", "name"),
        new Bad("boolean for a text", "{\"name\": true}", "name"),
        new Bad("object for a text", "{\"name\": {\"a\": 1}}", "name"),
        new Bad("list for a text", "{\"name\": [\"a\"]}", "name"),
        new Bad("unknown field", named("\"syncStatus\": \"UP_TO_DATE\""), "syncStatus"),
        new Bad("id given", named("\"id\": \"" + UUID.randomUUID() + "\""), "id"),
        new Bad("a date that is none", named("\"date\": \"2026-02-30\""), "date"),
        new Bad("a date as number", named("\"date\": 20000"), "date"),
        new Bad("a date as list", named("\"date\": [2026, 5, 14]"), "date"),
        new Bad("a time for a date", named("\"date\": \"2026-05-14T10:00:00Z\""), "date"),
        new Bad("an empty date", named("\"date\": \"\""), "date"),
        new Bad("year 10000", named("\"date\": \"+10000-01-01\""), "date"),
        new Bad("year 0", named("\"date\": \"0000-01-01\""), "date"),
        new Bad(
            "description too long",
            named("\"description\": \"" + "x".repeat(4001) + "\""),
            "description"),
        new Bad("a list", "[{\"name\": \"a\"}]", "body"),
        new Bad("a text", "\"name\"", "body"),
        new Bad(
            "url of another site",
            url("https://evil.test/drive/folders/1234567890"),
            "googleDriveUrl"),
        new Bad(
            "url with U+0000",
            url("https://drive.google.com/drive/folders/\\u00001234567890"),
            "googleDriveUrl"),
        new Bad("url as list", named("\"googleDriveUrl\": []"), "googleDriveUrl"),
        new Bad("empty url", url(""), "googleDriveUrl"),
        new Bad(
            "url too long",
            url("https://drive.google.com/drive/folders/1234567890?x=" + "y".repeat(2000)),
            "googleDriveUrl"),
        new Bad("twice the same field", "{\"name\": \"a\", \"name\": \"b\"}", "name"));
  }

  private static String named(String more) {
    return "{\"name\": \"a\", " + more + "}";
  }

  private static String url(String url) {
    return named("\"googleDriveUrl\": \"" + url + "\"");
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void a_bad_field_is_named(Bad bad) {
    var answer = api.post("/events", bad.body());
    assertProblem(answer, 400);
    assertThat(answer.at("/errors/0/field")).isEqualTo(bad.field());
    assertThat(answer.at("/errors/0/message")).isNotBlank();
    assertThat(answer.at("/detail")).startsWith(bad.field() + ": ");
  }

  @Test
  void every_bad_field_is_named_at_once() {
    var answer = api.post("/events", "{\"name\": \"\", \"location\": \"a\\u0007\"}");
    assertProblem(answer, 400);
    assertThat(answer.json().get("errors")).hasSize(2);
    assertThat(answer.at("/type")).isEqualTo("/problems/invalid-request");
  }

  @Test
  void a_bad_folder_link_is_answered_with_a_good_one() {
    var answer = api.post("/events", url("https://photos.google.com/album/x"));
    assertProblem(answer, 400);
    assertThat(answer.at("/type")).isEqualTo("/problems/invalid-folder-url");
    assertThat(answer.at("/detail")).contains("https://drive.google.com/drive/folders/1AbC");
  }

  static Stream<String> notJson() {
    return Stream.of(
        " ",
        "{",
        "{\"name\": \"a\"",
        "{'name': 'a'}",
        "{\"name\": NaN}",
        "{\"name\": \"a\"} trailing",
        "{\"name\": \"a\"}{\"name\": \"b\"}",
        "<event/>",
        "{\"name\": \"\t\"}",
        "{\"name\": " + "[".repeat(10_000) + "]".repeat(10_000) + "}",
        "{\"date\": " + "9".repeat(5_000) + "}",
        "{\"" + "n".repeat(60_000) + "\": 1}");
  }

  @ParameterizedTest
  @MethodSource("notJson")
  void what_is_not_json_is_a_problem(String body) {
    assertProblem(api.post("/events", body), 400);
  }

  @Test
  void bytes_that_are_not_utf8_are_a_problem() {
    var bytes = "{\"name\": \"a\u00ffb\"}".getBytes(StandardCharsets.ISO_8859_1);
    assertProblem(api.body("POST", "/events", JSON, ofByteArray(bytes)), 400);
  }

  @Test
  void a_body_of_fifty_megabytes_is_too_large_with_and_without_its_length_said() {
    var body = ("{\"name\": \"" + "x".repeat(50 << 20) + "\"}").getBytes(StandardCharsets.US_ASCII);
    assertProblem(api.body("POST", "/events", JSON, ofByteArray(body)), 413);
    var chunked = ofInputStream(() -> new ByteArrayInputStream(body));
    assertProblem(api.body("POST", "/events", JSON, chunked), 413);
    assertProblem(api.body("POST", "/events/sync/bulk", JSON, chunked), 413);
  }

  @Test
  void a_list_of_a_million_is_too_large_and_one_of_ten_thousand_and_one_too_long() {
    var million = "{\"eventIds\": [" + "1,".repeat(999_999) + "1]}";
    assertProblem(api.post("/events/sync/bulk", million), 413);
    var id = "\"" + UUID.randomUUID() + "\"";
    var long_ = "{\"eventIds\": [" + (id + ",").repeat(10_000) + id + "]}";
    var answer = api.post("/events/sync/bulk", long_);
    assertProblem(answer, 400);
    assertThat(answer.at("/errors/0/field")).isEqualTo("eventIds");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"eventIds\": [null]}",
        "{\"eventIds\": [\"not-an-id\"]}",
        "{\"eventIds\": \"all\"}",
        "{\"eventIds\": [[]]}",
        "{\"fullSync\": \"yes\"}",
        "{\"fullSync\": 1}",
        "{\"full\": true}",
        "[]"
      })
  void a_bad_bulk_request_is_a_problem_with_the_field_named(String body) {
    var answer = api.post("/events/sync/bulk", body);
    assertProblem(answer, 400);
    assertThat(answer.json().get("errors")).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"photoIds\": null}",
        "{\"photoIds\": []}",
        "{\"photoIds\": [null]}",
        "{\"photoIds\": [\"1-1-1-1-1x\"]}",
        "{\"photoIds\": \"all\"}",
        "{\"photoIds\": [\"0198a1b2-0000-7000-8000-000000000000\"], \"expirationHours\": 0}",
        "{\"photoIds\": [\"0198a1b2-0000-7000-8000-000000000000\"], \"expirationHours\": 721}",
        "{\"photoIds\": [\"0198a1b2-0000-7000-8000-000000000000\"], \"expirationHours\": \"1\"}",
        "{\"photoIds\": [\"0198a1b2-0000-7000-8000-000000000000\"], \"expirationHours\": 1.5}",
        "{\"photoIds\": [\"0198a1b2-0000-7000-8000-000000000000\"], \"expires\": 1}"
      })
  void a_bad_download_selection_is_a_problem_with_the_field_named(String body) {
    var answer = api.post("/events/" + UUID.randomUUID() + "/download-selections", body);
    assertProblem(answer, 400);
    assertThat(answer.at("/errors/0/field"))
        .startsWith(body.contains("expir") ? "expir" : "photoIds");
  }

  @Test
  void a_download_selection_of_two_thousand_and_one_photos_is_too_long() {
    var id = "\"" + UUID.randomUUID() + "\"";
    var answer =
        api.post(
            "/events/" + UUID.randomUUID() + "/download-selections",
            "{\"photoIds\": [" + (id + ",").repeat(2000) + id + "]}");
    assertProblem(answer, 400);
    assertThat(answer.at("/errors/0/field")).isEqualTo("photoIds");
  }

  @Test
  void unknown_events_of_a_bulk_request_are_named() {
    var id = UUID.randomUUID();
    var answer = api.post("/events/sync/bulk", "{\"eventIds\": [\"" + id + "\"]}");
    assertProblem(answer, 400);
    assertThat(answer.at("/type")).isEqualTo("/problems/unknown-events");
    assertThat(answer.at("/errors/0/field")).isEqualTo("eventIds[0]");
    assertThat(answer.at("/errors/0/message")).contains(id.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "limit=0",
        "limit=-1",
        "limit=501",
        "limit=1000000000",
        "limit=99999999999999999999",
        "limit=ten",
        "limit=1.5",
        "limit=1&limit=2",
        "limt=10",
        "cursor=x",
        "cursor=",
        "cursor=%00",
        "cursor=AAAA",
        "cursor=LONG",
        "offset=3",
        "limit=%ZZ",
        "%00=1",
        "cursor=%C3%28"
      })
  void a_bad_parameter_is_a_problem(String query) throws IOException {
    // Raw, as Java's client would not send all of these.
    var answer = raw("GET /events?" + query.replace("LONG", "A".repeat(7000)) + " HTTP/1.1");
    assertThat(answer).startsWith("HTTP/1.1 400").contains("application/problem+json");
    if (!query.contains("%ZZ")) {
      assertThat(answer).contains("\"field\":\"");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sort=size", "sort=takenAt,name", "sort=TAKENAT", "mimeType=video/*", "mimeType=image",
        "mimeType=%00", "mimeType=image/%25", "q=%00", "q=a%0Ab", "sort=takenAt;drop",
        "folder=x"
      })
  void a_bad_filter_or_order_of_photos_is_a_problem(String query) {
    var answer = api.get("/events/" + UUID.randomUUID() + "/photos?" + query);
    assertProblem(answer, 400);
    assertThat(answer.at("/errors/0/field")).isEqualTo(query.substring(0, query.indexOf('=')));
  }

  @Test
  void a_path_without_parameters_takes_none() {
    assertProblem(api.get("/events/sync/statistics?x=1"), 400);
    assertProblem(api.get("/events/" + UUID.randomUUID() + "?fields=name"), 400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "1-1-1-1-1",
        "undefined",
        "%27%20or%201=1",
        "0198a1b2000070008000000000000000"
      })
  void what_is_no_id_is_a_problem(String id) {
    for (var path : new String[] {"", "/photos", "/sync-status", "/sync-runs", "/issues"}) {
      var answer = api.get("/events/" + id + path);
      assertProblem(answer, 400);
      assertThat(answer.at("/errors/0/field")).isEqualTo("id");
    }
  }

  @Test
  void an_unknown_id_is_not_found_whatever_is_asked_of_it() {
    var path = "/events/" + UUID.randomUUID();
    for (var more : new String[] {"", "/photos", "/sync-status", "/sync-runs", "/issues"}) {
      assertProblem(api.get(path + more), 404);
    }
    assertProblem(api.delete(path), 404);
    assertProblem(api.patch(path, "{}"), 404);
    assertProblem(api.post(path + "/sync", null), 404);
    assertProblem(api.post(path + "/held-removal/accept", null), 404);
    assertProblem(api.get(path + "/sync-runs/" + UUID.randomUUID()), 404);
    assertProblem(api.get(path + "/photos/" + UUID.randomUUID() + "/history"), 404);
    assertProblem(api.delete("/admin/dead-letters/" + UUID.randomUUID()), 404);
    assertProblem(api.post("/admin/dead-letters/" + UUID.randomUUID() + "/sync", null), 404);
    assertProblem(api.get(path + "/photos/" + UUID.randomUUID() + "/content"), 404);
    assertProblem(api.get(path + "/photos/" + UUID.randomUUID() + "/thumbnail"), 404);
    assertProblem(
        api.post(path + "/download-selections", "{\"photoIds\": [\"" + UUID.randomUUID() + "\"]}"),
        404);
    assertProblem(api.get(path + "/download-selections"), 404);
    assertProblem(api.delete(path + "/download-selections/" + UUID.randomUUID()), 404);
    assertProblem(api.get("/no/such/page"), 404);
    assertProblem(api.get("/problems/no-such-problem"), 404);
  }

  @Test
  void other_methods_formats_and_types_are_problems_too() {
    assertProblem(api.send(api.request("/events").PUT(ofString("{}"))), 405);
    assertThat(api.delete("/events").header("Allow")).contains("GET").contains("POST");
    assertProblem(api.body("POST", "/events", "text/html", ofString("{\"name\": \"a\"}")), 415);
    assertProblem(api.body("POST", "/events", "nonsense", ofString("{\"name\": \"a\"}")), 415);
    assertProblem(
        api.body("POST", "/events", "application/x-www-form-urlencoded", ofString("name=a")), 415);
    assertProblem(api.send(api.request("/events").POST(ofString("{}"))), 415);
    assertProblem(api.body("POST", "/events", JSON, ofString("")), 415);
    assertProblem(api.get("/events", "Accept", "text/html"), 406);
    assertProblem(api.get("/events", "Accept", "nonsense"), 406);
    assertProblem(api.send(api.request("/events").method("BREW", noBody())), 400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /events/../../etc/passwd HTTP/1.1",
        "GET /events;x=1 HTTP/1.1",
        "GET //events HTTP/1.1",
        "GET /events/%2e%2e/x HTTP/1.1",
        "GET /events%00 HTTP/1.1",
        "GET /events/%2F HTTP/1.1",
        "GET /events?q=<x> HTTP/1.1",
        "GET /events\u0001 HTTP/1.1",
        "TRACE /events HTTP/1.1"
      })
  void what_never_reaches_a_controller_is_a_problem_too(String line) throws IOException {
    assertThat(raw(line))
        .matches("(?s)HTTP/1.1 4\\d\\d.*")
        .contains("application/problem+json")
        .doesNotContain("<html")
        .doesNotContain("org.");
  }

  @Test
  void a_problem_tells_its_type_and_the_type_is_a_page() {
    var problem = api.post("/events", "{}");
    var page = api.send(api.anonymous(problem.at("/type")).GET());
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.text()).contains("The request is not valid");
    assertThat(api.send(api.anonymous("/problems").GET()).text())
        .contains("/problems/invalid-folder-url");
  }

  private String raw(String line) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(10_000);
      var request =
          line
              + "\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer "
              + Api.TOKEN
              + "\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void assertProblem(Answer answer, int status) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.json().propertyNames())
        .containsExactly("type", "title", "status", "detail", "instance", "errors");
    assertThat(answer.at("/status")).isEqualTo(String.valueOf(status));
    assertThat(answer.at("/type")).startsWith("/problems/");
    assertThat(answer.text())
        .doesNotContain("org.drivelens")
        .doesNotContain("springframework")
        .doesNotContain("Exception")
        .doesNotContain(Api.TOKEN);
  }
}
