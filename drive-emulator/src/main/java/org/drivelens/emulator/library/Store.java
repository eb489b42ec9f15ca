package org.drivelens.emulator.library;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.drivelens.emulator.fault.Oddities;
import org.jspecify.annotations.Nullable;

/** The tree, its feed and its journal under one lock; a deed is written down, then done. */
final class Store implements AutoCloseable {

  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private final Clock clock;
  private final Oddities oddities;
  private final Contents contents;
  private final Journal journal;
  private final Feeds feeds = new Feeds();
  private Tree tree = new Tree(0);
  private Deeds deeds;
  private volatile Runnable watcher = () -> {};

  Store(@Nullable Path directory, Clock clock, Oddities oddities, long seed) {
    this.clock = clock;
    this.oddities = oddities;
    deeds = new Deeds(tree, feeds, oddities);
    contents = new Contents(directory == null ? null : directory.resolve("content"));
    journal =
        directory == null
            ? Journal.none()
            : Journal.open(directory.resolve("journal.jsonl"), this::redo);
    if (tree.isEmpty()) {
      var begun = new Deed.Begun(now(), seed);
      journal.append(begun);
      redo(begun);
    }
  }

  private void redo(Deed deed) {
    if (deed instanceof Deed.Begun begun) {
      tree = new Tree(begun.seed());
      deeds = new Deeds(tree, feeds, oddities);
    }
    deeds.apply(deed);
  }

  /** What may be done is decided on the state in which it will be done. */
  <T> T write(Function<Tree, Plan<T>> decide) {
    lock.writeLock().lock();
    try {
      Plan<T> plan = decide.apply(tree);
      journal.append(plan.deed());
      deeds.apply(plan.deed());
      return plan.result();
    } finally {
      lock.writeLock().unlock();
      watcher.run();
    }
  }

  /** Run after every deed, outside of the lock. */
  void watch(Runnable run) {
    watcher = run;
  }

  record Plan<T>(Deed deed, T result) {}

  <T extends @Nullable Object> T read(Function<Tree, T> question) {
    lock.readLock().lock();
    try {
      return question.apply(tree);
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Only to be asked within {@link #read}. */
  Feeds feeds() {
    return feeds;
  }

  /** Entries that were kept back and are due now enter their logs. */
  void addLate() {
    if (!read(tree -> feeds.isLate(now()))) {
      return;
    }
    lock.writeLock().lock();
    try {
      feeds.addLate(now());
    } finally {
      lock.writeLock().unlock();
    }
  }

  Oddities oddities() {
    return oddities;
  }

  Contents contents() {
    return contents;
  }

  /** Drive's times have milliseconds. */
  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  @Override
  public void close() {
    journal.close();
  }
}
