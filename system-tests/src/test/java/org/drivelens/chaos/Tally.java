package org.drivelens.chaos;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How often what happened. */
final class Tally {

  private final Map<String, Integer> counts = new TreeMap<>();

  void add(String what) {
    counts.merge(what, 1, Integer::sum);
  }

  void add(Tally other) {
    other.counts.forEach((what, count) -> counts.merge(what, count, Integer::sum));
  }

  int total() {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Those of the kinds that never happened. */
  Collection<String> missing(Collection<String> kinds) {
    return kinds.stream().filter(kind -> !counts.containsKey(kind)).toList();
  }

  @Override
  public String toString() {
    return counts.entrySet().stream()
        .map(e -> e.getKey() + " " + e.getValue())
        .collect(Collectors.joining(", "));
  }
}
