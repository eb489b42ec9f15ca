package org.drivelens.event;

/** What it means that an event is paused, for whoever reads it in SQL. */
public final class Pauses {

  /**
   * SQL: whether the row {@code s} of {@code event_sync} is of an event that must not be synced for
   * now. One whose folder was taken away, or that was deleted, never is: what is left of it has to
   * be purged.
   */
  public static final String PAUSED =
      """
      (s.folder_id is not null
       and exists (select from sync_pause x where x.event_id = s.event_id or x.event_id is null))
      """;

  private Pauses() {}
}
