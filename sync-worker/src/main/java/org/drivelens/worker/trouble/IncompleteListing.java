package org.drivelens.worker.trouble;

/** Google did not look everywhere ({@code incompleteSearch}): as good as no answer. */
public final class IncompleteListing extends RuntimeException {

  public IncompleteListing() {
    super("Google Drive answered a listing only in part", null, false, false);
  }
}
