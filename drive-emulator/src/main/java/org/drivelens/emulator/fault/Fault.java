package org.drivelens.emulator.fault;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.drivelens.emulator.call.Call;
import org.drivelens.emulator.call.Match;

/** Trouble that is waiting for its calls; ends by itself after its number of times. */
public final class Fault {

  private final Match match;
  private final Trouble trouble;
  private final AtomicInteger left;
  private final AtomicInteger hits = new AtomicInteger();
  private final CountDownLatch over = new CountDownLatch(1);

  Fault(Match match, Trouble trouble, int times) {
    this.match = match;
    this.trouble = trouble;
    this.left = new AtomicInteger(times);
  }

  /** True if this call is one of its victims. */
  boolean strikes(Call call) {
    boolean struck =
        over.getCount() > 0
            && match.test(call)
            && left.getAndUpdate(count -> Math.max(0, count - 1)) > 0;
    if (struck) {
      hits.incrementAndGet();
    }
    return struck;
  }

  Trouble trouble() {
    return trouble;
  }

  CountDownLatch over() {
    return over;
  }

  boolean isOver() {
    return over.getCount() == 0 || left.get() == 0;
  }

  /** How many calls it has spoiled. */
  public int hits() {
    return hits.get();
  }

  /** From now on calls go well again; those that hang are cut. */
  public void clear() {
    over.countDown();
  }

  @Override
  public String toString() {
    return trouble + " on " + match;
  }
}
