package org.drivelens.sample.worker.timing;

import org.drivelens.sample.testsupport.ForTestsOnly;

/** Ships what belongs to tests. */
public final class UsesTestSupport {

  /** Forbidden. */
  public ForTestsOnly reach() {
    return new ForTestsOnly();
  }
}
