package org.drivelens.api.downloads;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.util.UUID;
import org.drivelens.api.idempotency.Idempotency;
import org.drivelens.api.paging.Page;
import org.drivelens.api.photos.Galleries;
import org.drivelens.api.problems.ApiProblem;
import org.drivelens.event.EventId;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Downloads", description = "Links that give chosen photos to whoever holds them.")
@RestController
@RequestMapping("/events/{id}/download-selections")
class SelectionController {

  private final SelectionMaking making;
  private final Selections selections;
  private final Galleries galleries;

  SelectionController(SelectionMaking making, Selections selections, Galleries galleries) {
    this.making = making;
    this.selections = selections;
    this.galleries = galleries;
  }

  @Operation(
      summary = "Make a download link",
      description =
          "The link gives these photos as they are now: one that is replaced, removed or unshared"
              + " later is named in MISSING.txt instead. Asking again makes another link; nothing"
              + " else happens.")
  @ApiResponse(responseCode = "201", description = "Made; `Location` is the link.")
  @ResponseStatus(HttpStatus.CREATED)
  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<DownloadAnswers.Created> make(
      @PathVariable EventId id,
      @Parameter(description = Idempotency.HELP)
          @RequestHeader(name = Idempotency.HEADER, required = false)
          @Nullable String idempotencyKey,
      @Valid @RequestBody SelectionInput input) {
    var made = making.make(id, input, idempotencyKey);
    return ResponseEntity.created(URI.create(made.url())).body(made);
  }

  @Operation(
      summary = "List the download links of an event",
      description =
          "Newest first, without their secrets. The daily clean-up drops those that are over.")
  @GetMapping
  Page<DownloadAnswers.Listed> list(
      @PathVariable EventId id,
      @Parameter(description = "`nextCursor` of the page before; none for the first page.")
          @RequestParam(required = false)
          @Nullable String cursor,
      @RequestParam(defaultValue = "100") @Min(1) @Max(500) int limit) {
    galleries.epoch(id);
    return selections.page(id, cursor, limit);
  }

  @Operation(
      summary = "Revoke a download link",
      description =
          "From now on it answers 410; a download that is being sent goes on to its end. Doing it"
              + " again changes nothing.")
  @ApiResponse(responseCode = "204", description = "Revoked.")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @DeleteMapping("/{selectionId}")
  void revoke(@PathVariable EventId id, @PathVariable UUID selectionId) {
    galleries.epoch(id);
    if (!selections.revoke(id, selectionId)) {
      throw ApiProblem.notFound("The event has no such download link.");
    }
  }
}
