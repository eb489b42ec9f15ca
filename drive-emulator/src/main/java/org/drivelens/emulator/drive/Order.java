package org.drivelens.emulator.drive;

import java.util.Comparator;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.drivelens.emulator.library.Item;
import org.drivelens.emulator.library.Seen;
import org.drivelens.emulator.wire.GoogleError;
import org.jspecify.annotations.Nullable;

/** orderBy (drive-api 2). */
final class Order {

  private static final Pattern DIGITS = Pattern.compile("\\d+");

  private static final Map<String, Comparator<Seen>> KEYS =
      Map.ofEntries(
          Map.entry("folder", by(item -> item.isFolder() ? 0 : 1)),
          Map.entry("name", by(item -> item.name().toLowerCase(Locale.ROOT))),
          Map.entry("name_natural", by(item -> padded(item.name()))),
          Map.entry("createdTime", by(Item::createdTime)),
          Map.entry("modifiedTime", by(Item::modifiedTime)),
          Map.entry("recency", by(Item::modifiedTime)),
          Map.entry("quotaBytesUsed", by(Order::size)),
          Map.entry("sharedWithMeTime", by(Item::sharedTime)),
          Map.entry("modifiedByMeTime", by(item -> 0)),
          Map.entry("viewedByMeTime", by(item -> 0)),
          Map.entry("starred", by(item -> 0)));

  private Order() {}

  static Comparator<Seen> parse(String text) {
    Comparator<Seen> order = (_, _) -> 0;
    var used = new HashSet<String>();
    for (String part : text.split(",", -1)) {
      String[] words = part.strip().split("\\s+", -1);
      Comparator<Seen> key = KEYS.get(words[0]);
      boolean descending = words.length == 2 && words[1].equals("desc");
      if (key == null || words.length > 2 || (words.length == 2 && !descending)) {
        throw GoogleError.invalidValue("orderBy");
      }
      if (!used.add(words[0])) {
        // drive-api 2: a repeated key is 403.
        throw new GoogleError(
                403,
                "orderByContainsDuplicateSortKeys",
                "The orderBy parameter cannot contain duplicate sort keys.")
            .at("orderBy");
      }
      order = order.thenComparing(descending ? key.reversed() : key);
    }
    return order;
  }

  private static <T extends Comparable<? super T>> Comparator<Seen> by(
      Function<Item, @Nullable T> value) {
    return Comparator.comparing(
        seen -> value.apply(seen.item()), Comparator.nullsFirst(Comparator.<T>naturalOrder()));
  }

  private static long size(Item item) {
    return item.content() == null ? 0 : item.content().size();
  }

  /** Numbers as long as the longest, so that IMG_9 comes before IMG_10. */
  private static String padded(String name) {
    return DIGITS
        .matcher(name.toLowerCase(Locale.ROOT))
        .replaceAll(match -> "0".repeat(Math.max(0, 20 - match.group().length())) + match.group());
  }
}
