package org.drivelens.emulator.fault;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.drivelens.emulator.call.Call;
import org.drivelens.emulator.call.DriveMethod;
import org.drivelens.emulator.call.Match;
import org.drivelens.emulator.wire.GoogleError;
import org.drivelens.emulator.wire.Reply;

/** Everything that can go wrong with a call, switchable at any time from any thread. */
public final class Faults {

  private final Map<DriveMethod, Duration> latencies = new ConcurrentHashMap<>();
  private final List<Fault> faults = new CopyOnWriteArrayList<>();
  private final List<Hold> holds = new CopyOnWriteArrayList<>();
  private final List<Hold> answerHolds = new CopyOnWriteArrayList<>();
  private volatile int longestPage = Integer.MAX_VALUE;
  private final Oddities oddities;
  private final Quota quota;

  public Faults(Clock clock) {
    oddities = new Oddities(clock);
    quota = new Quota(clock);
  }

  /** Every call of the method takes this much longer; zero ends it. */
  public void latency(DriveMethod method, Duration delay) {
    latencies.put(method, delay);
  }

  /** Spoils matching calls until cleared. Of several faults the oldest that matches strikes. */
  public Fault fail(Match match, Trouble trouble) {
    return fail(match, trouble, Integer.MAX_VALUE);
  }

  /** Spoils the next so many matching calls. */
  public Fault fail(Match match, Trouble trouble, int times) {
    return fail(match, trouble, times, 100);
  }

  /** Spoils so many of the matching calls, each with this chance in percent. */
  public Fault fail(Match match, Trouble trouble, int times, int percent) {
    Match some =
        percent >= 100
            ? match
            : match.where(
                call -> oddities.draw("" + call.method() + call.parameters(), 100) < percent,
                percent + " % of the time");
    var fault = new Fault(some, trouble, times);
    faults.removeIf(Fault::isOver);
    faults.add(fault);
    return fault;
  }

  /** Holds matching calls before anything is looked at: they will see what happens meanwhile. */
  public Hold hold(Match match) {
    var hold = new Hold(match);
    holds.add(hold);
    return hold;
  }

  /** Holds matching calls when their answer is ready: it will be out of date when it arrives. */
  public Hold holdAnswer(Match match) {
    var hold = new Hold(match);
    answerHolds.add(hold);
    return hold;
  }

  /** No page of files or changes is longer, whatever pageSize says (drive-api 2). */
  public void pagesOfAtMost(int entries) {
    if (entries < 1) {
      throw new IllegalArgumentException("A page holds at least 1 entry");
    }
    longestPage = entries;
  }

  /** Every page is preceded by an empty one that has a nextPageToken (drive-api 2 and 5.1). */
  public void emptyPages(boolean wanted) {
    if (wanted) {
      oddities.on(Oddity.EMPTY_PAGES);
    } else {
      oddities.off(Oddity.EMPTY_PAGES);
    }
  }

  /** Answers that are proper and yet unexpected. */
  public Oddities oddities() {
    return oddities;
  }

  /** How much may be asked. */
  public Quota quota() {
    return quota;
  }

  /** All is well again: faults, latencies, oddities end, holds are released. */
  public void clear() {
    latencies.clear();
    longestPage = Integer.MAX_VALUE;
    oddities.clear();
    quota.limit(null);
    faults.forEach(Fault::clear);
    faults.clear();
    holds.forEach(Hold::release);
    holds.clear();
    answerHolds.forEach(Hold::release);
    answerHolds.clear();
  }

  public int longestPage() {
    return longestPage;
  }

  /** What is switched on, in words. */
  public List<String> list() {
    var all = new ArrayList<String>();
    latencies.forEach((method, delay) -> all.add(delay + " on " + method.wireName()));
    faults.stream().filter(fault -> !fault.isOver()).forEach(fault -> all.add(fault.toString()));
    holds.stream().filter(hold -> !hold.isReleased()).forEach(hold -> all.add("hold " + hold));
    answerHolds.stream()
        .filter(hold -> !hold.isReleased())
        .forEach(hold -> all.add("hold the answer of " + hold));
    all.addAll(oddities.list());
    if (quota.isOn()) {
      all.add(quota.toString());
    }
    return all;
  }

  /** Lets a call through all that is switched on. */
  public Reply around(Call call, Supplier<Reply> honest) {
    delay(latencies.getOrDefault(call.method(), Duration.ZERO));
    holds.removeIf(Hold::isReleased);
    holds.forEach(hold -> hold.pass(call));
    Reply refusal = quota.refuse(call);
    Reply reply = refusal != null ? refusal : spoiled(call, () -> answer(honest));
    answerHolds.removeIf(Hold::isReleased);
    answerHolds.forEach(hold -> hold.pass(call));
    return reply;
  }

  private Reply spoiled(Call call, Supplier<Reply> honest) {
    for (Fault fault : faults) {
      if (fault.strikes(call)) {
        return fault.trouble().spoil(honest, fault.over());
      }
    }
    return honest.get();
  }

  private static Reply answer(Supplier<Reply> honest) {
    try {
      return honest.get();
    } catch (GoogleError error) {
      return error.reply();
    }
  }

  private static void delay(Duration duration) {
    if (duration.isZero()) {
      return;
    }
    try {
      Thread.sleep(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
