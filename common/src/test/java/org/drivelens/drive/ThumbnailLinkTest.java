package org.drivelens.drive;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThumbnailLinkTest {

  private static final URI ROOT = URI.create("http://127.0.0.1:8765/");

  @ParameterizedTest
  @CsvSource({
    "https://lh3.googleusercontent.com/drive-storage/AbC=s220,"
        + "https://lh3.googleusercontent.com/drive-storage/AbC=s400",
    "https://lh3.googleusercontent.com/d/AbC=w200-h190-p-k-nu,"
        + "https://lh3.googleusercontent.com/d/AbC=s400",
    "https://lh3.google.com/u/0/d/AbC=s220-c,https://lh3.google.com/u/0/d/AbC=s400",
    "https://docs.google.com/feeds/vt?gd=true&id=x,https://docs.google.com/feeds/vt?gd=true&id=x",
    "http://127.0.0.1:8765/thumbnails/AbC=s220,http://127.0.0.1:8765/thumbnails/AbC=s400"
  })
  void a_link_of_google_or_of_our_root_is_asked_for_our_size(String link, String sized) {
    assertThat(new ThumbnailLink(link, null, null).sized(400, ROOT))
        .hasValueSatisfying(url -> assertThat(url.build()).isEqualTo(sized));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example/x=s220",
        "https://googleusercontent.com.evil.example/x=s220",
        "https://evilgoogle.com/x=s220",
        "https://lh3.googleusercontent.com@evil.example/x=s220",
        "https://me@lh3.googleusercontent.com/x=s220",
        "https://lh3.googleusercontent.com:8443/x=s220",
        "http://lh3.googleusercontent.com/x=s220",
        "http://127.0.0.1:8766/x=s220",
        "https://127.0.0.1:8765/x=s220",
        "http://127.0.0.1/x=s220",
        "http://169.254.169.254/latest/meta-data",
        "file:///etc/passwd",
        "//lh3.googleusercontent.com/x=s220",
        "not a link"
      })
  void our_token_is_sent_nowhere_else(String link) {
    assertThat(new ThumbnailLink(link, null, null).sized(400, ROOT)).isEmpty();
  }

  @Test
  void without_a_root_of_our_own_only_google_is_asked() {
    assertThat(new ThumbnailLink("http://127.0.0.1:8765/x=s220", null, null).sized(400, null))
        .isEmpty();
    assertThat(new ThumbnailLink(null, null, null).sized(400, ROOT)).isEmpty();
  }
}
