package org.drivelens.drive;

/** For whom Drive is called: who is more urgent gets the fleet's quota first. */
public enum Priority {
  /** Somebody looks at an image; may spend all there is. */
  VIEWER("viewer_units"),
  /** A person waits for a sync. */
  INTERACTIVE("interactive_units"),
  /**
   * The change log, read for all galleries: one call that many wait for. It does not stand in line
   * behind hundreds that fill one gallery, and may spend what bulk work must leave: a person who
   * comes while it is read waits for it as well.
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
