package org.drivelens.worker.photos;

import org.jspecify.annotations.Nullable;

/**
 * A photo that has left the folder, or seems to have. Which of the two decides how it is removed:
 * see {@link Removals}.
 */
public sealed interface Removal {

  String fileId();

  /** A word for it, as it stands in {@code photo.removed_reason}. */
  String reason();

  /**
   * Drive itself said that the photo is not in the folder any more: in an entry that is not older
   * than what we hold and says that it was put into the trash by name, or when asked for it now.
   *
   * @param version of the file as Drive showed it
   */
  record Proof(String fileId, long version, By by) implements Removal {

    /** What was said. */
    public enum By {
      /** It is in the trash, by itself or with a folder above. */
      TRASHED,
      /** It lies outside the event's folder now. */
      MOVED_OUT,
      /** It is no image any more. */
      NOT_AN_IMAGE
    }

    @Override
    public String reason() {
      return by.name();
    }
  }

  /**
   * Drive does not say what became of the photo, although it was asked.
   *
   * @param top a folder of the event above it, above which we may not see; null if that is not why
   */
  record Doubt(String fileId, Of of, @Nullable String top) implements Removal {

    /** As far as nothing is seen above it. */
    public Doubt(String fileId, Of of) {
      this(fileId, of, null);
    }

    /** What is not known. */
    public enum Of {
      /** Deleted, or we may not see it any more: Drive does not tell the two apart. */
      GONE,
      /** It is there, but we may not see the folder in which it lies. */
      FOLDER_HIDDEN
    }

    @Override
    public String reason() {
      return of.name();
    }
  }
}
