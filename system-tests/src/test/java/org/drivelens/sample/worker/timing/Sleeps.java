package org.drivelens.sample.worker.timing;

/** Waits for time, not for a condition. */
public final class Sleeps {

  /** Forbidden. */
  public void nap() throws InterruptedException {
    Thread.sleep(1);
  }
}
