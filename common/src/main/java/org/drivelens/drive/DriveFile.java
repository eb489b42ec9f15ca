package org.drivelens.drive;

import org.jspecify.annotations.Nullable;

/**
 * A file or folder as Drive shows it to us. Names are exact, but for U+0000, which PostgreSQL
 * cannot keep.
 *
 * @param parentId null when the parent is not visible to us
 * @param trashed itself or by a folder above; the latter may lag (drive-api 5.3)
 * @param version grows with every change of the file: an older one never overwrites a newer one
 * @param canListChildren false for what is no folder
 * @param driveId the shared drive it lives in
 * @param shortcut where it leads, or, of what a shortcut shows, the shortcut it is shown by
 */
public record DriveFile(
    String id,
    String name,
    String mimeType,
    @Nullable String parentId,
    boolean trashed,
    boolean explicitlyTrashed,
    long version,
    @Nullable Long size,
    @Nullable String md5,
    @Nullable ImageMetadata image,
    boolean canListChildren,
    @Nullable String resourceKey,
    @Nullable String driveId,
    @Nullable Shortcut shortcut) {

  static final String FOLDER = "application/vnd.google-apps.folder";
  static final String SHORTCUT = "application/vnd.google-apps.shortcut";

  /**
   * Where a shortcut leads.
   *
   * @param id of the shortcut itself
   * @param targetMimeType as it was when the shortcut was made
   */
  public record Shortcut(
      String id, String targetId, String targetMimeType, @Nullable String targetResourceKey) {

    public boolean leadsToImage() {
      return targetMimeType.startsWith("image/");
    }

    public boolean leadsToFolder() {
      return targetMimeType.equals(FOLDER);
    }
  }

  /** The same file, known to lie in this folder. */
  public DriveFile in(String folder) {
    return new DriveFile(
        id,
        name,
        mimeType,
        folder,
        trashed,
        explicitlyTrashed,
        version,
        size,
        md5,
        image,
        canListChildren,
        resourceKey,
        driveId,
        shortcut);
  }

  /**
   * What this shortcut shows: an image is the shortcut's own, with the content of its target; a
   * folder is the target itself, in the shortcut's place and under its name.
   *
   * @param target what it leads to, as it is now
   */
  public DriveFile through(DriveFile target) {
    return new DriveFile(
        target.isFolder() ? target.id : id,
        name,
        target.mimeType,
        parentId,
        trashed || target.trashed,
        explicitlyTrashed || target.explicitlyTrashed,
        target.isFolder() ? target.version : version,
        target.size,
        target.md5,
        target.image,
        target.canListChildren,
        target.resourceKey != null || shortcut == null
            ? target.resourceKey
            : shortcut.targetResourceKey(),
        target.driveId,
        shortcut);
  }

  /** A shortcut that was not followed. */
  public boolean isShortcut() {
    return mimeType.equals(SHORTCUT);
  }

  public boolean leadsTo(String target) {
    return isShortcut() && shortcut != null && shortcut.targetId().equals(target);
  }

  /** The file whose content is shown, if that is another one. */
  public @Nullable String targetId() {
    return shortcut == null || isFolder() ? null : shortcut.targetId();
  }

  /** The shortcut through which a folder is reached. */
  public @Nullable String shortcutId() {
    return shortcut == null || !isFolder() ? null : shortcut.id();
  }

  public boolean isFolder() {
    return mimeType.equals(FOLDER);
  }

  public boolean isImage() {
    return mimeType.startsWith("image/");
  }
}
