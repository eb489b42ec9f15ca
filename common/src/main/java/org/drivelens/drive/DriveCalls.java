package org.drivelens.drive;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Counts the calls to Drive and their quota units, retries included; safe for many threads. */
public final class DriveCalls {

  private final Map<String, Count> byMethod = new ConcurrentHashMap<>();

  void add(String method, int units) {
    byMethod.merge(method, new Count(1, units), Count::plus);
  }

  /** By Google's name of the method, such as {@code files.list}. */
  public SortedMap<String, Count> byMethod() {
    return new TreeMap<>(byMethod);
  }

  /** Of one method; nothing while it was not called. */
  Count of(String method) {
    return byMethod.getOrDefault(method, new Count(0, 0));
  }

  public Count total() {
    return byMethod.values().stream().reduce(new Count(0, 0), Count::plus);
  }

  /** Calls and the quota units they cost. */
  public record Count(long calls, long units) {

    Count plus(Count other) {
      return new Count(calls + other.calls, units + other.units);
    }
  }
}
