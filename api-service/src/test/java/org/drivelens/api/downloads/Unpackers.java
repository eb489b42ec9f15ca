package org.drivelens.api.downloads;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Programs that nobody here wrote: unzip and 7z (Debian: p7zip-full) must be installed. */
final class Unpackers {

  private Unpackers() {}

  /** These entries, or all if none is named, are read and their checksums compared. */
  static void test(Path zip, String... entries) {
    assertThat(run(command("unzip", "-tqq", zip, entries))).isEmpty();
    assertThat(run(command("7z", "t", zip, entries)))
        .contains("Everything is Ok")
        .doesNotContain("WARN");
  }

  /** What each of them says of the entries. */
  static List<String> list(Path zip) {
    return List.of(run(command("unzip", "-l", zip)), run(command("7z", "l", zip)));
  }

  private static String[] command(String program, String task, Path zip, String... entries) {
    return Stream.concat(Stream.of(program, task, zip.toString()), Stream.of(entries))
        .toArray(String[]::new);
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
