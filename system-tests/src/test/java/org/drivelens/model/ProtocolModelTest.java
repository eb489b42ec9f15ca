package org.drivelens.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.drivelens.model.World.Violation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * With all rules no schedule goes wrong; without one of them, some schedule does.
 *
 * <p>{@code -Dmodel.first=1001 -Dmodel.seeds=20000} runs other schedules than those of the build,
 * and {@code -Dmodel.story=true} tells all that happens in those that go wrong.
 */
class ProtocolModelTest {

  private static final long FIRST = Long.getLong("model.first", 1);
  private static final int SEEDS = Integer.getInteger("model.seeds", 150);

  /** How far a schedule is looked for that shows why a rule is needed. */
  private static final int FAR = 4_000;

  @Test
  void galleries_follow_their_folders_in_the_usual_weather() {
    assertThat(violations(Weather.usual())).isEmpty();
  }

  @Test
  void requests_are_answered_by_what_was_true_when_they_were_made() {
    assertThat(violations(Weather.prompt())).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Weather.class,
      names = {
        "ROOTS_TRASHED",
        "UNSEEN_ANCESTOR",
        "LATE_FLAGS",
        "OFFSET_PAGES",
        "HIDING_FOLDERS",
        "INCOMPLETE_LISTINGS"
      })
  void galleries_follow_their_folders_in_rare_weather_too(Weather rare) {
    assertThat(violations(Weather.usualWith(rare))).isEmpty();
  }

  static Stream<Rule> needed() {
    return Stream.of(Rule.values()).filter(Rule::isKnownToBeNeeded);
  }

  @ParameterizedTest
  @MethodSource("needed")
  void every_rule_is_needed(Rule rule) {
    var shown =
        in(threads -> {
          for (long seed = rule.seed; seed < rule.seed + FAR; seed++) {
            var world = run(seed, World.allBut(rule), rule.weather);
            if (!world.violations.isEmpty()) {
              return Map.of(seed, world.violations);
            }
          }
          return Map.of();
        });
    assertThat(shown).as("schedules that go wrong without: %s", rule.sentence).isNotEmpty();
    var seed = (Long) shown.keySet().iterator().next();
    var withIt = in(threads -> run(seed, EnumSet.allOf(Rule.class), rule.weather).violations);
    assertThat(withIt).as("what the same schedule %d does with it", seed).isEmpty();
  }

  private static Map<Long, Map<Violation, String>> violations(Set<Weather> weather) {
    return violations(EnumSet.allOf(Rule.class), weather);
  }

  private static Map<Long, Map<Violation, String>> violations(
      Set<Rule> rules, Set<Weather> weather) {
    return in(threads -> {
      var runs = new TreeMap<Long, Callable<Map<Violation, String>>>();
      LongStream.range(FIRST, FIRST + SEEDS)
          .forEach(seed -> runs.put(seed, () -> run(seed, rules, weather).violations));
      var found = new TreeMap<Long, Map<Violation, String>>();
      var results = threads.invokeAll(runs.values());
      var seeds = List.copyOf(runs.keySet());
      for (int n = 0; n < seeds.size(); n++) {
        var violations = results.get(n).get();
        if (!violations.isEmpty()) {
          found.put(seeds.get(n), violations);
        }
      }
      return found;
    });
  }

  private static World run(long seed, Set<Rule> rules, Set<Weather> weather) {
    var world = World.of(seed, rules, weather);
    if (!world.violations.isEmpty() && Boolean.getBoolean("model.story")) {
      var story = new ArrayList<String>();
      var _ = new World(seed, rules, weather, story).run();
      story.forEach(System.out::println);
    }
    return world;
  }

  private interface Work<T> {
    T in(ExecutorService threads) throws Exception;
  }

  /** On virtual threads, where the switch between the processes of a world is cheap. */
  private static <T> T in(Work<T> work) {
    int atOnce = Runtime.getRuntime().availableProcessors() + 1;
    try (var threads = Executors.newFixedThreadPool(atOnce, Thread.ofVirtual().factory())) {
      return threads.submit(() -> work.in(threads)).get();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
