package org.drivelens.drive;

import com.google.api.client.http.GenericUrl;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where Drive keeps a thumbnail; it is asked with our bearer token, so not just any host.
 *
 * @param link null if there is none
 * @param md5 of the content that the file had then
 */
record ThumbnailLink(@Nullable String link, @Nullable String md5, @Nullable Long version) {

  static final String FIELDS = "thumbnailLink,md5Checksum,version";

  private static final Pattern SIZE = Pattern.compile("=(s\\d+|w\\d+-h\\d+)(-[a-z]+)*$");

  /** The link for this longest side, empty when it leads elsewhere than to Google or our root. */
  Optional<GenericUrl> sized(int pixels, @Nullable URI root) {
    if (link == null) {
      return Optional.empty();
    }
    try {
      var sized = new URI(SIZE.matcher(link).replaceFirst("=s" + pixels));
      return isTrusted(sized, root)
          ? Optional.of(new GenericUrl(sized.toString(), true))
          : Optional.empty();
    } catch (URISyntaxException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static boolean isTrusted(URI link, @Nullable URI root) {
    if (link.getHost() == null || link.getRawUserInfo() != null) {
      return false;
    }
    if (root != null
        && Objects.equals(root.getScheme(), link.getScheme())
        && Objects.equals(root.getAuthority(), link.getAuthority())) {
      return true;
    }
    var host = "." + link.getHost().toLowerCase(Locale.ROOT);
    return "https".equals(link.getScheme())
        && (link.getPort() == -1 || link.getPort() == 443)
        && (host.endsWith(".googleusercontent.com") || host.endsWith(".google.com"));
  }
}
