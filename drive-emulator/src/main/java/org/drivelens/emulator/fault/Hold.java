package org.drivelens.emulator.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.drivelens.emulator.call.Call;
import org.drivelens.emulator.call.Match;

/** Keeps calls waiting until released, so that a test can act in the middle of one. */
public final class Hold implements AutoCloseable {

  private final Match match;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrival = lock.newCondition();
  private final List<Call> held = new ArrayList<>();
  private final CountDownLatch released = new CountDownLatch(1);

  Hold(Match match) {
    this.match = match;
  }

  /** Waits for the first held call and returns it; it stays held. */
  public Call awaitArrived(Duration timeout) {
    return awaitArrived(1, timeout).getFirst();
  }

  /**
   * Waits until that many calls are held.
   *
   * @throws IllegalStateException if they do not come in time
   */
  public List<Call> awaitArrived(int count, Duration timeout) {
    lock.lock();
    try {
      long left = timeout.toNanos();
      while (held.size() < count) {
        if (left <= 0) {
          throw new IllegalStateException(
              "%d of %d calls arrived within %s: %s".formatted(held.size(), count, timeout, match));
        }
        left = arrival.awaitNanos(left);
      }
      return List.copyOf(held);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for " + match, e);
    } finally {
      lock.unlock();
    }
  }

  /** Calls that were held so far. */
  public List<Call> held() {
    lock.lock();
    try {
      return List.copyOf(held);
    } finally {
      lock.unlock();
    }
  }

  /** Lets the held calls go on and holds no more. */
  public void release() {
    released.countDown();
  }

  @Override
  public void close() {
    release();
  }

  boolean isReleased() {
    return released.getCount() == 0;
  }

  void pass(Call call) {
    if (isReleased() || !match.test(call)) {
      return;
    }
    lock.lock();
    try {
      held.add(call);
      arrival.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      released.await();
    } catch (InterruptedException e) {
      // The emulator is closing.
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public String toString() {
    return match.toString();
  }
}
