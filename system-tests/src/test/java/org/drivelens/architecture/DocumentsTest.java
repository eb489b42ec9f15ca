package org.drivelens.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documents say is proven by a test has that test. */
class DocumentsTest {

  private static final Path TOP = Path.of("..");
  private static final Pattern NAMED = Pattern.compile("\\b([A-Z]\\w*Test)\\b(?:\\.([a-z]\\w*))?");

  @Test
  void every_test_that_a_document_names_is_there() throws IOException {
    var tests = tests();
    var missing = new TreeSet<String>();
    for (var document : documents()) {
      var named = NAMED.matcher(Files.readString(document));
      while (named.find()) {
        var code = tests.getOrDefault(named.group(1), "");
        var method = named.group(2);
        var file = method == null || method.equals("java");
        if (code.isEmpty() || (!file && !code.contains(" " + method + "("))) {
          missing.add(document.getFileName() + ": " + named.group());
        }
      }
    }
    assertThat(missing).isEmpty();
    assertThat(tests).hasSizeGreaterThan(80);
  }

  private static List<Path> documents() throws IOException {
    try (var top = Files.list(TOP);
        var below = Files.walk(TOP.resolve("docs"))) {
      return Stream.concat(top, below).filter(f -> f.toString().endsWith(".md")).toList();
    }
  }

  private static Map<String, String> tests() throws IOException {
    var tests = new HashMap<String, String>();
    try (var modules = Files.newDirectoryStream(TOP, Files::isDirectory)) {
      for (var module : modules) {
        var root = module.resolve("src/test/java");
        if (Files.isDirectory(root)) {
          try (var files = Files.walk(root)) {
            for (var file : files.filter(f -> f.toString().endsWith("Test.java")).toList()) {
              // Two modules may have tests of one name.
              tests.merge(
                  file.getFileName().toString().replace(".java", ""),
                  Files.readString(file),
                  String::concat);
            }
          }
        }
      }
    }
    return tests;
  }
}
