package org.drivelens.emulator.query;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.drivelens.emulator.library.Seen;
import org.jspecify.annotations.Nullable;

/** One node of a query. */
sealed interface Clause {

  boolean test(Seen seen);

  /** The folders that contain every match, null if unbounded. */
  default @Nullable Set<String> within() {
    return null;
  }

  /** What it is made of. */
  default List<Clause> parts() {
    return List.of();
  }

  default void collectParents(Set<String> to) {
    parts().forEach(part -> part.collectParents(to));
  }

  default boolean hasFullText() {
    return parts().stream().anyMatch(Clause::hasFullText);
  }

  record Term(Predicate<Seen> condition, boolean hasFullText) implements Clause {
    @Override
    public boolean test(Seen seen) {
      return condition.test(seen);
    }
  }

  record InParents(String id, Predicate<Seen> condition) implements Clause {
    @Override
    public boolean test(Seen seen) {
      return condition.test(seen);
    }

    @Override
    public Set<String> within() {
      return Set.of(id);
    }

    @Override
    public void collectParents(Set<String> to) {
      to.add(id);
    }
  }

  record Not(Clause part) implements Clause {
    @Override
    public boolean test(Seen seen) {
      return !part.test(seen);
    }

    @Override
    public List<Clause> parts() {
      return List.of(part);
    }
  }

  record And(List<Clause> parts) implements Clause {
    @Override
    public boolean test(Seen seen) {
      return parts.stream().allMatch(part -> part.test(seen));
    }

    @Override
    public @Nullable Set<String> within() {
      for (Clause part : parts) {
        Set<String> within = part.within();
        if (within != null) {
          return within;
        }
      }
      return null;
    }
  }

  record Or(List<Clause> parts) implements Clause {
    @Override
    public boolean test(Seen seen) {
      return parts.stream().anyMatch(part -> part.test(seen));
    }

    @Override
    public @Nullable Set<String> within() {
      var all = new HashSet<String>();
      for (Clause part : parts) {
        Set<String> within = part.within();
        if (within == null) {
          return null;
        }
        all.addAll(within);
      }
      return all;
    }
  }
}
