package org.drivelens.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.drivelens.emulator.library.Library;
import org.junit.jupiter.api.Test;

/** A request is durable when it is answered, whether or not the broker was there. */
class BrokerOutageTest {

  private final Installation drivelens = Installation.shared();
  private final Library library = drivelens.drive().library();

  @Test
  void requests_made_while_the_broker_is_down_are_synced_when_it_is_back() {
    drivelens.workers(2);
    var folder = drivelens.sharedFolder("Wedding");
    library.addSyntheticImage(folder, "church.jpg");
    var known = drivelens.gallery(folder);
    known.becomesWhole();
    var another = drivelens.sharedFolder("Party");
    library.seedImages(another, "dance-", 20);

    Gallery fresh;
    drivelens.broker().server().kill();
    try {
      library.addSyntheticImage(folder, "bride.jpg");
      long begin = System.nanoTime();
      drivelens.api().sync(known.event());
      fresh = drivelens.gallery(another);
      assertThat(Duration.ofNanos(System.nanoTime() - begin))
          .as("time of two requests without a broker")
          .isLessThan(Duration.ofSeconds(4));
    } finally {
      drivelens.broker().server().start();
    }

    known.becomesWhole(Duration.ofSeconds(60));
    fresh.becomesWhole(Duration.ofSeconds(60));
  }
}
