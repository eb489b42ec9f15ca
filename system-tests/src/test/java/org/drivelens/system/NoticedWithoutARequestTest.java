package org.drivelens.system;

import java.time.Duration;
import org.drivelens.testsupport.TestBroker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Runs beside the other classes, since it waits for a minute; with the times that users have. */
@Execution(ExecutionMode.CONCURRENT)
class NoticedWithoutARequestTest {

  @Test
  void a_change_in_drive_appears_within_75_seconds_without_a_request() {
    // The processes of the others start first: all at once would be slow on few cores.
    Installation.shared();
    try (var drivelens = new Installation("unasked", TestBroker.shared("unasked"), 1)) {
      var library = drivelens.drive().library();
      var folder = drivelens.sharedFolder("Wedding");
      library.addSyntheticImage(folder, "church.jpg");
      var gallery = drivelens.gallery(folder);
      gallery.becomesWhole(Duration.ofSeconds(60));
      drivelens.startScheduler();

      var inner = library.createFolder(folder, "Dinner");
      library.addSyntheticImage(inner, "cake.jpg");

      gallery.becomesWhole(Duration.ofSeconds(75));
    }
  }
}
