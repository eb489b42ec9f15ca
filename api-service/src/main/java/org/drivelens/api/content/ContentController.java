package org.drivelens.api.content;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import org.drivelens.event.EventId;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Photos")
@RestController
class ContentController {

  private static final String VERSION =
      "Names the content; taken from the URL that the photo gives.";

  private final Originals originals;
  private final Images images;

  ContentController(Originals originals, Images images) {
    this.originals = originals;
    this.images = images;
  }

  @Operation(
      summary = "A photo as it lies in Google Drive",
      description =
          "Streamed from Drive, with ETag and Range. What a browser could run (SVG, say) comes as an"
              + " attachment.")
  @ApiResponse(
      responseCode = "200",
      description = "The file.",
      content =
          @Content(mediaType = "image/*", schema = @Schema(type = "string", format = "binary")))
  @ApiResponse(responseCode = "206", description = "The range asked for.")
  @ApiResponse(responseCode = "304", description = "Not changed.")
  @ApiResponse(responseCode = "416", ref = "#/components/responses/RangeNotSatisfiable")
  @ApiResponse(responseCode = "502", ref = "#/components/responses/DriveFailed")
  @GetMapping("/events/{id}/photos/{photoId}/content")
  void content(
      @PathVariable EventId id,
      @PathVariable UUID photoId,
      @Parameter(description = VERSION) @RequestParam(required = false) @Nullable String v,
      @Parameter(description = "One range of bytes.", example = "bytes=0-1023")
          @RequestHeader(name = HttpHeaders.RANGE, required = false)
          @Nullable String range,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    var original = originals.get(id, photoId);
    var etag = "\"" + original.version() + "\"";
    var ifRange = request.getHeader(HttpHeaders.IF_RANGE);
    var wanted = ByteRange.of(range, ifRange, etag);
    images.content(new ImageAnswer(request, response, original, etag, v), original, wanted);
  }

  @Operation(
      summary = "A photo, small and upright",
      description = "As Google Drive scales it; the photo itself where Drive has no thumbnail.")
  @ApiResponse(
      responseCode = "200",
      description = "The image.",
      content =
          @Content(mediaType = "image/*", schema = @Schema(type = "string", format = "binary")))
  @ApiResponse(responseCode = "304", description = "Not changed.")
  @ApiResponse(responseCode = "502", ref = "#/components/responses/DriveFailed")
  @GetMapping("/events/{id}/photos/{photoId}/thumbnail")
  void thumbnail(
      @PathVariable EventId id,
      @PathVariable UUID photoId,
      @Parameter(description = "The longest side, in pixels: 240, 480, 960 or 1920.")
          @RequestParam(defaultValue = "480")
          int w,
      @Parameter(description = VERSION) @RequestParam(required = false) @Nullable String v,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    Images.checkWidth(w);
    var original = originals.get(id, photoId);
    var etag = "\"" + original.version() + "-w" + w + "\"";
    images.thumbnail(new ImageAnswer(request, response, original, etag, v), original, w);
  }
}
