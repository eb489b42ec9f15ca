package org.drivelens.worker.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.drivelens.settings.BadSetting;
import org.drivelens.testsupport.OnRealParts;
import org.drivelens.testsupport.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who opens a channel, and to which address. */
@OnRealParts
class ChannelsTest {

  private static final String ADDRESS = "https://photos.example.org/webhooks/google-drive";

  @Test
  void of_many_workers_one_opens_a_channel_and_another_only_if_it_dies_over_it(
      TestDatabase database) {
    database.clear();
    var jdbc = database.jdbc();
    var feed =
        jdbc.sql("insert into drive_feed (credential, token) values ('robot', 't') returning id")
            .query(UUID.class)
            .single();
    var properties =
        new PushProperties(Duration.ofDays(1), Duration.ofMinutes(5), Duration.ofMinutes(2), false);
    var channels = new Channels(jdbc, properties);
    channels.want(List.of(feed), "robot");

    var claims =
        IntStream.range(0, 16)
            .parallel()
            .mapToObj(_ -> channels.claim("robot", ADDRESS))
            .flatMap(Optional::stream)
            .toList();
    assertThat(claims).containsExactly(feed);
    assertThat(channels.claim("robot", ADDRESS)).isEmpty();
    assertThat(channels.claim("another robot", ADDRESS)).isEmpty();

    jdbc.sql("update push_watch set claimed_until = clock_timestamp() - interval '1 second'")
        .update();
    assertThat(channels.claim("robot", ADDRESS)).hasValue(feed);
  }

  @Test
  void who_replaced_the_service_account_keeps_no_channels_for_the_old_one(TestDatabase database) {
    database.clear();
    var jdbc = database.jdbc();
    jdbc.sql(
            """
            with feeds as (
              insert into drive_feed (credential, token, as_of)
              values ('replaced', 't', now() - interval '16 minutes'), ('beside', 't', now() - interval '1 minute')
              returning id)
            insert into push_watch (feed_id) select id from feeds
            """)
        .update();
    var properties =
        new PushProperties(Duration.ofDays(1), Duration.ofMinutes(5), Duration.ofMinutes(2), false);
    new Channels(jdbc, properties).want(List.of(), "robot");
    assertThat(
            jdbc.sql("select credential from push_watch join drive_feed on id = feed_id")
                .query((row, n) -> row.getString(1))
                .list())
        .containsExactly("beside");
  }

  @Test
  void a_public_address_is_that_of_the_webhook() {
    assertThat(PublicAddress.webhook("https://photos.example.org/", false)).hasValue(ADDRESS);
    assertThat(PublicAddress.webhook("https://example.org:8443/photos", false))
        .hasValue("https://example.org:8443/photos/webhooks/google-drive");
    assertThat(PublicAddress.webhook(" ", false)).isEmpty();
    assertThat(PublicAddress.webhook("http://127.0.0.1:8080", true))
        .hasValue("http://127.0.0.1:8080/webhooks/google-drive");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://photos.example.org",
        "photos.example.org",
        "https://",
        "https://localhost",
        "https://127.0.0.1",
        "https://intern",
        "https://user:hunter2@photos.example.org",
        "https://photos.example.org/?key=hunter2",
        "https://photos.example.org/#hunter2",
        "https://photos example.org/hunter2",
        "http://169.254.169.254/",
        "http://localhost.example.org/",
        "file:///hunter2"
      })
  void a_bad_one_is_told_without_what_may_be_secret_in_it(String bad) {
    // Plain HTTP can be allowed for this machine alone.
    for (var allowHttp : new boolean[] {false, true}) {
      assertThatThrownBy(() -> PublicAddress.webhook(bad, allowHttp))
          .isInstanceOf(BadSetting.class)
          .hasNoCause()
          .hasMessageContaining("DRIVELENS_PUBLIC_URL")
          .hasMessageNotContaining("hunter2");
    }
  }
}
