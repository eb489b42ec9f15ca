package org.drivelens.emulator.drive;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.drivelens.emulator.fault.Oddities;
import org.drivelens.emulator.fault.Oddity;
import org.jspecify.annotations.Nullable;

/**
 * Google issue 149522397: a list of several parents sometimes leaves out what lies in some of them,
 * or in all, and says nothing of it.
 */
final class Groups {

  private static final int ALL = -1;
  private static final int NONE = 0;

  private Groups() {}

  /** What a new listing leaves out; the same on all its pages. */
  static int leaveOut(@Nullable Set<String> parents, String query, Oddities oddities) {
    if (parents == null || parents.size() < 2) {
      return NONE;
    }
    if (oddities.strikes(Oddity.EMPTY_GROUPS, query)) {
      return ALL;
    }
    return oddities.strikes(Oddity.PARTIAL_GROUPS, query)
        ? 1 + oddities.draw("parents of " + query, Integer.MAX_VALUE - 1)
        : NONE;
  }

  /** Some but never all of them, unless all are to be left out. */
  static Set<String> parents(@Nullable Set<String> parents, int leftOut) {
    if (parents == null || leftOut == NONE) {
      return Set.of();
    }
    if (leftOut == ALL) {
      return parents;
    }
    List<String> sorted = parents.stream().sorted().toList();
    var random = new Random(leftOut);
    var chosen = new HashSet<String>();
    for (String parent : sorted) {
      if (random.nextBoolean()) {
        chosen.add(parent);
      }
    }
    if (chosen.isEmpty()) {
      chosen.add(sorted.get(random.nextInt(sorted.size())));
    } else if (chosen.size() == sorted.size()) {
      chosen.remove(sorted.get(random.nextInt(sorted.size())));
    }
    return chosen;
  }
}
