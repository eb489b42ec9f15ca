package org.drivelens.api.folders;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something about a folder that a person should know before a gallery follows it.
 *
 * @param eventId the event it is about, if it is about one
 */
@Schema(name = "FolderWarning")
public record Warning(
    @Schema(description = "Stable, for programs.") Code code,
    @Schema(
            description = "In words for people.",
            example = "\"Anna & Ben\" follows this folder too.")
        String message,
    @Schema(description = "The event it is about, if it is about one.") @Nullable UUID eventId) {

  /** What it is about. The names of sync errors mean what they mean there. */
  public enum Code {
    SAME_FOLDER,
    INSIDE_ANOTHER_EVENT,
    CONTAINS_ANOTHER_EVENT,
    FOLDER_NOT_SHARED,
    FOLDER_NOT_FOUND,
    NOT_A_FOLDER,
    FOLDER_TRASHED,
    FOLDER_NOT_LISTABLE,
    PARTLY_UNREADABLE,
    NO_IMAGES
  }

  public static Warning of(Code code, String message) {
    return new Warning(code, message, null);
  }
}
