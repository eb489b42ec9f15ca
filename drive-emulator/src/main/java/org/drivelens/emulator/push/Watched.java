package org.drivelens.emulator.push;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.drivelens.emulator.library.Content;
import org.drivelens.emulator.library.Item;
import org.drivelens.emulator.library.RobotView;
import org.drivelens.emulator.library.Seen;
import org.jspecify.annotations.Nullable;

/** What a channel last saw of its resource; a difference to now is worth a message. */
record Watched(long head, @Nullable Seen seen, int children) {

  /** Of a change log only its end counts, of a file what the robot sees of it. */
  static Watched of(Channel channel, RobotView view) {
    String fileId = channel.fileId();
    if (fileId != null) {
      return new Watched(0, view.find(fileId), view.childrenHash(fileId));
    }
    boolean gone = channel.driveId() != null && view.drive(channel.driveId()) == null;
    return ofLog(gone ? 0 : view.head(channel.driveId()));
  }

  /** A change log whose end was there. */
  static Watched ofLog(long head) {
    return new Watched(head, null, 0);
  }

  /** drive-api 6: the state of a message about what happened since; null if nothing did. */
  @Nullable String stateSince(Watched before, boolean ofFile) {
    if (equals(before)) {
      return null;
    }
    if (!ofFile) {
      return "change";
    }
    if (seen == null || before.seen == null) {
      return seen == null ? "remove" : "add";
    }
    if (seen.trashed() != before.seen.trashed()) {
      return seen.trashed() ? "trash" : "untrash";
    }
    return "update";
  }

  /** drive-api 6: X-Goog-Changed, of updates only. */
  String changedSince(Watched before) {
    if (seen == null || before.seen == null) {
      return "";
    }
    Item now = seen.item();
    Item then = before.seen.item();
    List<String> changed = new ArrayList<>();
    if (!Objects.equals(md5(now), md5(then))) {
      changed.add("content");
    }
    if (!now.name().equals(then.name()) || !Objects.equals(now.image(), then.image())) {
      changed.add("properties");
    }
    if (!Objects.equals(now.parentId(), then.parentId())) {
      changed.add("parents");
    }
    if (children != before.children) {
      changed.add("children");
    }
    if (now.access() != then.access()) {
      changed.add("permissions");
    }
    return String.join(",", changed);
  }

  private static @Nullable String md5(Item item) {
    Content content = item.content();
    return content == null ? null : content.md5();
  }
}
