package org.drivelens.worker.sync;

/**
 * What a line of the log says about a run beside its text, for whoever gathers logs as JSON. A line
 * is written before its keys are taken away: never from the catch of the try that set them.
 */
final class LogKeys {

  static final String EVENT = "eventId";
  static final String RUN = "runId";

  private LogKeys() {}
}
