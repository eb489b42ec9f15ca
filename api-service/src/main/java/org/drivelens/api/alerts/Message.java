package org.drivelens.api.alerts;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is told at once, whatever the channel. It holds sentences, not codes: it may be sent by
 * another version of the service than the one that made it.
 */
record Message(boolean test, Instant at, List<Item> items) {

  /** What became of a cause. */
  enum Change {
    RAISED,
    GREW,
    WELL
  }

  /**
   * @param count how many have the trouble, or had it
   * @param at when it was noticed, or was over
   * @param runbook path of the page that says what to do
   * @param page path of the dashboard's page
   */
  record Item(
      String cause,
      Change change,
      String title,
      String sentence,
      int count,
      Instant since,
      Instant at,
      String runbook,
      String page) {}

  static Message test(Instant at) {
    return new Message(true, at, List.of());
  }

  /** Its subject: a sentence that can do without the rest. */
  String title() {
    if (test) {
      return "Drivelens: a test, nothing is wrong";
    }
    if (items.size() == 1) {
      return "Drivelens: " + items.getFirst().sentence();
    }
    var well = items.stream().filter(item -> item.change() == Change.WELL).count();
    var alerts = items.size() - well;
    var parts =
        Stream.of(
            alerts == 0 ? "" : alerts + (alerts == 1 ? " alert" : " alerts"),
            well == 0 ? "" : well + " well again");
    return "Drivelens: " + String.join(", ", parts.filter(part -> !part.isEmpty()).toList());
  }
}
