package org.drivelens.broken;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code ./drivelens broken} takes minutes; that its patches still say something takes none. */
class PatchesApplyTest {

  private static final Path ROOT = Path.of("..");

  static Stream<Path> patches() throws IOException {
    try (var files = Files.list(Path.of("src/test/broken"))) {
      return files.sorted().toList().stream();
    }
  }

  @Test
  void each_invariant_is_broken_once_at_least() throws IOException {
    var invariants =
        patches().map(file -> file.getFileName().toString().substring(0, 2)).distinct().toList();
    assertThat(invariants)
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, 12).mapToObj("%02d"::formatted).toList());
  }

  @ParameterizedTest
  @MethodSource("patches")
  void what_a_patch_replaces_is_there(Path patch) throws IOException {
    var lines = Files.readAllLines(patch);
    assertThat(lines.subList(0, 3).stream().map(line -> line.replaceFirst(": .*", "")))
        .containsExactly("Breaks", "Module", "Test");
    var file = lines.stream().filter(line -> line.startsWith("--- a/")).findFirst().orElseThrow();
    // A line that begins with a blank stays, one with a minus goes.
    var before =
        lines.stream()
            .dropWhile(line -> !line.startsWith("@@"))
            .skip(1)
            .filter(line -> line.startsWith(" ") || line.startsWith("-"))
            .map(line -> line.substring(1))
            .collect(Collectors.joining("\n"));
    assertThat(Files.readString(ROOT.resolve(file.substring("--- a/".length())))).contains(before);
  }

  @ParameterizedTest
  @MethodSource("patches")
  void the_test_that_notices_it_is_there(Path patch) throws IOException {
    var lines = Files.readAllLines(patch);
    var tests = ROOT.resolve(lines.get(1).substring("Module: ".length())).resolve("src/test/java");
    var test = lines.get(2).substring("Test: ".length()).split("#", 2);
    try (var files = Files.walk(tests)) {
      var found = files.filter(file -> file.endsWith(test[0] + ".java")).findFirst();
      assertThat(found).as(test[0]).isPresent();
      assertThat(Files.readString(found.orElseThrow())).contains(test[test.length - 1]);
    }
  }
}
