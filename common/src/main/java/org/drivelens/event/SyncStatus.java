package org.drivelens.event;

/** How an event stands to its folder; computed by the view {@code event_status}. */
public enum SyncStatus {
  /** No folder yet. */
  NEVER_SYNCED,
  /** The gallery shows the folder as of {@code lastSyncedAt}. */
  UP_TO_DATE,
  /** Something is due: a request, a change, or the next attempt. */
  SYNC_REQUIRED,
  /** A worker is at it now. */
  SYNCING,
  /**
   * Failed until a person, the scheduler or the folder itself changes something; the gallery is
   * kept.
   */
  ERROR
}
