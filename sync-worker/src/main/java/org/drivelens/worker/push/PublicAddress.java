package org.drivelens.worker.push;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.drivelens.settings.BadSetting;

/** The address under which Google reaches the API, made from the setting. */
final class PublicAddress {

  private static final String WEBHOOK = "/webhooks/google-drive";
  private static final Set<String> THIS_MACHINE = Set.of("127.0.0.1", "localhost", "[::1]");

  private PublicAddress() {}

  /**
   * The address of the webhook; empty if none is set, which switches push off.
   *
   * @param setting never told in an error: there may be a password in it
   * @param allowHttp whether this machine itself may do without TLS
   * @throws BadSetting with a sentence for the operator
   */
  static Optional<String> webhook(String setting, boolean allowHttp) {
    var text = setting.strip();
    if (text.isEmpty()) {
      return Optional.empty();
    }
    var address = parsed(text);
    var host = address.getHost() == null ? "" : address.getHost().toLowerCase(Locale.ROOT);
    var here = THIS_MACHINE.contains(host);
    var secure = "https".equalsIgnoreCase(address.getScheme());
    var excused = "http".equalsIgnoreCase(address.getScheme()) && here && allowHttp;
    if (host.isEmpty() || (!secure && !excused)) {
      throw bad("it must begin with https:// and a host name: Google posts to nothing else");
    }
    if (secure && (here || !host.contains("."))) {
      throw bad("it names a host that Google cannot reach");
    }
    if (address.getRawUserInfo() != null
        || address.getRawQuery() != null
        || address.getRawFragment() != null) {
      throw bad("it may hold a host, a port and a path, and nothing else");
    }
    return Optional.of(text.replaceAll("/+$", "") + WEBHOOK);
  }

  private static URI parsed(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      // Without the cause, which repeats the text.
      throw bad("it is not a web address");
    }
  }

  private static BadSetting bad(String why) {
    return new BadSetting(
        "DRIVELENS_PUBLIC_URL cannot be used: %s. Set it to the address under which the API is reached from the internet, such as https://photos.example.org, or leave it out: then changes are found by polling alone."
            .formatted(why));
  }
}
