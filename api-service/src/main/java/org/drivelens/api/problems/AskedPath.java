package org.drivelens.api.problems;

import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Pattern;

/** The path of a request as it may be told to others, in answers and logs. */
public final class AskedPath {

  /** The secret of a download link, however its address is spelled. */
  private static final Pattern SECRET =
      Pattern.compile("^(/*(?:download|[^/]*[%;][^/]*)/+)[^/]+", Pattern.CASE_INSENSITIVE);

  private AskedPath() {}

  public static String of(HttpServletRequest request) {
    return withoutSecrets(request.getRequestURI());
  }

  static String withoutSecrets(String path) {
    return SECRET.matcher(path).replaceFirst("$1…");
  }
}
