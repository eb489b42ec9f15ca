package org.drivelens.containers;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Dockerfile's steps that need no engine: what it copies is there, and lies where it says. */
class ImagesTest {

  private static final Path BUILT = ComposeFile.ROOT.resolve("target/drivelens");
  private static final List<String> MODULES =
      List.of("api-service", "sync-worker", "scheduler-service", "drive-emulator");

  private final List<String> dockerfile =
      ComposeFile.read("deploy/containers/Dockerfile").replace("\\\n", " ").lines().toList();

  @TempDir private Path layers;

  private Stream<List<String>> instructions(String keyword) {
    return dockerfile.stream()
        .filter(line -> line.startsWith(keyword + " "))
        .map(line -> List.of(line.trim().split("\\s+")));
  }

  @Test
  void what_is_copied_from_the_repository_is_there_and_not_ignored() {
    var ignore = ComposeFile.read(".dockerignore").lines().toList();
    var copied = new ArrayList<String>();
    instructions("COPY")
        .filter(words -> !words.get(1).startsWith("--from") && !words.get(1).equals("."))
        .forEach(words -> copied.add(words.get(1)));

    assertThat(copied)
        .isNotEmpty()
        .allSatisfy(source -> {
          assertThat(ComposeFile.ROOT.resolve(source)).exists();
          assertThat(ignore).contains("!" + source);
        });
    assertThat(ignore).contains("*", "!pom.xml", "!deploy/service");
  }

  /** By name: a wildcard does not lead into a directory that is left out as a whole. */
  @Test
  void the_build_sees_what_each_module_is_made_of() {
    var ignore = ComposeFile.read(".dockerignore").lines().toList();
    var modules =
        Pattern.compile("<module>(.+)</module>")
            .matcher(ComposeFile.read("pom.xml"))
            .results()
            .map(module -> module.group(1))
            .toList();

    assertThat(modules)
        .isNotEmpty()
        .allSatisfy(module ->
            Stream.of("pom.xml", "service.properties", "src/main")
                .map(part -> module + "/" + part)
                .filter(part -> Files.exists(ComposeFile.ROOT.resolve(part)))
                .forEach(part -> assertThat(ignore).contains("!" + part)));
  }

  @Test
  void the_layers_hold_all_of_a_service_and_each_file_once() throws Exception {
    run("sh", ComposeFile.ROOT.resolve("deploy/containers/layers") + "", BUILT + "", layers + "");

    for (String module : MODULES) {
      var copied = new ArrayList<String>();
      instructions("COPY")
          .filter(words -> words.get(1).equals("--from=build"))
          .map(words -> words.get(2).replace("${MODULE}", module).replace("/layers/", ""))
          .map(layers::resolve)
          .forEach(layer -> copied.addAll(files(layer)));

      assertThat(copied)
          .as(module)
          .containsExactlyInAnyOrderElementsOf(files(BUILT.resolve(module)));
      assertThat(layers.resolve(module).resolve("own/start")).isExecutable();
      assertThat(files(layers.resolve(module).resolve("libraries")))
          .allMatch(file -> file.startsWith("lib/") && !file.startsWith("lib/common-"));
    }
  }

  private static List<String> files(Path directory) {
    try (var all = Files.walk(directory)) {
      return all.filter(Files::isRegularFile)
          .map(file -> directory.relativize(file).toString().replace(File.separatorChar, '/'))
          .toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void run(String... command) throws IOException, InterruptedException {
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }

  @Test
  void images_do_not_run_as_root_and_get_signals() {
    assertThat(instructions("USER").map(words -> words.get(1))).containsExactly("10001:10001");
    assertThat(dockerfile).contains("ENTRYPOINT [\"./start\"]");
    assertThat(ComposeFile.read("deploy/service/start")).contains("exec \"${JAVA_HOME");
  }

  @Test
  void healthy_tells_a_healthy_service_from_others() throws Exception {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/well",
        exchange -> {
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.createContext(
        "/ill",
        exchange -> {
          exchange.sendResponseHeaders(503, -1);
          exchange.close();
        });
    server.start();
    try {
      String port = String.valueOf(server.getAddress().getPort());
      assertThat(healthy(port, "/well")).isZero();
      assertThat(healthy(port, "/ill")).isNotZero();
    } finally {
      server.stop(0);
    }
    assertThat(healthy(String.valueOf(server.getAddress().getPort()), "/well")).isNotZero();
  }

  private static int healthy(String port, String path) throws IOException, InterruptedException {
    return new ProcessBuilder(
            ComposeFile.ROOT.resolve("deploy/containers/healthy").toString(), port, path)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }
}
