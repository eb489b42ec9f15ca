package org.drivelens.api.downloads;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.drivelens.api.content.Images;
import org.drivelens.api.problems.ApiProblem;
import org.drivelens.api.problems.ProblemType;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What whoever holds a link can do with it: the secret in it is all that is asked for. */
@Tag(name = "Downloads")
@SecurityRequirements
@RestController
@RequestMapping("/download/{token}")
class LinkController {

  private static final String TOKEN = "The secret of the link.";

  private final Selections selections;
  private final Checks checks;
  private final ZipSending sending;
  private final Images images;

  LinkController(Selections selections, Checks checks, ZipSending sending, Images images) {
    this.selections = selections;
    this.checks = checks;
    this.sending = sending;
    this.images = images;
  }

  @Operation(summary = "What a download link gives")
  @ApiResponse(responseCode = "200", description = "Its items.")
  @ApiResponse(responseCode = "410", ref = "#/components/responses/DownloadOver")
  @GetMapping
  DownloadAnswers.Contents contents(
      @Parameter(description = TOKEN) @PathVariable("token") String text) {
    var token = new Token(text);
    var selection = selections.open(token);
    return DownloadAnswers.Contents.of(selection, token, selections.items(selection.id()));
  }

  @Operation(
      summary = "Download all items as one ZIP",
      description =
          "Streamed from Google Drive, with its exact length. Every photo is looked at before the"
              + " first byte: what cannot be sent is named in MISSING.txt. A connection that is cut"
              + " can be resumed with Range (and If-Range) up to where any download of this link"
              + " has come.")
  @ApiResponse(
      responseCode = "200",
      description = "The ZIP; its files are stored, not compressed.",
      content =
          @Content(
              mediaType = "application/zip",
              schema = @Schema(type = "string", format = "binary")))
  @ApiResponse(responseCode = "206", description = "The range asked for.")
  @ApiResponse(responseCode = "410", ref = "#/components/responses/DownloadOver")
  @ApiResponse(responseCode = "416", ref = "#/components/responses/RangeNotSatisfiable")
  @ApiResponse(responseCode = "502", ref = "#/components/responses/DriveFailed")
  @GetMapping("/zip")
  void zip(
      @Parameter(description = TOKEN) @PathVariable("token") String text,
      @Parameter(description = "Whether the photos lie in their folders, or all side by side.")
          @RequestParam(defaultValue = "false")
          boolean folders,
      @Parameter(description = "One range of bytes.", example = "bytes=1024-")
          @RequestHeader(name = HttpHeaders.RANGE, required = false)
          @Nullable String range,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    sending.send(request, response, selections.open(new Token(text)), folders);
  }

  @Operation(summary = "Download one item", description = "As it lies in Google Drive.")
  @ApiResponse(
      responseCode = "200",
      description = "The file.",
      content =
          @Content(mediaType = "image/*", schema = @Schema(type = "string", format = "binary")))
  @ApiResponse(responseCode = "206", description = "The range asked for.")
  @ApiResponse(responseCode = "304", description = "Not changed.")
  @ApiResponse(responseCode = "410", ref = "#/components/responses/DownloadOver")
  @ApiResponse(responseCode = "416", ref = "#/components/responses/RangeNotSatisfiable")
  @ApiResponse(responseCode = "502", ref = "#/components/responses/DriveFailed")
  @GetMapping("/items/{number}")
  void item(
      @Parameter(description = TOKEN) @PathVariable("token") String text,
      @Parameter(description = "The `number` of the item.") @PathVariable int number,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    var item =
        selections
            .item(selections.open(new Token(text)).id(), number)
            .orElseThrow(() -> ApiProblem.notFound("The link gives no such item."));
    var reason = checks.missing(List.of(item)).reason(item);
    if (reason != null) {
      throw ApiProblem.of(ProblemType.PHOTO_GONE, reason);
    }
    images.download(request, response, item.original());
  }
}
