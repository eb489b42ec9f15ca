package org.drivelens.api.downloads;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Programs that nobody here wrote: unzip and 7z (Debian: p7zip-full) must be installed. */
final class Unpackers {

  private Unpackers() {}

  /** Every entry is read and its checksum compared. */
  static void test(Path zip) {
    assertThat(run("unzip", "-tqq", zip.toString())).isEmpty();
    assertThat(run("7z", "t", zip.toString())).contains("Everything is Ok").doesNotContain("WARN");
  }

  /** Unpacked as on a system with these names. */
  static void unpack(Path zip, Path to) {
    run("unzip", "-qq", zip.toString(), "-d", to.toString());
  }

  private static String run(String... command) {
    try {
      var process = new ProcessBuilder(command).redirectErrorStream(true);
      process.environment().put("LC_ALL", "C.UTF-8");
      var running = process.start();
      running.getOutputStream().close();
      var said = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(running.waitFor()).as("%s: %s", List.of(command), said).isZero();
      return said;
    } catch (IOException e) {
      throw new UncheckedIOException(
          command[0] + " is needed for this test: ./drivelens test installs it", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
