package org.drivelens.emulator.query;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.drivelens.emulator.library.Seen;
import org.drivelens.emulator.wire.GoogleError;
import org.jspecify.annotations.Nullable;

/** {@code field operator value}. */
final class Comparisons {

  private static final Pattern WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");

  private Comparisons() {}

  static Clause name(String operator, String value) {
    return switch (operator) {
      // drive-api 2: equality folds the case of ASCII letters only.
      case "=" -> term(seen -> asciiFold(seen.item().name()).equals(asciiFold(value)));
      case "!=" -> term(seen -> !asciiFold(seen.item().name()).equals(asciiFold(value)));
      case "contains" -> term(beginsAWord(value));
      // drive-api 2: Google fails on these instead of refusing them.
      case "<", ">", "<=", ">=" -> throw new GoogleError(500, "internalError", "Internal Error");
      default -> throw GoogleError.invalidValue("q");
    };
  }

  static Clause fullText(String operator, String value) {
    if (!operator.equals("contains")) {
      throw GoogleError.invalidValue("q");
    }
    return new Clause.Term(beginsAWord(value), true);
  }

  static Clause mimeType(String operator, String value) {
    return switch (operator) {
      case "=" -> term(seen -> seen.item().mimeType().equals(value));
      case "!=" -> term(seen -> !seen.item().mimeType().equals(value));
      case "contains" -> term(seen -> seen.item().mimeType().contains(value));
      default -> throw GoogleError.invalidValue("q");
    };
  }

  static Clause flag(String operator, boolean value, Predicate<Seen> flag) {
    return switch (operator) {
      case "=" -> term(seen -> flag.test(seen) == value);
      case "!=" -> term(seen -> flag.test(seen) != value);
      default -> throw GoogleError.invalidValue("q");
    };
  }

  static Clause time(String operator, String value, Function<Seen, @Nullable Instant> of) {
    Instant limit = instant(value);
    Predicate<Integer> wanted =
        switch (operator) {
          case "=" -> order -> order == 0;
          case "!=" -> order -> order != 0;
          case "<" -> order -> order < 0;
          case "<=" -> order -> order <= 0;
          case ">" -> order -> order > 0;
          case ">=" -> order -> order >= 0;
          default -> throw GoogleError.invalidValue("q");
        };
    return term(seen -> {
      Instant time = of.apply(seen);
      return time != null && wanted.test(time.compareTo(limit));
    });
  }

  /** drive-api 2: "prefix matching only", of any word of the name. */
  private static Predicate<Seen> beginsAWord(String value) {
    String wanted = value.toLowerCase(Locale.ROOT);
    return seen -> {
      String name = seen.item().name().toLowerCase(Locale.ROOT);
      if (name.startsWith(wanted)) {
        return true;
      }
      for (String word : WORDS.split(name, -1)) {
        if (word.startsWith(wanted)) {
          return true;
        }
      }
      return false;
    };
  }

  /** RFC 3339, UTC if there is no zone (drive-api 2). */
  private static Instant instant(String value) {
    try {
      if (value.length() == 10) {
        return LocalDate.parse(value).atStartOfDay().toInstant(ZoneOffset.UTC);
      }
      boolean zoned = value.endsWith("Z") || value.matches(".*[+-]\\d\\d:\\d\\d");
      return zoned
          ? OffsetDateTime.parse(value).toInstant()
          : LocalDateTime.parse(value).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      throw GoogleError.invalidValue("q");
    }
  }

  private static String asciiFold(String text) {
    var folded = new StringBuilder(text.length());
    text.chars().forEach(c -> folded.append((char) (c >= 'A' && c <= 'Z' ? c + 32 : c)));
    return folded.toString();
  }

  private static Clause term(Predicate<Seen> condition) {
    return new Clause.Term(condition, false);
  }
}
