package org.drivelens.api.problems;

import java.io.IOException;

/** Thrown while a body is read, when it turns out longer than allowed. */
public final class BodyTooLarge extends IOException {

  public BodyTooLarge() {
    super("the body is too large");
  }
}
