package org.drivelens.api.content;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The one range of bytes that a request asks for. Several ranges in one request, and whatever else
 * is no range of bytes, are answered with the whole file, as RFC 9110 (14.2) allows.
 */
public record ByteRange(String header) {

  private static final Pattern ONE = Pattern.compile("bytes=(\\d{1,18}-\\d{0,18}|-\\d{1,18})");

  /**
   * @param header the header Range
   * @param ifRange the header If-Range: the range is wanted only of this content
   * @param etag of the content there is
   */
  public static @Nullable ByteRange of(
      @Nullable String header, @Nullable String ifRange, String etag) {
    if (header == null || !ONE.matcher(header).matches()) {
      return null;
    }
    return ifRange == null || ifRange.equals(etag) ? new ByteRange(header) : null;
  }

  /**
   * The first byte wanted of a file of this size; only asked of a range that is neither outside nor
   * backwards.
   */
  public long first(long size) {
    var bounds = bounds();
    return bounds[0].isEmpty()
        ? Math.max(0, size - Long.parseLong(bounds[1]))
        : Long.parseLong(bounds[0]);
  }

  /** Behind the last byte wanted. */
  public long end(long size) {
    var bounds = bounds();
    return bounds[0].isEmpty() || bounds[1].isEmpty()
        ? size
        : Math.min(size, Long.parseLong(bounds[1]) + 1);
  }

  /** Whether it lies outside a file of this size, so that nobody needs to ask Drive. */
  public boolean isOutside(long size) {
    var bounds = bounds();
    if (bounds[0].isEmpty()) {
      return Long.parseLong(bounds[1]) == 0 || size == 0;
    }
    return Long.parseLong(bounds[0]) >= size;
  }

  /** Such a range is to be ignored. */
  public boolean isBackwards() {
    var bounds = bounds();
    return !bounds[0].isEmpty()
        && !bounds[1].isEmpty()
        && Long.parseLong(bounds[0]) > Long.parseLong(bounds[1]);
  }

  private String[] bounds() {
    return header.substring("bytes=".length()).split("-", 2);
  }
}
