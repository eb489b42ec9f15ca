package org.drivelens.worker.photos;

/** What a write changed, in photos. A photo that returned counts as added. */
public record Tally(int added, int updated, int moved, int removed) {

  public static final Tally NOTHING = new Tally(0, 0, 0, 0);

  public Tally plus(Tally other) {
    return new Tally(
        added + other.added, updated + other.updated, moved + other.moved, removed + other.removed);
  }

  /** By how much the number of photos in the gallery grew. */
  public int growth() {
    return added - removed;
  }
}
