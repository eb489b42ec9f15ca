package org.drivelens.emulator.directory;

import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/**
 * An item of the library that stands for a file or directory.
 *
 * @param leaf its name with the very bytes that the disk has, which no text may have
 * @param key of the file when it was last seen; empty if nobody remembers
 * @param modified when the content was last read
 * @param md5 null for folders
 * @param away in the trash, because it is not there any more
 */
record Mirrored(
    String id,
    @Nullable String parentId,
    Path leaf,
    String key,
    long size,
    FileTime modified,
    @Nullable String md5,
    boolean away) {

  static final FileTime UNKNOWN = FileTime.fromMillis(0);

  boolean folder() {
    return md5 == null;
  }

  String name() {
    return leaf.toString();
  }

  /** The same file with the same content, wherever it lies now. */
  boolean is(Found found) {
    return folder() == found.folder() && key.equals(found.key()) && (folder() || isAsRead(found));
  }

  boolean isAsRead(Found found) {
    return size == found.size() && modified.equals(found.modified());
  }

  static Mirrored folder(String id, String parentId, Found found) {
    return new Mirrored(
        id, parentId, found.path().getFileName(), found.key(), 0, UNKNOWN, null, false);
  }

  static Mirrored file(String id, String parentId, Found found, String md5) {
    return new Mirrored(
        id,
        parentId,
        found.path().getFileName(),
        found.key(),
        found.size(),
        found.modified(),
        md5,
        false);
  }

  /** There, with the content that it had when it was read. */
  Mirrored at(String newParentId, Found found) {
    return new Mirrored(
        id, newParentId, found.path().getFileName(), found.key(), size, modified, md5, false);
  }

  Mirrored withKey(String other) {
    return new Mirrored(id, parentId, leaf, other, size, modified, md5, away);
  }

  Mirrored goneAway() {
    return new Mirrored(id, parentId, leaf, key, size, modified, md5, true);
  }
}
