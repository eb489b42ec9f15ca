package org.drivelens.event;

/** Why an event is synced. */
public enum Trigger {
  /** The event was created, or its folder changed. */
  CREATED,
  /** A person asked for this event. */
  MANUAL,
  /** A person accepted that photos which seem to be gone are removed. */
  REMOVAL_ACCEPTED,
  /** A person asked for many. */
  BULK,
  /** A tick of the scheduler. */
  SCHEDULED,
  /** The change feed touched it. */
  FEED,
  /** Google notified us. */
  PUSH,
  /** Found due by the sweep. */
  SWEEP;

  /** Whether a person waits for this event: such requests travel on their own queue. */
  public boolean urgent() {
    return this == CREATED || this == MANUAL || this == REMOVAL_ACCEPTED;
  }
}
