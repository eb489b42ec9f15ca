package org.drivelens.emulator.push;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.drivelens.emulator.fault.Oddities;
import org.drivelens.emulator.fault.Oddity;

/** The messages of one channel, one after the other, on a thread of its own. */
final class Line implements Runnable {

  private final Channel channel;
  private final Courier courier;
  private final Oddities oddities;
  private final Consumer<Delivery> log;
  private final LongConsumer told;
  private final Duration firstPause;
  private final BlockingQueue<Message> waiting = new LinkedBlockingQueue<>();

  private record Message(Delivery delivery, long head) {}

  Line(
      Channel channel,
      Courier courier,
      Oddities oddities,
      Consumer<Delivery> log,
      LongConsumer told,
      Duration firstPause) {
    this.channel = channel;
    this.courier = courier;
    this.oddities = oddities;
    this.log = log;
    this.told = told;
    this.firstPause = firstPause;
  }

  /** {@code told} hears the head when the message has arrived or is given up. */
  void add(Delivery delivery, long head) {
    waiting.add(new Message(delivery, head));
  }

  @Override
  public void run() {
    try {
      while (true) {
        Message next = waiting.take();
        deliver(next.delivery());
        told.accept(next.head());
      }
    } catch (InterruptedException e) {
      // Stopped or expired.
      Thread.currentThread().interrupt();
    }
  }

  private void deliver(Delivery delivery) throws InterruptedException {
    boolean sync = delivery.state().equals("sync");
    if (!sync && oddities.strikes(Oddity.LOST_PUSHES, channel.id())) {
      log.accept(delivery.tried(-2));
      return;
    }
    Oddities.How late = oddities.how(Oddity.LATE_PUSHES);
    if (!sync && late != null && late.delay() != null) {
      Thread.sleep(late.delay());
    }
    send(delivery);
    if (!sync && oddities.strikes(Oddity.REPEATED_PUSHES, channel.id())) {
      send(delivery);
    }
  }

  private void send(Delivery delivery) throws InterruptedException {
    Delivery sent = courier.send(channel, delivery);
    log.accept(sent);
    for (Duration pause = firstPause;
        Courier.isWorthAnotherTry(sent);
        pause = pause.multipliedBy(2)) {
      Thread.sleep(pause);
      sent = courier.send(channel, sent);
      log.accept(sent);
    }
  }
}
