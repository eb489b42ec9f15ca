package org.drivelens.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.Utf8Entry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** Finds SQL that writes, in the string constants of compiled classes. */
final class TableWrites {

  private TableWrites() {}

  /**
   * Classes below the folder with SQL that writes one of the tables, and that SQL's first words.
   */
  static List<String> in(Path folder, Collection<String> tables) {
    var writing =
        Pattern.compile(
            "\\b(insert\\s+into|update(\\s+only)?|delete\\s+from|truncate(\\s+table)?|merge\\s+into"
                + "|copy)\\s+(public\\.)?\"?("
                + String.join("|", tables)
                + ")\"?(?![\\w.])",
            Pattern.CASE_INSENSITIVE);
    try (var files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".class"))
          .flatMap(file ->
              constantsOf(file).stream()
                  .map(writing::matcher)
                  .filter(java.util.regex.Matcher::find)
                  .map(found -> folder.relativize(file) + ": " + found.group()))
          .distinct()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> constantsOf(Path file) {
    try {
      return StreamSupport.stream(ClassFile.of().parse(file).constantPool().spliterator(), false)
          .filter(Utf8Entry.class::isInstance)
          .map(entry -> ((Utf8Entry) entry).stringValue())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
