package org.drivelens.event;

/**
 * An event that nothing touches is as fresh as its feed, which no row of its own says: {@code
 * event_status} computes it. Whatever ends that notes how fresh it was, or an event that was in
 * step a second ago would seem to be behind since its last change.
 */
public final class Freshness {

  /** For the {@code set} of an update of {@code event_sync s}. */
  public static final String NOTED =
      """
      last_synced_at = greatest(s.last_synced_at, (select v.last_synced_at from event_status v where v.event_id = s.event_id))
      """;

  private Freshness() {}
}
