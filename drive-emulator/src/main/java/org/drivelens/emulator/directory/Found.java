package org.drivelens.emulator.directory;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file or directory as the disk shows it now.
 *
 * @param key device and inode: stays through renames, ends with the file
 */
record Found(Path path, boolean folder, String key, long size, FileTime modified) {

  /**
   * Null for what is not there or not served: hidden things, links (what they lead to may lie
   * anywhere, and lead back), devices.
   */
  static @Nullable Found at(Path path) throws IOException {
    if (!isServed(path)) {
      return null;
    }
    BasicFileAttributes attributes;
    try {
      attributes = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (java.nio.file.NoSuchFileException | FileSystemLoopException e) {
      return null;
    }
    return attributes.isDirectory() || attributes.isRegularFile() ? of(path, attributes) : null;
  }

  /** The directory itself, whatever it is called. */
  static Found root(Path directory) throws IOException {
    return of(directory, Files.readAttributes(directory, BasicFileAttributes.class));
  }

  private static Found of(Path path, BasicFileAttributes attributes) {
    return new Found(
        path,
        attributes.isDirectory(),
        String.valueOf(attributes.fileKey()),
        attributes.isDirectory() ? 0 : attributes.size(),
        attributes.lastModifiedTime());
  }

  private static boolean isServed(Path path) {
    return !path.getFileName().toString().startsWith(".");
  }

  /** Names in a directory. */
  static List<Path> names(Path directory) throws IOException {
    var names = new ArrayList<Path>();
    try (var stream = Files.newDirectoryStream(directory)) {
      for (Path path : stream) {
        names.add(path.getFileName());
      }
    } catch (java.nio.file.DirectoryIteratorException e) {
      throw e.getCause();
    }
    return names;
  }

  String name() {
    return path.getFileName().toString();
  }

  /** Nothing was written meanwhile, as far as anybody can tell without reading it all. */
  boolean unchangedSince(Found earlier) {
    return key.equals(earlier.key) && size == earlier.size && modified.equals(earlier.modified);
  }
}
