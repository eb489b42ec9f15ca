package org.drivelens.testsupport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledJvmTest {

  @Test
  void no_server_and_no_data_survive_a_test_jvm_that_was_killed(@TempDir Path temporary)
      throws Exception {
    var jvm = startServersInAnotherJvm(temporary);
    assertThat(processesAt(temporary)).as("servers").isNotEmpty();
    assertThat(directoriesIn(temporary)).anyMatch(d -> d.startsWith("drivelens-"));

    jvm.destroyForcibly();

    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> {
          assertThat(processesAt(temporary)).isEmpty();
          assertThat(directoriesIn(temporary)).noneMatch(d -> d.startsWith("drivelens-"));
        });
  }

  private static Process startServersInAnotherJvm(Path temporary) throws IOException {
    var builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            "-Djava.io.tmpdir=" + temporary,
            "-XX:TieredStopAtLevel=1",
            ServersMain.class.getName());
    builder.environment().put("DRIVELENS_TEST_MARK", temporary.toString());
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    var jvm = builder.start();
    var output =
        new BufferedReader(new InputStreamReader(jvm.getInputStream(), StandardCharsets.UTF_8));
    var line = output.readLine();
    while (line != null && !line.equals(ServersMain.READY)) {
      line = output.readLine();
    }
    assertThat(line).as("the other JVM started its servers").isNotNull();
    return jvm;
  }

  /** The other JVM gives its environment to all it starts: so even a daemon can be recognised. */
  private static List<String> processesAt(Path temporary) {
    var mark = "DRIVELENS_TEST_MARK=" + temporary;
    return ProcessHandle.allProcesses()
        .filter(process -> environmentOf(process).contains(mark))
        .map(process -> process.pid() + " " + process.info().commandLine().orElse("?"))
        .toList();
  }

  private static String environmentOf(ProcessHandle process) {
    try {
      return Files.readString(
          Path.of("/proc", String.valueOf(process.pid()), "environ"), StandardCharsets.ISO_8859_1);
    } catch (IOException goneOrNotOurs) {
      return "";
    }
  }

  private static List<String> directoriesIn(Path temporary) throws IOException {
    try (Stream<Path> entries = Files.list(temporary)) {
      return entries.map(entry -> entry.getFileName().toString()).toList();
    }
  }

  /** Started as a process by the test. */
  static final class ServersMain {

    static final String READY = "both servers are up";

    private ServersMain() {}

    public static void main(String[] args) throws InterruptedException {
      assertThat(Servers.postgres().port()).isPositive();
      assertThat(Servers.broker().port()).isPositive();
      System.out.println(READY);
      Thread.currentThread().join();
    }
  }
}
