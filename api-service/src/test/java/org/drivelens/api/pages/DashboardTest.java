package org.drivelens.api.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.drivelens.api.Api;
import org.drivelens.api.OnTheApi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** How the dashboard reaches a browser; what it does there is tested with the built services. */
@OnTheApi
class DashboardTest {

  private static final Pattern ASSET = Pattern.compile("\"(/app/assets/[^\"]+)\"");

  private final Api api;

  DashboardTest(@LocalServerPort int port) {
    api = new Api(port);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/app/",
        "/app/events",
        "/app/events?status=ERROR&q=anna",
        "/app/events/0198a1b2-0000-7000-8000-000000000000"
      })
  void the_address_of_a_view_is_open_and_leads_to_the_page(String path) {
    var page = api.send(api.anonymous(path).GET());
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("Content-Type")).startsWith("text/html");
    assertThat(page.header("Cache-Control")).isEqualTo("no-cache");
    assertThat(page.header("Content-Security-Policy"))
        .contains("script-src 'self';", "style-src 'self';");
    assertThat(page.text())
        .contains("<div id=\"app\">")
        .doesNotContain("<script>", "<style>", "style=");
  }

  @Test
  void scripts_and_styles_are_kept_for_good_since_their_names_change_with_them() {
    var page = api.send(api.anonymous("/app/").GET()).text();
    var assets = ASSET.matcher(page).results().map(found -> found.group(1)).toList();
    assertThat(assets).hasSizeGreaterThanOrEqualTo(2);
    for (var asset : assets) {
      var answer = api.send(api.anonymous(asset).header("Accept-Encoding", "gzip").GET());
      assertThat(answer.status()).as(asset).isEqualTo(200);
      assertThat(answer.header("Cache-Control")).contains("max-age=31536000", "immutable");
      assertThat(answer.header("Content-Encoding")).as(asset).isEqualTo("gzip");
    }
  }

  @Test
  void without_a_slash_it_leads_to_the_one_with() {
    var answer = api.send(api.anonymous("/app").GET());
    assertThat(answer.status()).isEqualTo(302);
    assertThat(answer.header("Location")).endsWith("/app/");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/app/assets/nothing.js",
        "/app/assets/nothing",
        "/app/nothing.svg",
        "/app/..%2fapplication.yml",
        "/app/%2e%2e/application.yml"
      })
  void there_is_nothing_else(String path) {
    var answer = api.send(api.anonymous(path).GET());
    assertThat(answer.status()).as(path).isBetween(400, 404);
    assertThat(answer.text()).doesNotContain("drivelens:", "id=\"app\"");
  }
}
