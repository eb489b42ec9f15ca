package org.drivelens.worker.photos;

/**
 * What a write changed, in photos. A photo that returned counts as added.
 *
 * @param held photos that seem to be gone and are kept
 */
public record Tally(int added, int updated, int moved, int removed, int held) {

  public static final Tally NOTHING = new Tally(0, 0, 0, 0, 0);

  static Tally added(int photos) {
    return new Tally(photos, 0, 0, 0, 0);
  }

  static Tally removed(int photos) {
    return new Tally(0, 0, 0, photos, 0);
  }

  static Tally held(int photos) {
    return new Tally(0, 0, 0, 0, photos);
  }

  public Tally plus(Tally other) {
    return new Tally(
        added + other.added,
        updated + other.updated,
        moved + other.moved,
        removed + other.removed,
        held + other.held);
  }

  /** By how much the number of photos in the gallery grew. */
  public int growth() {
    return added - removed;
  }
}
