package org.drivelens.emulator.query;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.drivelens.emulator.library.Seen;
import org.jspecify.annotations.Nullable;

/** A parsed q (drive-api 2). */
public final class Query implements Predicate<Seen> {

  private static final Query EVERYTHING = new Query(new Clause.Term(seen -> true, false));

  private final Clause root;

  private Query(Clause root) {
    this.root = root;
  }

  /** Who asks, and the folder at the top of their My Drive. */
  public record Asker(String email, String rootId) {}

  /**
   * Everything if the text is null or blank.
   *
   * @param asker who {@code me} is and where {@code root}
   */
  public static Query parse(@Nullable String text, Asker asker) {
    if (text == null || text.isBlank()) {
      return EVERYTHING;
    }
    return new Query(new QueryParser(text, asker).parse());
  }

  @Override
  public boolean test(Seen seen) {
    return root.test(seen);
  }

  /** Folders outside of which nothing can match; null if that cannot be told. */
  public @Nullable Set<String> parents() {
    return root.within();
  }

  /** Every folder that is named anywhere. */
  public Set<String> namedParents() {
    var all = new HashSet<String>();
    root.collectParents(all);
    return all;
  }

  public boolean hasFullText() {
    return root.hasFullText();
  }
}
