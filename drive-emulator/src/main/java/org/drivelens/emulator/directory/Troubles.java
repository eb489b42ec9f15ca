package org.drivelens.emulator.directory;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** What cannot be read: counted, and said once each. */
final class Troubles {

  private static final Logger log = System.getLogger(Troubles.class.getName());

  private final Set<Path> unreadable = new HashSet<>();

  synchronized void add(Path path, Exception reason) {
    if (unreadable.add(path)) {
      log.log(Level.WARNING, () -> path + " cannot be read: " + reason);
    }
  }

  synchronized void over(Path path) {
    unreadable.remove(path);
  }

  synchronized void forgetWhatIsGone() {
    unreadable.removeIf(path -> Files.notExists(path, LinkOption.NOFOLLOW_LINKS));
  }

  synchronized int count() {
    return unreadable.size();
  }
}
