package org.drivelens.emulator.call;

import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/** Everything that was asked; the latest 20,000 calls in full, counts of all. */
public final class Calls {

  private static final int KEPT = 20_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Clock clock;
  private final TreeMap<Long, Call> kept = new TreeMap<>();
  private final Map<DriveMethod, Long> counts = new EnumMap<>(DriveMethod.class);
  private final Usage usage = new Usage();
  private long next = 1;

  public Calls(Clock clock) {
    this.clock = clock;
  }

  /** Writes the call down when it arrives, before anything delays or fails it. */
  public Call arrived(DriveMethod method, Set<String> ids, Map<String, String> parameters) {
    lock.lock();
    try {
      var call = new Call(next++, clock.instant(), method, ids, parameters, 0);
      kept.put(call.number(), call);
      counts.merge(method, 1L, Long::sum);
      usage.add(call.at(), method);
      if (kept.size() > KEPT) {
        kept.pollFirstEntry();
      }
      return call;
    } finally {
      lock.unlock();
    }
  }

  public void answered(Call call, int status) {
    lock.lock();
    try {
      kept.computeIfPresent(call.number(), (number, known) -> known.answered(status));
    } finally {
      lock.unlock();
    }
  }

  /** In the order of their arrival. */
  public List<Call> all() {
    lock.lock();
    try {
      return new ArrayList<>(kept.values());
    } finally {
      lock.unlock();
    }
  }

  public List<Call> matching(Match match) {
    return all().stream().filter(match).toList();
  }

  public long count(DriveMethod method) {
    lock.lock();
    try {
      return counts.getOrDefault(method, 0L);
    } finally {
      lock.unlock();
    }
  }

  public long count(Match match) {
    return all().stream().filter(match).count();
  }

  /** Quota units of all calls, whatever was answered (drive-api 8). */
  public long units() {
    return usage.units();
  }

  /** Quota units second by second. */
  public Usage usage() {
    return usage;
  }

  /** Counts from zero again. */
  public void clear() {
    lock.lock();
    try {
      kept.clear();
      counts.clear();
      usage.clear();
    } finally {
      lock.unlock();
    }
  }
}
