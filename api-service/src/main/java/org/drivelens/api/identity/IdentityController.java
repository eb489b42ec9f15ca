package org.drivelens.api.identity;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.drivelens.drive.GoogleDrive;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Drive", description = "Drivelens in Google Drive.")
@RestController
class IdentityController {

  private final GoogleDrive drive;

  IdentityController(GoogleDrive drive) {
    this.drive = drive;
  }

  /** Whom folders are shared with. */
  @Schema(name = "DriveIdentity")
  record Identity(
      @Schema(example = "robot@project.iam.gserviceaccount.com") String email,
      @Schema(description = "What to tell people.") String hint) {}

  @Operation(
      summary = "The address to share folders with",
      description = "Drivelens reads a folder once it is shared with this address as Viewer.")
  @GetMapping("/drive/identity")
  Identity identity() {
    var email = drive.robot();
    return new Identity(email, "Share the Google Drive folder with " + email + " as Viewer.");
  }
}
