package org.drivelens.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The table that a bench fills; {@code ./drivelens bench} prints it when all are done. */
final class Figures {

  private static final Path TABLE = Path.of("target", "bench", "figures.txt");
  private static final List<List<String>> LINES = new ArrayList<>();

  static {
    LINES.add(List.of("FIGURE", "MEASURED", "BOUND", "LIMIT IN THE SAME RUN", ""));
  }

  private Figures() {}

  /**
   * Adds a line.
   *
   * @param figure what was measured
   * @param measured with its unit
   * @param bound of the design
   * @param limit measured in the same run, such as what raw paging or COPY of the same rows takes;
   *     empty if the bound is absolute
   * @param kept whether the bound holds
   */
  static synchronized void add(
      String figure, String measured, String bound, String limit, boolean kept) {
    LINES.add(List.of(figure, measured, bound, limit, kept ? "kept" : "MISSED"));
    say("%s: %s (%s)".formatted(figure, measured, bound));
    try {
      Files.createDirectories(TABLE.getParent());
      Files.writeString(TABLE, table());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Tells whoever waits how far it is. */
  static void say(String progress) {
    System.out.println("bench: " + progress);
  }

  private static String table() {
    var widths =
        IntStream.range(0, LINES.getFirst().size())
            .map(column ->
                LINES.stream().mapToInt(line -> line.get(column).length()).max().orElse(0))
            .toArray();
    return LINES.stream().map(line -> row(line, widths)).collect(Collectors.joining());
  }

  private static String row(List<String> line, int[] widths) {
    var text = new StringBuilder();
    for (int column = 0; column < widths.length; column++) {
      text.append(line.get(column)).repeat(' ', widths[column] - line.get(column).length() + 2);
    }
    return text.toString().stripTrailing() + "\n";
  }
}
