package org.drivelens.api.live;

import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One open stream: what is to be written to it next. A reader that is too slow for what happens is
 * cut off, and catches up when it comes back with the last id it saw.
 */
final class Subscriber {

  private static final int WAITING_AT_MOST = 2_000;

  private final Set<Topic> topics;
  private final @Nullable UUID event;
  private final BlockingQueue<String> waiting = new ArrayBlockingQueue<>(WAITING_AT_MOST);
  private volatile boolean open = true;

  Subscriber(Set<Topic> topics, @Nullable UUID event) {
    this.topics = topics;
    this.event = event;
  }

  boolean wants(Topic topic, LiveRun run) {
    return topics.contains(topic) && (event == null || event.equals(run.eventId()));
  }

  /** Never waits. */
  void send(String frame) {
    if (!waiting.offer(frame)) {
      close();
    }
  }

  /** The next frame; null if there was none in that time. */
  @Nullable String next(long millis) throws InterruptedException {
    return waiting.poll(millis, TimeUnit.MILLISECONDS);
  }

  boolean isOpen() {
    return open;
  }

  /** Whether anything is still to be written, now or later. */
  boolean goesOn() {
    return open || !waiting.isEmpty();
  }

  void close() {
    open = false;
    // Wakes whoever waits in next().
    var _ = waiting.offer("");
  }
}
