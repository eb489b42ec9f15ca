package org.drivelens.chaos;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.drivelens.emulator.call.DriveMethod;
import org.drivelens.emulator.call.Match;
import org.drivelens.emulator.fault.Oddities.How;
import org.drivelens.emulator.fault.Oddity;
import org.drivelens.emulator.fault.Trouble;
import org.drivelens.system.Broken;
import org.drivelens.system.Installation;
import org.drivelens.system.ServiceProcess;
import org.jspecify.annotations.Nullable;

/** Breaks things while a schedule goes on: answers of Drive, messages, connections, and workers. */
final class Havoc {

  /** How many faults of Drive and of servers a seed has, beside a frozen worker. */
  private static final int FAULTS_OF_A_SEED = 7;

  private static final String FREEZE = "WORKER_STOPPED_BEYOND_ITS_LEASE";
  private static final String KILL = "WORKER_KILLED";

  /** With four seeds in a row each occurs at least once. */
  private static final List<String> KINDS =
      List.of(
          "UNAVAILABLE",
          "HTML",
          "RESET",
          "TRUNCATED",
          "MALFORMED",
          "BUSY",
          "FORBIDDEN_FOR_NOW",
          "UNAUTHORIZED",
          "SLOW",
          "ACCESS_TOKENS_REVOKED",
          "CHANGE_TOKENS_FORGOTTEN",
          "SHORT_PAGES",
          "EMPTY_PAGES",
          "COUNTED_PAGES",
          "REPEATED_FILES",
          "PARTIAL_GROUPS",
          "EMPTY_GROUPS",
          "INCOMPLETE_SEARCH",
          "LIST_TOKENS_EXPIRE",
          "REPEATED_CHANGES",
          "VIEWED_CHANGES",
          "LATE_FEED",
          "LATE_INSIDE",
          "LATE_TRASH",
          "ALL_BELOW",
          "QUEUES_PURGED",
          "MESSAGES_DOUBLED",
          "CONNECTIONS_CUT");

  private static final Duration BEYOND_A_LEASE = Duration.ofMillis(2_500);

  private final Installation drivelens;
  private final Broken broken;
  private final Random random;
  private final List<String> ahead;
  private @Nullable ServiceProcess frozen;
  private long frozenAt;

  Havoc(Installation drivelens, long seed) {
    this.drivelens = drivelens;
    this.broken = new Broken(drivelens);
    this.random = new Random(seed * 31 + 7);
    var deck = new ArrayList<>(KINDS);
    Collections.shuffle(deck, new Random(seed / 4));
    int first = (int) (seed % 4) * FAULTS_OF_A_SEED;
    this.ahead = new ArrayList<>(deck.subList(first, first + FAULTS_OF_A_SEED));
  }

  /** All that a tally must show over some seeds. */
  static Collection<String> kinds() {
    var all = new ArrayList<>(KINDS);
    all.add(FREEZE);
    return all;
  }

  /** The next fault of this seed. */
  void disturb(Tally tally, List<String> events) {
    var what = ahead.removeFirst();
    switch (what) {
      case "QUEUES_PURGED" -> broken.purgeQueues();
      case "MESSAGES_DOUBLED" -> events.forEach(broken::nudge);
      case "CONNECTIONS_CUT" -> broken.cutDatabaseConnections();
      case "ACCESS_TOKENS_REVOKED" -> drivelens.drive().tokens().revokeAll();
      case "CHANGE_TOKENS_FORGOTTEN" -> drivelens.drive().library().forgetChanges();
      case "SLOW" ->
          drivelens.drive().faults().latency(method(), Duration.ofMillis(20 + random.nextInt(150)));
      case "SHORT_PAGES",
          "EMPTY_PAGES",
          "COUNTED_PAGES",
          "REPEATED_FILES",
          "REPEATED_CHANGES",
          "VIEWED_CHANGES",
          "ALL_BELOW" ->
          odd(what, How.ALWAYS);
      case "PARTIAL_GROUPS", "EMPTY_GROUPS" -> odd(what, How.ALWAYS.percent(30));
      case "INCOMPLETE_SEARCH", "LIST_TOKENS_EXPIRE" -> odd(what, How.ALWAYS.times(3));
      case "LATE_FEED", "LATE_INSIDE", "LATE_TRASH" ->
          odd(what, How.ALWAYS.late(Duration.ofMillis(700)));
      default ->
          drivelens.drive().faults().fail(Match.on(method()), trouble(what), 1 + random.nextInt(3));
    }
    tally.add(what);
  }

  private DriveMethod method() {
    return List.of(DriveMethod.FILES_LIST, DriveMethod.FILES_GET, DriveMethod.CHANGES_LIST)
        .get(random.nextInt(3));
  }

  private void odd(String what, How how) {
    drivelens.drive().faults().oddities().on(Oddity.valueOf(what), how);
  }

  private static Trouble trouble(String what) {
    return switch (what) {
      case "UNAVAILABLE" -> Trouble.status(503);
      case "HTML" -> Trouble.html(502);
      case "RESET" -> Trouble.reset();
      case "TRUNCATED" -> Trouble.truncated();
      case "MALFORMED" -> Trouble.malformedJson();
      case "BUSY" -> Trouble.google(429, "rateLimitExceeded");
      case "FORBIDDEN_FOR_NOW" -> Trouble.google(403, "userRateLimitExceeded");
      case "UNAUTHORIZED" -> Trouble.google(401, "authError");
      default -> throw new IllegalArgumentException(what);
    };
  }

  /** {@code kill -9} of one that is at work, and another is started. */
  void replaceWorker(Tally tally) {
    drivelens.replaceWorker(oneOfTwo());
    tally.add(KILL);
  }

  /** {@code kill -9} of one that is at work, whose work the others take over. */
  void killWorker(Tally tally) {
    var victim = oneOfTwo();
    victim.kill();
    drivelens.forget(victim);
    tally.add(KILL);
  }

  /** Stops one where it stands, for longer than its lease. */
  void freezeWorker(Tally tally) {
    frozen = oneOfTwo();
    frozen.freeze();
    frozenAt = System.nanoTime();
    tally.add(FREEZE);
  }

  void thawWorker() {
    if (frozen != null) {
      await("end of its lease")
          .pollDelay(Duration.ZERO)
          .until(() -> System.nanoTime() - frozenAt > BEYOND_A_LEASE.toNanos());
      frozen.thaw();
      frozen = null;
    }
  }

  /** One that is at work, when there is another to take over. */
  private ServiceProcess oneOfTwo() {
    var atWork =
        await("two workers")
            .pollDelay(Duration.ZERO)
            .atMost(Duration.ofMinutes(3))
            .until(
                () ->
                    drivelens.runningWorkers().stream()
                        .filter(w -> w != frozen && w.isReady())
                        .toList(),
                ready -> ready.size() > 1);
    return atWork.get(random.nextInt(atWork.size()));
  }

  /** Nothing is broken any more. */
  void end() {
    thawWorker();
    drivelens.drive().faults().clear();
    broken.close();
  }
}
