package org.drivelens.sample.worker.timing;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;

/** Cannot be made without Spring. */
public final class HasAnInjectedField {

  @Autowired private @Nullable Runnable injected;

  @Override
  public String toString() {
    return "" + injected;
  }
}
