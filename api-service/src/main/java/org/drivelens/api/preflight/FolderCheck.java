package org.drivelens.api.preflight;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.drivelens.api.folders.Warning;
import org.jspecify.annotations.Nullable;

/** What a look at a folder found. */
@Schema(name = "DriveCheck")
record FolderCheck(
    @Schema(example = "1AbCdEfGhIjKlMnOpQrStUvWxYz012345") String folderId,
    @Schema(description = "Whether Drivelens sees it at all.") boolean reachable,
    @Schema(description = "Whether a gallery could follow it; null if it is not seen.")
        @Nullable Boolean folder,
    @Schema(example = "Anna & Ben") @Nullable String name,
    @Schema(
            description = "The address to share it with as Viewer, if it is not shared yet.",
            example = "robot@project.iam.gserviceaccount.com")
        String shareWith,
    @Schema(description = "How many images were counted; null if it cannot be listed.")
        @Nullable Integer images,
    @Schema(description = "Folders found, itself included.") @Nullable Integer folders,
    @Schema(description = "Whether all was counted; else there are at least as many.")
        @Nullable Boolean complete,
    @Schema(
            description =
                "Roughly how long the first sync takes when nothing else uses the quota, in"
                    + " seconds; at least this if not all was counted.")
        @Nullable Long firstSyncSeconds,
    @Schema(description = "How often Google Drive was asked.") int driveCalls,
    List<Warning> warnings) {}
