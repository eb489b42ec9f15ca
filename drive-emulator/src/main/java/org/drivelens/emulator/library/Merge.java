package org.drivelens.emulator.library;

import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Several folders' children as one sequence, and only those that the robot sees. */
final class Merge implements Iterator<Seen> {
  private final PriorityQueue<Source> sources =
      new PriorityQueue<>(Comparator.comparingLong((Source source) -> source.ordinal).reversed());
  private final Tree tree;
  private final Sight sight;
  private @Nullable Seen next;

  Merge(Tree tree, Sight sight, List<NavigableMap<Long, String>> maps, @Nullable Long before) {
    this.tree = tree;
    this.sight = sight;
    for (var map : maps) {
      var part = before == null ? map : map.headMap(before, false);
      var source = new Source(part.descendingMap().entrySet().iterator());
      if (source.advance()) {
        sources.add(source);
      }
    }
    step();
  }

  private void step() {
    next = null;
    while (next == null && !sources.isEmpty()) {
      Source source = sources.remove();
      next = sight.of(tree.find(source.id));
      if (source.advance()) {
        sources.add(source);
      }
    }
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  @Override
  public Seen next() {
    Seen result = Objects.requireNonNull(next);
    step();
    return result;
  }

  private static final class Source {
    private final Iterator<Map.Entry<Long, String>> rest;
    private long ordinal;
    private String id = "";

    Source(Iterator<Map.Entry<Long, String>> rest) {
      this.rest = rest;
    }

    boolean advance() {
      if (!rest.hasNext()) {
        return false;
      }
      var entry = rest.next();
      ordinal = entry.getKey();
      id = entry.getValue();
      return true;
    }
  }
}
