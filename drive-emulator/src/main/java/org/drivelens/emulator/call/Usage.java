package org.drivelens.emulator.call;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Quota units that were asked for: by method, by second, and the most at once. */
public final class Usage {

  private static final int SECONDS_KEPT = 3_600;

  private final TreeMap<Long, Map<DriveMethod, Integer>> seconds = new TreeMap<>();
  private final Map<DriveMethod, Long> calls = new EnumMap<>(DriveMethod.class);
  private Window minute = new Window(Duration.ofMinutes(1));
  private Window second = new Window(Duration.ofSeconds(1));
  private Instant latest = Instant.MIN;

  Usage() {}

  synchronized void add(Instant at, DriveMethod method) {
    latest = at.isAfter(latest) ? at : latest;
    minute.add(latest, method.units());
    second.add(latest, method.units());
    calls.merge(method, 1L, Long::sum);
    seconds
        .computeIfAbsent(at.getEpochSecond(), key -> new EnumMap<>(DriveMethod.class))
        .merge(method, 1, Integer::sum);
    if (seconds.size() > SECONDS_KEPT) {
      seconds.pollFirstEntry();
    }
  }

  synchronized void clear() {
    seconds.clear();
    calls.clear();
    minute = new Window(Duration.ofMinutes(1));
    second = new Window(Duration.ofSeconds(1));
  }

  /** Of all calls since counting began, whatever was answered (drive-api 8). */
  public synchronized long units() {
    return calls.entrySet().stream()
        .mapToLong(count -> count.getValue() * count.getKey().units())
        .sum();
  }

  /** The most units in any 60 s. */
  public synchronized long mostInAnyMinute() {
    return minute.most();
  }

  /** The most units in any 1 s. */
  public synchronized long mostInAnySecond() {
    return second.most();
  }

  /** Calls and units of every method, by its wire name. */
  public synchronized Map<String, Object> byMethod() {
    var all = new LinkedHashMap<String, Object>();
    for (DriveMethod method : DriveMethod.values()) {
      long count = calls.getOrDefault(method, 0L);
      all.put(method.wireName(), Map.of("calls", count, "units", count * method.units()));
    }
    return all;
  }

  /** What was asked in one second of the clock. */
  public record Second(Instant at, int units, Map<String, Integer> calls) {}

  /** The latest seconds in which anything was asked, oldest first. */
  public synchronized List<Second> bySecond(int most) {
    var all = new ArrayList<Second>();
    seconds.descendingMap().entrySet().stream()
        .limit(most)
        .forEach(entry -> all.addFirst(second(entry.getKey(), entry.getValue())));
    return all;
  }

  private static Second second(long at, Map<DriveMethod, Integer> counts) {
    var calls = new LinkedHashMap<String, Integer>();
    counts.forEach((method, count) -> calls.put(method.wireName(), count));
    int units =
        counts.entrySet().stream()
            .mapToInt(count -> count.getKey().units() * count.getValue())
            .sum();
    return new Second(Instant.ofEpochSecond(at), units, calls);
  }
}
