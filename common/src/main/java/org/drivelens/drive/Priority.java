package org.drivelens.drive;

/** For whom Drive is called: who is more urgent gets the fleet's quota first. */
public enum Priority {
  /** Somebody looks at an image; may spend all there is. */
  VIEWER("viewer_units"),
  /** A person waits for a sync. */
  INTERACTIVE("interactive_units"),
  /**
   * The change log, read for all galleries while nobody waits. Spends like bulk work, but does not
   * stand in its line: one call that many wait for, behind hundreds that fill one gallery.
   */
  FEED("bulk_units"),
  /** Nobody waits. */
  BULK("bulk_units");

  /** Counts in {@code drive_quota} what was drawn. */
  final String column;

  Priority(String column) {
    this.column = column;
  }
}
