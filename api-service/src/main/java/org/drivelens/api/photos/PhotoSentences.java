package org.drivelens.api.photos;

import org.drivelens.api.photos.PhotoHistory.Kind;
import org.drivelens.api.photos.PhotoHistory.Reason;
import org.jspecify.annotations.Nullable;

/** What a person reads of a change. */
final class PhotoSentences {

  private PhotoSentences() {}

  static String of(Kind kind, @Nullable Reason reason) {
    return switch (kind) {
      case APPEARED -> "The photo appeared in the folder.";
      case CHANGED -> "The photo was changed in Google Drive.";
      case MOVED -> "The photo was moved to another folder of the event.";
      case RETURNED -> "The photo is in the folder again.";
      case REMOVED -> removed(reason);
    };
  }

  private static String removed(@Nullable Reason reason) {
    return switch (reason) {
      case TRASHED -> "The photo, or a folder above it, is in the trash of Google Drive.";
      case MOVED_OUT -> "The photo was moved out of the event's folder.";
      case NOT_AN_IMAGE -> "The file is no image any more.";
      case GONE -> "The photo was deleted in Google Drive, or is no longer shared with Drivelens.";
      case FOLDER_HIDDEN -> "The photo lies in a folder that Drivelens may not see any more.";
      case ACCEPTED -> "The photo seemed to be gone, and somebody accepted its removal.";
      case null -> "The photo left the gallery.";
    };
  }
}
