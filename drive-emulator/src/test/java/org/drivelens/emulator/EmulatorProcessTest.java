package org.drivelens.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmulatorProcessTest {

  @TempDir private Path directory;

  @Test
  void prints_one_line_when_ready_and_ends_when_asked() throws Exception {
    Path account = directory.resolve("account.json");
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                EmulatorProcess.class.getName(),
                "--port",
                "0",
                "--data",
                directory.resolve("data").toString(),
                "--service-account",
                account.toString())
            .redirectErrorStream(true)
            .start();
    try (var out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String line = out.readLine();

      assertThat(line).startsWith("Drive emulator ready: http://127.0.0.1:");
      var health = URI.create(line.substring(line.indexOf("control ") + 8) + "health");
      var response =
          EmulatorTest.HTTP.send(
              HttpRequest.newBuilder(health).build(), HttpResponse.BodyHandlers.ofString());
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(Files.readString(account)).contains("\"type\" : \"service_account\"");
      process.toHandle().destroy();
      assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
      assertThat(out.readLine()).isNull();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void bad_arguments_are_named() {
    for (var args :
        List.of(
            new String[] {"--port"},
            new String[] {"--colour", "red"},
            new String[] {"--address", "emulator:8085"},
            new String[] {"--port", "x"})) {
      assertThatThrownBy(() -> EmulatorProcess.settings(args))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("--");
    }
    var settings = EmulatorProcess.settings(new String[] {"--port", "7", "--bind", "0.0.0.0"});
    assertThat(settings.port()).isEqualTo(7);
    assertThat(settings.bind()).isEqualTo("0.0.0.0");
  }

  @Test
  void clients_are_told_the_address_under_which_they_reach_it() throws Exception {
    var settings = EmulatorProcess.settings(new String[] {"--address", "http://emulator:8085"});
    try (var emulator = DriveEmulator.start(settings.data(directory))) {
      assertThat(emulator.rootUrl()).isEqualTo("http://emulator:8085/");
      assertThat(Files.readString(emulator.serviceAccountFile()))
          .contains("\"token_uri\" : \"http://emulator:8085/token\"");
    }
  }
}
