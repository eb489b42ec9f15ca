package org.drivelens.drive;

import java.time.Instant;
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
    @Nullable Instant createdTime,
    @Nullable Instant modifiedTime,
    @Nullable ImageMetadata image,
    boolean canListChildren,
    @Nullable String resourceKey,
    @Nullable String driveId) {

  static final String FOLDER = "application/vnd.google-apps.folder";

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
        createdTime,
        modifiedTime,
        image,
        canListChildren,
        resourceKey,
        driveId);
  }

  public boolean isFolder() {
    return mimeType.equals(FOLDER);
  }

  public boolean isImage() {
    return mimeType.startsWith("image/");
  }
}
