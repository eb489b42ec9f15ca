package org.drivelens.model;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A process of the model. It has a thread of its own, so that its code reads like the real one, but
 * only one runs at any time: the world says who, and how long each wait takes.
 */
abstract class Actor {

  /** What a process waits for. */
  enum Wait {
    DRIVE,
    /** The next transaction. */
    DATABASE,
    WORK,
    POLL,
    SWEEP,
    TICK
  }

  /** The process dies where it stands. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1;

    Killed() {
      super("killed", null, false, false);
    }
  }

  final World world;
  final String name;
  double at;

  /** Frozen until then: nothing of it runs, not even the thread that renews its lease. */
  double frozenUntil;

  Wait waitsFor = Wait.DATABASE;
  private final Thread thread = Thread.ofVirtual().unstarted(this::run);
  private @Nullable Thread waker;
  private volatile boolean running;
  private volatile boolean killed;
  private volatile boolean over;
  private volatile @Nullable Throwable failure;

  Actor(World world, String name) {
    this.world = world;
    this.name = name;
    this.at = world.now + world.random();
  }

  /** What it does, for ever. */
  abstract void live();

  /** Whether going on now would change nothing; spares a switch of threads. */
  abstract boolean isIdle();

  /** The same process, started again. */
  abstract Actor again();

  /** Lets the others go on. */
  final void await(Wait wait) {
    waitsFor = wait;
    running = false;
    LockSupport.unpark(waker);
    park();
  }

  private void park() {
    while (!running) {
      LockSupport.park(this);
    }
    if (killed) {
      throw new Killed();
    }
  }

  private void run() {
    try {
      park();
      live();
    } catch (Killed e) {
      // As asked.
    } catch (Throwable e) {
      failure = e;
    } finally {
      over = true;
      running = false;
      LockSupport.unpark(waker);
    }
  }

  /** Runs until the next wait. */
  final void go() {
    waker = Thread.currentThread();
    running = true;
    if (thread.getState() == Thread.State.NEW) {
      thread.start();
    } else {
      LockSupport.unpark(thread);
    }
    while (running) {
      LockSupport.park(this);
    }
    if (failure != null) {
      throw new AssertionError(name + " failed", failure);
    }
  }

  final void kill() {
    killed = true;
    if (!over) {
      go();
    }
  }
}
