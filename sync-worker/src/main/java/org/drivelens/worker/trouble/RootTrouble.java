package org.drivelens.worker.trouble;

import org.drivelens.event.SyncErrorCode;

/** The event's own folder is the trouble: the run fails, the gallery stays as it was. */
public final class RootTrouble extends RuntimeException {

  private final SyncErrorCode code;

  public RootTrouble(SyncErrorCode code) {
    super(code.name(), null, false, false);
    this.code = code;
  }

  SyncErrorCode code() {
    return code;
  }
}
