package org.drivelens.emulator.library;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import org.drivelens.emulator.picture.ImageMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Something that was done to the library. The journal is a list of deeds, and doing them again in
 * their order gives the same ids, versions and change log; so what a deed does must never change.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "did")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Deed.Begun.class, name = "begun"),
  @JsonSubTypes.Type(value = Deed.Created.class, name = "created"),
  @JsonSubTypes.Type(value = Deed.Seeded.class, name = "seeded"),
  @JsonSubTypes.Type(value = Deed.Renamed.class, name = "renamed"),
  @JsonSubTypes.Type(value = Deed.Moved.class, name = "moved"),
  @JsonSubTypes.Type(value = Deed.Replaced.class, name = "replaced"),
  @JsonSubTypes.Type(value = Deed.Trashed.class, name = "trashed"),
  @JsonSubTypes.Type(value = Deed.Deleted.class, name = "deleted"),
  @JsonSubTypes.Type(value = Deed.Shared.class, name = "shared"),
  @JsonSubTypes.Type(value = Deed.Viewed.class, name = "viewed"),
  @JsonSubTypes.Type(value = Deed.Measured.class, name = "measured"),
  @JsonSubTypes.Type(value = Deed.Limited.class, name = "limited"),
  @JsonSubTypes.Type(value = Deed.Pointed.class, name = "pointed"),
  @JsonSubTypes.Type(value = Deed.Keyed.class, name = "keyed"),
  @JsonSubTypes.Type(value = Deed.Forgotten.class, name = "forgotten"),
  @JsonSubTypes.Type(value = Deed.DriveCreated.class, name = "driveCreated"),
  @JsonSubTypes.Type(value = Deed.DriveRenamed.class, name = "driveRenamed"),
  @JsonSubTypes.Type(value = Deed.DriveJoined.class, name = "driveJoined"),
  @JsonSubTypes.Type(value = Deed.DriveDeleted.class, name = "driveDeleted")
})
sealed interface Deed {

  Instant at();

  /** The first line of a journal; ids follow from the seed. */
  record Begun(Instant at, long seed) implements Deed {}

  record Created(
      Instant at,
      String parentId,
      String name,
      String mimeType,
      @Nullable Content content,
      @Nullable ImageMetadata image)
      implements Deed {}

  /** Many made-up images at once, in one line: large trees must not make a restart slow. */
  record Seeded(Instant at, String parentId, String prefix, int first, int count) implements Deed {}

  record Renamed(Instant at, String id, String name) implements Deed {}

  record Moved(Instant at, String id, String parentId) implements Deed {}

  record Replaced(Instant at, String id, Content content, @Nullable ImageMetadata image)
      implements Deed {}

  record Trashed(Instant at, String id, boolean trashed) implements Deed {}

  record Deleted(Instant at, String id) implements Deed {}

  record Shared(Instant at, String id, Access access) implements Deed {}

  record Viewed(Instant at, String id) implements Deed {}

  /** Image metadata arrived late, or went. */
  record Measured(Instant at, String id, @Nullable ImageMetadata image, boolean silently)
      implements Deed {}

  record Limited(Instant at, String id, boolean listable) implements Deed {}

  /** A shortcut was made. */
  record Pointed(Instant at, String parentId, String name, Shortcut shortcut) implements Deed {}

  record Keyed(Instant at, String id, @Nullable String resourceKey) implements Deed {}

  /** Every change token handed out so far is refused from now on. */
  record Forgotten(Instant at) implements Deed {}

  /** Something done to a whole shared drive. */
  sealed interface OfDrive extends Deed {}

  record DriveCreated(Instant at, String name) implements OfDrive {}

  record DriveRenamed(Instant at, String id, String name) implements OfDrive {}

  /** The robot became a member of a shared drive, or is one no longer. */
  record DriveJoined(Instant at, String id, boolean member) implements OfDrive {}

  record DriveDeleted(Instant at, String id) implements OfDrive {}
}
