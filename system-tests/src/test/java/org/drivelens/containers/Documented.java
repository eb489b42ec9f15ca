package org.drivelens.containers;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Names of settings in a page: {@code `SOME_NAME`}, and {@code `…_OTHER`} behind it in its row. */
final class Documented {

  private static final Pattern NAME = Pattern.compile("`(…?)([A-Z][A-Z_]*|_[A-Z_]+)`");

  private Documented() {}

  static Set<String> settings(String page) {
    var names = new TreeSet<String>();
    for (String line : page.lines().toList()) {
      String whole = "";
      for (var match : NAME.matcher(line).results().toList()) {
        if (match.group(1).isEmpty()) {
          whole = match.group(2);
          names.add(whole);
        } else {
          // Where the beginning ends is not said: each is taken for meant.
          for (int at = whole.indexOf('_'); at > 0; at = whole.indexOf('_', at + 1)) {
            names.add(whole.substring(0, at) + match.group(2));
          }
        }
      }
    }
    return names;
  }
}
