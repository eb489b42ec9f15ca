package org.drivelens.api.photos;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.drivelens.api.problems.ApiProblem;
import org.drivelens.api.problems.ProblemType;
import org.jspecify.annotations.Nullable;

/**
 * Which photos of a gallery are asked for.
 *
 * @param q a part of the name, in whatever case
 * @param mimeType exactly this one, or {@code image/*}
 */
record PhotoFilter(@Nullable String q, @Nullable String mimeType) {

  private static final String ALL_IMAGES = "image/*";
  private static final Pattern MIME_TYPE =
      Pattern.compile("[a-z0-9][a-z0-9!#$&^_.+-]{0,126}/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}");

  PhotoFilter {
    q = q == null || q.isEmpty() ? null : q;
    mimeType = mimeType == null ? null : mimeType.toLowerCase(Locale.ROOT);
    if (mimeType != null
        && !mimeType.equals(ALL_IMAGES)
        && !MIME_TYPE.matcher(mimeType).matches()) {
      throw ApiProblem.of(
          ProblemType.INVALID_REQUEST, "mimeType", "must be a type such as image/jpeg, or image/*");
    }
  }

  /** Conditions to be added to others. */
  String sql() {
    return (q == null ? "" : " and p.name ilike :q")
        + (mimeType == null
            ? ""
            : mimeType.equals(ALL_IMAGES)
                ? " and p.mime_type like 'image/%'"
                : " and p.mime_type = :mimeType");
  }

  Map<String, String> parameters() {
    return Map.of(
        "q",
        q == null
            ? ""
            : "%" + q.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%",
        "mimeType",
        mimeType == null ? "" : mimeType);
  }
}
