package org.drivelens.emulator.drive;

import java.util.Arrays;
import org.drivelens.emulator.library.Item;
import org.drivelens.emulator.library.Seen;
import org.drivelens.emulator.wire.Request;

/** Whether a call reaches what its robot may see; if not, the file does not exist for it. */
final class Reach {

  private Reach() {}

  /** drive-api 3: a client that does not say that it knows shared drives sees nothing in them. */
  static boolean allows(Seen seen, Request request) {
    return (seen.driveId() == null || Corpora.areSupported(request))
        && isUnlocked(seen.item(), request);
  }

  /** {@code X-Goog-Drive-Resource-Keys: id/key,id2/key2} (drive-api 3). */
  private static boolean isUnlocked(Item item, Request request) {
    if (item.resourceKey() == null) {
      return true;
    }
    String sent = request.header("x-goog-drive-resource-keys");
    String wanted = item.id() + "/" + item.resourceKey();
    return sent != null
        && Arrays.stream(sent.split(",", -1)).map(String::strip).anyMatch(wanted::equals);
  }
}
