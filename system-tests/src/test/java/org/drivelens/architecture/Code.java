package org.drivelens.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The compiled classes of all modules, read from their build folders. */
final class Code {

  static final String ROOT = "org.drivelens";

  /** Root package of the deliberately bad code that every rule must bite. */
  static final String SAMPLE = "org.drivelens.sample";

  static final Path SAMPLE_FOLDER = Path.of("target", "test-classes", "org", "drivelens", "sample");

  /** What is shipped. */
  static final JavaClasses MAIN = new ClassFileImporter().importPaths(mainFolders());

  /** What is not shipped, the bad samples left out. */
  static final JavaClasses TESTS =
      new ClassFileImporter()
          .withImportOption(location -> !location.contains("/org/drivelens/sample/"))
          .importPaths(testFolders());

  /** Both together, to see who uses whom. */
  static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(location -> !location.contains("/org/drivelens/sample/"))
          .importPaths(Stream.concat(mainFolders().stream(), testFolders().stream()).toList());

  static final JavaClasses BAD = new ClassFileImporter().importPaths(SAMPLE_FOLDER);

  private Code() {}

  static Path classesOf(String module) {
    return Path.of("..", module, "target", "classes");
  }

  private static List<Path> mainFolders() {
    return modules()
        .filter(module -> !module.equals("test-support"))
        .map(Code::classesOf)
        .filter(Files::isDirectory)
        .toList();
  }

  // test-support is main code only for Maven: it is used by tests alone.
  private static List<Path> testFolders() {
    return Stream.concat(
            modules().map(module -> Path.of("..", module, "target", "test-classes")),
            Stream.of(classesOf("test-support")))
        .filter(Files::isDirectory)
        .toList();
  }

  private static Stream<String> modules() {
    try (var entries = Files.list(Path.of(".."))) {
      return entries
          .filter(entry -> Files.exists(entry.resolve("pom.xml")))
          .map(entry -> entry.getFileName().toString())
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
