package org.drivelens.api.paging;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param nextCursor leads to the next part; null at the end of the list
 */
public record Page<T>(
    List<T> items,
    @Schema(
            description =
                "Pass it as `cursor` to get the next part; null at the end of the list. Opaque.")
        @Nullable String nextCursor) {

  /**
   * Cuts a page out of rows of which one more than the page holds was asked for.
   *
   * @param cursor the cursor that leads on from a row
   */
  public static <T> Page<T> of(List<T> rows, int limit, Function<T, String> cursor) {
    if (rows.size() <= limit) {
      return new Page<>(rows, null);
    }
    var items = List.copyOf(rows.subList(0, limit));
    return new Page<>(items, cursor.apply(items.getLast()));
  }
}
