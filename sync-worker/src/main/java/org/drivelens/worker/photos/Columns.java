package org.drivelens.worker.photos;

import java.util.Collection;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Many rows as arrays, one for each column, for {@code unnest}. */
public final class Columns {

  private Columns() {}

  /** A column of {@code text}. */
  public static <T> String[] texts(
      Collection<T> rows, Function<? super T, ? extends @Nullable String> column) {
    return rows.stream().map(column).toArray(String[]::new);
  }

  /** A column of {@code bigint}. */
  public static <T> Long[] longs(
      Collection<T> rows, Function<? super T, ? extends @Nullable Number> column) {
    return rows.stream()
        .map(column)
        .map(number -> number == null ? null : number.longValue())
        .toArray(Long[]::new);
  }
}
