package org.drivelens.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import org.drivelens.system.Installation;
import org.drivelens.system.ServiceProcess;
import org.drivelens.testsupport.TestBroker;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Workers come and go under load. */
@Tag("bench")
class ScalingBench {

  @Test
  void a_worker_under_load_ends_in_time() {
    try (var drivelens = new Installation("stop", TestBroker.shared("stop"), 2)) {
      var took = new ArrayList<Duration>();
      for (int round = 1; round <= 5; round++) {
        for (int n = 0; n < 8; n++) {
          var folder = drivelens.sharedFolder("Event " + round + "-" + n);
          drivelens.drive().library().seedImages(folder, "image-", 1_500);
          drivelens.gallery(folder);
        }
        for (ServiceProcess worker : drivelens.workers(2)) {
          took.add(worker.stop());
          drivelens.forget(worker);
        }
        Figures.say("round " + round + " of 5");
      }
      var longest = Collections.max(took);
      Figures.add(
          "SIGTERM to exit of a worker under load, longest of 10",
          "%.1f s".formatted(longest.toMillis() / 1000.0),
          "15 s",
          "",
          longest.toSeconds() < 15);
    }
  }
}
