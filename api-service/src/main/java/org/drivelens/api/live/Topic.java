package org.drivelens.api.live;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.drivelens.api.problems.ApiProblem;
import org.drivelens.api.problems.ProblemType;
import org.jspecify.annotations.Nullable;

/** What one can listen to. */
enum Topic {
  /** Runs that ended. They have ids and are told again to whoever missed them. */
  RUNS,
  /** Runs that go on, while their counts change. */
  PROGRESS;

  /** A list separated by commas; null for all. */
  static Set<Topic> parse(@Nullable String names) {
    if (names == null) {
      return EnumSet.allOf(Topic.class);
    }
    var topics = EnumSet.noneOf(Topic.class);
    for (var name : names.split(",", -1)) {
      topics.add(
          Arrays.stream(values())
              .filter(topic -> topic.word().equals(name.strip()))
              .findFirst()
              .orElseThrow(() ->
                  ApiProblem.of(
                      ProblemType.INVALID_REQUEST,
                      "topics",
                      "must be a list of runs, progress, separated by commas")));
    }
    return topics;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
