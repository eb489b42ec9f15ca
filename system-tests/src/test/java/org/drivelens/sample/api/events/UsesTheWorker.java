package org.drivelens.sample.api.events;

import org.drivelens.sample.worker.timing.Sleeps;

/** A service that calls another one's code. */
public final class UsesTheWorker {

  /** Forbidden. */
  public Sleeps reach() {
    return new Sleeps();
  }
}
