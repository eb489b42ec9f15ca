package org.drivelens.sample.emulator;

import org.drivelens.sample.contract.KnowsAService;

/** An imitation of a third party that knows us. */
public final class KnowsOurContract {

  /** Forbidden. */
  public KnowsAService reach() {
    return new KnowsAService();
  }
}
