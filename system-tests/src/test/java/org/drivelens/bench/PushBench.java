package org.drivelens.bench;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import org.drivelens.system.Installation;
import org.drivelens.testsupport.FreePorts;
import org.drivelens.testsupport.TestBroker;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How soon a change in Drive is shown when Google announces it, with the debounce that users have.
 */
@Tag("bench")
class PushBench {

  private static final int CHANGES = 60;
  private static final Duration BOUND = Duration.ofSeconds(3);

  private static int count(Installation drivelens, String sql) {
    return drivelens.database().jdbc().sql(sql).query(Integer.class).single();
  }

  @Test
  void changes_that_are_announced() {
    var port = String.valueOf(FreePorts.next());
    // Without a scheduler: what appears was announced, or is late by a minute and a half.
    try (var drivelens =
        new Installation(
            "push",
            TestBroker.shared("push"),
            1,
            Map.of(
                "API_PORT",
                port,
                "DRIVELENS_PUBLIC_URL",
                "http://127.0.0.1:" + port,
                "DRIVELENS_PUSH_ALLOW_HTTP",
                "true"))) {
      drivelens.drive().channels().allowHttpHere(true);
      var folder = drivelens.sharedFolder("Wedding");
      drivelens.drive().library().addSyntheticImage(folder, "first.jpg");
      var gallery = drivelens.gallery(folder);
      gallery.becomesWhole();
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> count(drivelens, "select count(*) from push_message") > 0);
      var visible = new Durations();
      for (int n = 0; n < CHANGES; n++) {
        var shown = n + 2;
        drivelens.drive().library().addSyntheticImage(folder, "image-" + n + ".jpg");
        var begin = System.nanoTime();
        await()
            .atMost(Duration.ofMinutes(2))
            .pollInterval(Duration.ofMillis(10))
            .until(() -> drivelens.api().state(gallery.event()).photoCount() == shown);
        visible.since(begin);
      }
      var worst = visible.percentile(95);
      Figures.add(
          "push: p95 from a change in Drive to the API showing it, of %d one after the other"
              .formatted(CHANGES),
          "%s; median %s, longest %s"
              .formatted(
                  Durations.text(worst),
                  Durations.text(visible.percentile(50)),
                  Durations.text(visible.percentile(100))),
          Durations.text(BOUND),
          "debounce 1 s",
          worst.compareTo(BOUND) <= 0);
      var pushed = count(drivelens, "select count(*) from sync_run where trigger = 'PUSH'");
      Figures.add(
          "push: runs of these that say PUSH", pushed + "", CHANGES + "", "", pushed == CHANGES);
    }
  }
}
