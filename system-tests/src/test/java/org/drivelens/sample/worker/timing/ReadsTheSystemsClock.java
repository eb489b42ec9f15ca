package org.drivelens.sample.worker.timing;

import java.time.Instant;

/** No test can set its time. */
public final class ReadsTheSystemsClock {

  /** Forbidden. */
  public Instant when() {
    return Instant.now();
  }
}
