package org.drivelens.worker.sweep;

/** When an event is to be looked at again although nobody asks; what the sweep reads. */
public final class WakeAt {

  /**
   * SQL for an event that is clean: the earliest moment at which anything falls due by itself, of
   * the row {@code s} of {@code event_sync}; null if nothing does. One place, so that whoever ends
   * a run forgets nothing.
   */
  public static final String WHEN_CLEAN =
      """
      least(s.held_look_at,
            (select min(p.metadata_due_at) from photo p
              where p.event_id = s.event_id and p.folder_epoch = s.folder_epoch and p.metadata_due_at is not null),
            (select min(d.list_again_at) from event_folder d
              where d.event_id = s.event_id and d.folder_epoch = s.folder_epoch and d.list_again_at is not null),
            s.full_due_at)
      """;

  private WakeAt() {}
}
