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

  /** One for all tests of this package, until the JVM ends: its key takes seconds to make. */
  static final DriveEmulator EMULATOR = DriveEmulator.start();

  private Drives() {}

  /** One that has not signed in yet. */
  static GoogleDrive connect() {
    return connect(URI.create(EMULATOR.rootUrl()), EMULATOR.serviceAccountFile(), HASTY);
  }

  static GoogleDrive connect(URI root, Path key, Retry retry) {
    return new GoogleDrive(
        new DriveProperties(
            root, key, Duration.ofSeconds(2), Duration.ofMillis(600), 32, retry, Duration.ZERO),
        QuotaProperties.of(50_000_000),
        QuotaDatabase.shared());
  }
}
