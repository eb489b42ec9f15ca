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

  default void collectParents(Set<String> to) {}

  default boolean hasFullText() {
    return false;
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

  record Not(Clause clause) implements Clause {
    @Override
    public boolean test(Seen seen) {
      return !clause.test(seen);
    }

    @Override
    public void collectParents(Set<String> to) {
      clause.collectParents(to);
    }

    @Override
    public boolean hasFullText() {
      return clause.hasFullText();
    }
  }

  record And(List<Clause> clauses) implements Clause {
    @Override
    public boolean test(Seen seen) {
      return clauses.stream().allMatch(clause -> clause.test(seen));
    }

    @Override
    public @Nullable Set<String> within() {
      for (Clause clause : clauses) {
        Set<String> within = clause.within();
        if (within != null) {
          return within;
        }
      }
      return null;
    }

    @Override
    public void collectParents(Set<String> to) {
      clauses.forEach(clause -> clause.collectParents(to));
    }

    @Override
    public boolean hasFullText() {
      return clauses.stream().anyMatch(Clause::hasFullText);
    }
  }

  record Or(List<Clause> clauses) implements Clause {
    @Override
    public boolean test(Seen seen) {
      return clauses.stream().anyMatch(clause -> clause.test(seen));
    }

    @Override
    public @Nullable Set<String> within() {
      var all = new HashSet<String>();
      for (Clause clause : clauses) {
        Set<String> within = clause.within();
        if (within == null) {
          return null;
        }
        all.addAll(within);
      }
      return all;
    }

    @Override
    public void collectParents(Set<String> to) {
      clauses.forEach(clause -> clause.collectParents(to));
    }

    @Override
    public boolean hasFullText() {
      return clauses.stream().anyMatch(Clause::hasFullText);
    }
  }
}
