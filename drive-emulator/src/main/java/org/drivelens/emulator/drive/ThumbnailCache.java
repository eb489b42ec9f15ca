package org.drivelens.emulator.drive;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** The thumbnails asked for lately, up to 32 MB. */
final class ThumbnailCache {

  private static final long LARGEST_BYTES = 32L << 20;

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, byte[]> kept = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  byte[] get(String key, Supplier<byte[]> draw) {
    lock.lock();
    try {
      byte[] known = kept.get(key);
      if (known != null) {
        return known;
      }
    } finally {
      lock.unlock();
    }
    // Drawn outside the lock: two may draw the same at once, nobody waits for a stranger's.
    byte[] fresh = draw.get();
    keep(key, fresh);
    return fresh;
  }

  private void keep(String key, byte[] fresh) {
    lock.lock();
    try {
      byte[] before = kept.put(key, fresh);
      bytes += fresh.length - (before == null ? 0 : before.length);
      Iterator<byte[]> oldest = kept.values().iterator();
      while (bytes > LARGEST_BYTES && oldest.hasNext()) {
        bytes -= oldest.next().length;
        oldest.remove();
      }
    } finally {
      lock.unlock();
    }
  }
}
