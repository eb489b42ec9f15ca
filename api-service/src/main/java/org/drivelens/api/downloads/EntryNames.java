package org.drivelens.api.downloads;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.drivelens.api.content.FileNames;

/**
 * Gives the files of an archive names that any system can unpack side by side, those too that make
 * no difference between upper and lower case. The same files in the same order get the same names.
 */
final class EntryNames {

  static final String MISSING = "MISSING.txt";

  /** The path as a whole; deeper folders are left out, since systems unpack no longer ones. */
  private static final int LONGEST_PATH = 700;

  private final Set<String> taken = new HashSet<>();
  private final boolean folders;

  /**
   * @param folders whether files lie in their folders, or all side by side
   * @param paths the paths of all folders: no file may be called as one of them
   */
  EntryNames(boolean folders, List<List<String>> paths) {
    this.folders = folders;
    taken.add(key(MISSING));
    if (folders) {
      paths.forEach(path -> {
        var folder = folder(path);
        for (int at = folder.indexOf('/'); at >= 0; at = folder.indexOf('/', at + 1)) {
          taken.add(key(folder.substring(0, at)));
        }
      });
    }
  }

  /** The name of the next file. */
  String next(Selection.Item item) {
    var name = FileNames.safe(item.name());
    var folder = folders ? folder(item.folderPath()) : "";
    var extension = FileNames.extension(name);
    var stem = name.substring(0, name.length() - extension.length());
    var path = folder + name;
    for (int number = 2; !taken.add(key(path)); number++) {
      path = folder + stem + " (" + number + ")" + extension;
    }
    return path;
  }

  /** Ends with a slash unless it is empty. */
  private static String folder(List<String> path) {
    var folder = new StringBuilder();
    for (var name : path) {
      var next = FileNames.safe(name, "folder") + "/";
      if ((folder + next).getBytes(StandardCharsets.UTF_8).length > LONGEST_PATH) {
        break;
      }
      folder.append(next);
    }
    return folder.toString();
  }

  /** Upper case first: some letters are told apart only in one of the cases. */
  private static String key(String path) {
    return path.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
  }
}
