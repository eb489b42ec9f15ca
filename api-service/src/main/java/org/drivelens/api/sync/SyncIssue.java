package org.drivelens.api.sync;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why a folder, or an image, is not shown. */
@Schema(name = "SyncIssue")
record SyncIssue(
    @Schema(
            description =
                "FOLDER: a sub-folder that cannot be listed; its known photos are kept. FILE: an image that"
                    + " was listed and cannot be shown.")
        Kind kind,
    String driveItemId,
    @Nullable String name,
    @Schema(
            description =
                "Of a folder: the names down to it; null while it has no place in the tree.")
        @Nullable List<String> folderPath,
    @Schema(description = "Google's word for it.", example = "insufficientFilePermissions")
        String reason,
    String message,
    Instant since) {

  /** What it is about. */
  enum Kind {
    FOLDER,
    FILE
  }
}
