package org.drivelens.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.drivelens.api.Api;
import org.drivelens.api.OnTheApi;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/** Clients that ask too often, told apart by what a trusted proxy says of them. */
@OnTheApi
@TestPropertySource(
    properties = {
      "drivelens.limit.requests-per-minute=30",
      "drivelens.limit.anonymous-per-minute=20",
      "drivelens.limit.failed-logins-per-minute=5",
      "drivelens.trusted-proxies=127.0.0.1,10.0.0.0/8"
    })
class LimitsTest {

  private final Api api;

  LimitsTest(@LocalServerPort int port) {
    api = new Api(port);
  }

  @Test
  void whoever_asks_too_often_is_told_when_to_go_on_and_others_are_not_disturbed() {
    var last = IntStream.range(0, 21).mapToObj(_ -> from("198.51.100.1")).toList().getLast();
    assertThat(last.status()).isEqualTo(429);
    assertThat(last.at("/type")).isEqualTo("/problems/too-many-requests");
    assertThat(Integer.parseInt(last.header("Retry-After"))).isBetween(1, 60);
    assertThat(from("198.51.100.2").status()).isEqualTo(200);
    assertThat(api.send(api.anonymous("/readyz").GET()).status()).isEqualTo(200);

    var known = IntStream.range(0, 31).mapToObj(_ -> api.get("/events")).toList().getLast();
    assertThat(known.status()).isEqualTo(429);
  }

  @Test
  void wrong_tokens_are_slowed_down() {
    var last =
        IntStream.range(0, 6)
            .mapToObj(n ->
                api.get(
                    "/events", "Authorization", "Bearer x" + n, "X-Forwarded-For", "198.51.100.3"))
            .toList()
            .getLast();
    assertThat(last.status()).isEqualTo(429);
  }

  @Test
  void behind_tls_browsers_are_told_to_stay_with_it() {
    var plain = from("198.51.100.4");
    assertThat(plain.headers().firstValue("Strict-Transport-Security")).isEmpty();
    var secure = api.send(api.anonymous("/problems").setHeader("X-Forwarded-Proto", "https").GET());
    assertThat(secure.header("Strict-Transport-Security")).contains("max-age");
  }

  private Api.Answer from(String address) {
    return api.send(api.anonymous("/problems").setHeader("X-Forwarded-For", address).GET());
  }
}
