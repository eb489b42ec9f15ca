package org.drivelens.model;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The stored change log of one drive, for all events that follow it. */
final class Feed {

  /**
   * A stored entry.
   *
   * @param after as of when the log was known without it
   */
  record Entry(int seq, double after, Drive.Change change) {
    String id() {
      return change.id();
    }

    Drive.@Nullable File file() {
      return change.file();
    }
  }

  final int log;
  Drive.@Nullable Token token;
  int head;

  /** Entries up to here are trimmed. */
  int floor;

  /** The log holds all that Drive told until then. */
  double asOf = -1;

  @Nullable Double demandedAt;
  double leaseUntil;
  double beganAt = -99;
  int epoch;
  long fence;
  final List<Entry> entries = new ArrayList<>();

  Feed(int log) {
    this.log = log;
  }

  void demand(double now) {
    demandedAt = now;
  }

  List<Entry> between(int after, int upTo) {
    return entries.stream().filter(e -> e.seq > after && e.seq <= upTo).toList();
  }
}
