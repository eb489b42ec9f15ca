package org.drivelens.emulator.library;

import java.time.Instant;
import org.drivelens.emulator.picture.ImageMetadata;
import org.jspecify.annotations.Nullable;

/**
 * One file or folder at one moment; never changed, only replaced.
 *
 * @param ordinal position in the order of creation; also the source of the id
 * @param parentId null for the top of somebody's My Drive or of a shared drive
 * @param version grows with every change of this item, and of this item only: what happens to a
 *     folder above does not touch it (drive-api 5.3)
 * @param revision grows with every replacement of the content
 * @param explicitlyTrashed trashed itself, not just lying in a trashed folder
 * @param trashedTime when it was trashed itself
 * @param listable capabilities.canListChildren
 * @param shortcut where a shortcut leads; null for everything else
 * @param resourceKey what a caller must send to reach the item (drive-api 3); usually null
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
    @Nullable Instant trashedTime,
    Access access,
    @Nullable Instant sharedTime,
    boolean listable,
    @Nullable Content content,
    @Nullable ImageMetadata image,
    @Nullable Shortcut shortcut,
    @Nullable String resourceKey) {

  public static final String FOLDER = "application/vnd.google-apps.folder";
  public static final String SHORTCUT = "application/vnd.google-apps.shortcut";

  /** Owner of what is the robot's own; anybody else is an e-mail address. */
  public static final String ROBOT = "robot";

  public boolean isFolder() {
    return mimeType.equals(FOLDER);
  }

  public boolean isImage() {
    return mimeType.startsWith("image/");
  }

  /** An untouched item, as it is when somebody has just made it. */
  static Item fresh(
      String id,
      long ordinal,
      @Nullable String parentId,
      String name,
      String mimeType,
      String owner,
      Instant at) {
    return new Item(
        id,
        ordinal,
        name,
        mimeType,
        parentId,
        owner,
        at,
        at,
        null,
        1,
        0,
        false,
        null,
        Access.INHERITED,
        null,
        true,
        null,
        null,
        null,
        null);
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
    @Nullable Instant trashedTime;
    Access access;
    @Nullable Instant sharedTime;
    boolean listable;
    @Nullable Content content;
    @Nullable ImageMetadata image;
    @Nullable Shortcut shortcut;
    @Nullable String resourceKey;

    private Draft(Item base) {
      this.base = base;
      name = base.name;
      parentId = base.parentId;
      modifiedTime = base.modifiedTime;
      viewedTime = base.viewedTime;
      revision = base.revision;
      explicitlyTrashed = base.explicitlyTrashed;
      trashedTime = base.trashedTime;
      access = base.access;
      sharedTime = base.sharedTime;
      listable = base.listable;
      content = base.content;
      image = base.image;
      shortcut = base.shortcut;
      resourceKey = base.resourceKey;
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
          trashedTime,
          access,
          sharedTime,
          listable,
          content,
          image,
          shortcut,
          resourceKey);
    }
  }
}
