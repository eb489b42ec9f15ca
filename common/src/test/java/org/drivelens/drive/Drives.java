package org.drivelens.drive;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.drivelens.drive.DriveProperties.Retry;
import org.drivelens.emulator.DriveEmulator;

/** Clients of the emulator that lose patience quickly. */
final class Drives {

  static final Retry HASTY =
      new Retry(Duration.ofMillis(5), Duration.ofMillis(40), 5, Duration.ofSeconds(3));

  private Drives() {}

  static GoogleDrive connect(DriveEmulator emulator) {
    return connect(URI.create(emulator.rootUrl()), emulator.serviceAccountFile(), HASTY);
  }

  static GoogleDrive connect(URI root, Path key, Retry retry) {
    return new GoogleDrive(
        new DriveProperties(root, key, Duration.ofSeconds(2), Duration.ofMillis(600), 32, retry),
        QuotaProperties.of(50_000_000),
        QuotaDatabase.shared());
  }
}
