package org.drivelens.api.preflight;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import org.drivelens.api.folders.FolderUrl;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Drive")
@RestController
class CheckController {

  private final Preflight preflight;

  CheckController(Preflight preflight) {
    this.preflight = preflight;
  }

  @Schema(name = "DriveCheckInput")
  record Input(
      @Schema(
              requiredMode = Schema.RequiredMode.REQUIRED,
              example = FolderUrl.EXAMPLE,
              maxLength = FolderUrl.LONGEST)
          @NotNull(message = "must not be null")
          String googleDriveUrl) {}

  @Operation(
      summary = "Look at a folder before an event follows it",
      description =
          "Can it be read, whom must it be shared with, which events follow it already, how many"
              + " images are there at least, and how long will the first sync take. It asks Google"
              + " Drive at most 20 times, stores nothing, and refuses nothing: see `warnings`.")
  @ApiResponse(responseCode = "200", description = "What was found.")
  @ApiResponse(responseCode = "502", ref = "#/components/responses/DriveFailed")
  @PostMapping(path = "/drive/check", consumes = MediaType.APPLICATION_JSON_VALUE)
  FolderCheck check(@Valid @RequestBody Input input) {
    return preflight.check(FolderUrl.parse(input.googleDriveUrl()));
  }
}
