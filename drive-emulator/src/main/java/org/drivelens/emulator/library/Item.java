package org.drivelens.emulator.library;

import java.time.Instant;
import org.drivelens.emulator.picture.ImageMetadata;
import org.jspecify.annotations.Nullable;

/**
 * One file or folder at one moment; never changed, only replaced.
 *
 * @param ordinal position in the order of creation; also the source of the id
 * @param parentId null for the top of somebody's My Drive
 * @param version grows with every change of this item, and of this item only: what happens to a
 *     folder above does not touch it (drive-api 5.3)
 * @param revision grows with every replacement of the content
 * @param explicitlyTrashed trashed itself, not just lying in a trashed folder
 * @param listable capabilities.canListChildren
 */
public record Item(
    String id,
    long ordinal,
    String name,
    String mimeType,
    @Nullable String parentId,
    String owner,
    Instant createdTime,
    Instant modifiedTime,
    @Nullable Instant viewedTime,
    long version,
    int revision,
    boolean explicitlyTrashed,
    Access access,
    @Nullable Instant sharedTime,
    boolean listable,
    @Nullable Content content,
    @Nullable ImageMetadata image) {

  public static final String FOLDER = "application/vnd.google-apps.folder";

  /** Owner of what is the robot's own; anybody else is an e-mail address. */
  public static final String ROBOT = "robot";

  public boolean isFolder() {
    return mimeType.equals(FOLDER);
  }

  public boolean isImage() {
    return mimeType.startsWith("image/");
  }

  Draft draft() {
    return new Draft(this);
  }

  /** The next state of an item, in the making. */
  static final class Draft {
    private final Item base;
    String name;
    @Nullable String parentId;
    Instant modifiedTime;
    @Nullable Instant viewedTime;
    int revision;
    boolean explicitlyTrashed;
    Access access;
    @Nullable Instant sharedTime;
    boolean listable;
    @Nullable Content content;
    @Nullable ImageMetadata image;

    private Draft(Item base) {
      this.base = base;
      name = base.name;
      parentId = base.parentId;
      modifiedTime = base.modifiedTime;
      viewedTime = base.viewedTime;
      revision = base.revision;
      explicitlyTrashed = base.explicitlyTrashed;
      access = base.access;
      sharedTime = base.sharedTime;
      listable = base.listable;
      content = base.content;
      image = base.image;
    }

    Item as(long version) {
      return new Item(
          base.id,
          base.ordinal,
          name,
          base.mimeType,
          parentId,
          base.owner,
          base.createdTime,
          modifiedTime,
          viewedTime,
          version,
          revision,
          explicitlyTrashed,
          access,
          sharedTime,
          listable,
          content,
          image);
    }
  }
}
