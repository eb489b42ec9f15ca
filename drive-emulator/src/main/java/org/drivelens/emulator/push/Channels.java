package org.drivelens.emulator.push;

import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
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

/** Every open channel, and what was sent. With a directory, channels survive a restart. */
public final class Channels implements AutoCloseable {

  private static final Logger log = System.getLogger(Channels.class.getName());
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
  private final @Nullable ChannelFile file;
  private volatile boolean httpAllowed;
  private @Nullable Thread lookout;
  private boolean closed;

  private final class Open {
    private final Channel channel;
    private final Line line;
    private final Thread thread;
    private Watched last;
    private long number;
    private long told;

    Open(Channel channel, Watched last, long number) {
      this.channel = channel;
      this.line = new Line(channel, courier, oddities, Channels.this::log, this::told, firstPause);
      this.last = last;
      this.number = number;
      this.told = last.head();
      this.thread = Thread.ofVirtual().start(line);
    }

    /** What is still on its way when the process ends is told again by the next one. */
    private void told(long head) {
      synchronized (Channels.this) {
        told = head;
        keep();
      }
    }
  }

  /**
   * None is open until {@link #resume}.
   *
   * @param directory where they are kept; null keeps them in memory
   */
  public Channels(RobotView view, Oddities oddities, Clock clock, @Nullable Path directory) {
    this.view = view;
    this.oddities = oddities;
    this.clock = clock;
    file = directory == null ? null : new ChannelFile(directory.resolve("channels.json"));
  }

  /** Opens those of the process before this one again, and tells them what they missed. */
  public synchronized void resume() {
    if (file == null) {
      return;
    }
    for (ChannelFile.Kept kept : file.read()) {
      Channel channel = kept.channel();
      // Of a file it is not kept how it looked: what happened to it meanwhile is not told.
      Watched last =
          channel.fileId() == null ? Watched.ofLog(kept.told()) : Watched.of(channel, view);
      open.put(channel.id(), new Open(channel, last, kept.number()));
    }
    if (!open.isEmpty()) {
      watch();
    }
  }

  private void keep() {
    if (file == null || closed) {
      return;
    }
    try {
      file.write(
          open.values().stream()
              .map(each -> new ChannelFile.Kept(each.channel, each.number, each.told))
              .toList());
    } catch (UncheckedIOException e) {
      log.log(Level.WARNING, "Push channels will be forgotten at the next start", e);
    }
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
    var fresh = new Open(channel, Watched.of(channel, view), 0);
    open.put(channel.id(), fresh);
    send(fresh, "sync", "");
    watch();
    return true;
  }

  private void watch() {
    if (lookout == null) {
      lookout = Thread.ofVirtual().start(this::lookOut);
    }
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
        String changed = state.equals("update") ? seen.changedSince(each.last) : "";
        each.last = seen;
        send(each, state, changed);
      }
    }
  }

  private void send(Open to, String state, String changed) {
    // drive-api 6: the first is 1, later ones grow but not one by one.
    to.number += to.number == 0 ? 1 : 1 + oddities.draw("message " + to.channel.id(), 50);
    Instant now = clock.instant();
    keep();
    var delivery = new Delivery(to.channel.id(), now, to.number, state, changed, 0, 0);
    to.line.add(delivery, to.last.head());
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
    keep();
  }

  @Override
  public synchronized void close() {
    closed = true;
    List.copyOf(open.values()).forEach(this::close);
    if (lookout != null) {
      lookout.interrupt();
    }
    courier.close();
  }
}
