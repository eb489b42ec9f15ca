package org.drivelens.sample.contract;

import org.drivelens.sample.worker.timing.Sleeps;

/** Common code that depends on a service. */
public final class KnowsAService {

  /** Forbidden. */
  public Sleeps reach() {
    return new Sleeps();
  }
}
