package org.drivelens.api.alerts;

/** A way to tell somebody. */
interface Channel {

  /** Stands in the delivery log, and must stay the same over restarts. */
  String name();

  /** Who is told, without secrets. */
  String target();

  /**
   * Sends a message; may be interrupted.
   *
   * @param id the same for each attempt
   * @throws Undelivered if it did not arrive, or nobody knows
   */
  void send(String id, Message message);

  /** Why a message did not arrive, in a sentence without secrets. */
  final class Undelivered extends RuntimeException {

    Undelivered(String sentence) {
      super(sentence, null, false, false);
    }
  }
}
