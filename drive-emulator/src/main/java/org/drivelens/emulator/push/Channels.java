package org.drivelens.emulator.push;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.drivelens.emulator.fault.Oddities;
import org.drivelens.emulator.library.RobotView;
import org.jspecify.annotations.Nullable;

/** Every open channel, and what was sent. Channels do not survive a restart. */
public final class Channels implements AutoCloseable {

  private static final int KEPT = 1_000;
  private static final long LOOK_MILLIS = 200;

  private final RobotView view;
  private final Oddities oddities;
  private final Clock clock;
  private final Courier courier = new Courier();
  private final Semaphore news = new Semaphore(0);
  private final Map<String, Open> open = new LinkedHashMap<>();
  private final List<Delivery> sent = new ArrayList<>();
  private volatile Duration firstPause = Duration.ofSeconds(1);
  private volatile boolean httpAllowed;
  private @Nullable Thread lookout;

  private static final class Open {
    private final Channel channel;
    private final Line line;
    private final Thread thread;
    private Watched last;
    private long number;

    Open(Channel channel, Line line, Watched last) {
      this.channel = channel;
      this.line = line;
      this.thread = Thread.ofVirtual().start(line);
      this.last = last;
    }
  }

  public Channels(RobotView view, Oddities oddities, Clock clock) {
    this.view = view;
    this.oddities = oddities;
    this.clock = clock;
  }

  /** Lets receivers on this machine do without TLS, which Google never does. */
  public void allowHttpHere(boolean allowed) {
    httpAllowed = allowed;
  }

  public boolean isHttpAllowedHere() {
    return httpAllowed;
  }

  /** How long to wait before the second try, of channels opened from now on; at first 1 s. */
  public void pauseBeforeRetry(Duration pause) {
    firstPause = pause;
  }

  /** False if there is a channel of this id. Its first message, sync, is on its way at once. */
  public synchronized boolean open(Channel channel) {
    if (open.containsKey(channel.id())) {
      return false;
    }
    var line = new Line(channel, courier, oddities, this::log, firstPause);
    var fresh = new Open(channel, line, Watched.of(channel, view));
    open.put(channel.id(), fresh);
    send(fresh, "sync", "");
    if (lookout == null) {
      lookout = Thread.ofVirtual().start(this::lookOut);
    }
    return true;
  }

  /** False if there is no such channel (any more). */
  public synchronized boolean stop(String id, String resourceId) {
    Open known = open.get(id);
    if (known == null || !known.channel.resourceId().equals(resourceId)) {
      return false;
    }
    close(known);
    return true;
  }

  /** Ends a channel as its expiration does; false if there is none. */
  public synchronized boolean expire(String id) {
    Open known = open.get(id);
    if (known != null) {
      close(known);
    }
    return known != null;
  }

  public synchronized List<Channel> list() {
    return open.values().stream().map(each -> each.channel).toList();
  }

  /** The latest thousand tries, oldest first. */
  public synchronized List<Delivery> sent() {
    return List.copyOf(sent);
  }

  /** Something was done: look now and not only in a while. */
  public void wake() {
    if (news.availablePermits() == 0) {
      news.release();
    }
  }

  /** What becomes visible late, by an oddity, is noticed without a deed. */
  private void lookOut() {
    try {
      while (true) {
        if (news.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
          news.drainPermits();
        }
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void look() {
    Instant now = clock.instant();
    List.copyOf(open.values()).stream()
        .filter(each -> !each.channel.expiration().isAfter(now))
        .forEach(this::close);
    for (Open each : open.values()) {
      Watched seen = Watched.of(each.channel, view);
      boolean ofFile = each.channel.fileId() != null;
      String state = seen.stateSince(each.last, ofFile);
      if (state != null) {
        send(each, state, state.equals("update") ? seen.changedSince(each.last) : "");
        each.last = seen;
      }
    }
  }

  private void send(Open to, String state, String changed) {
    // drive-api 6: the first is 1, later ones grow but not one by one.
    to.number += to.number == 0 ? 1 : 1 + oddities.draw("message " + to.channel.id(), 50);
    Instant now = clock.instant();
    to.line.add(new Delivery(to.channel.id(), now, to.number, state, changed, 0, 0));
  }

  private synchronized void log(Delivery delivery) {
    sent.add(delivery);
    if (sent.size() > KEPT) {
      sent.removeFirst();
    }
  }

  private void close(Open known) {
    open.remove(known.channel.id());
    known.thread.interrupt();
  }

  @Override
  public synchronized void close() {
    List.copyOf(open.values()).forEach(this::close);
    if (lookout != null) {
      lookout.interrupt();
    }
    courier.close();
  }
}
