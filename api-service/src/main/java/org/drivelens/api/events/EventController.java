package org.drivelens.api.events;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.util.List;
import org.drivelens.api.folders.Overlaps;
import org.drivelens.api.folders.Warning;
import org.drivelens.api.idempotency.Idempotency;
import org.drivelens.api.input.PlainText;
import org.drivelens.api.paging.Page;
import org.drivelens.event.EventId;
import org.drivelens.event.SyncErrorCode;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

@Tag(name = "Events", description = "An event is a gallery and the Google Drive folder it follows.")
@RestController
class EventController {

  private static final String MERGE_PATCH = "application/merge-patch+json";

  private final EventEditing editing;
  private final EventViews views;
  private final EventPatch patches;
  private final Overlaps overlaps;

  EventController(EventEditing editing, EventViews views, EventPatch patches, Overlaps overlaps) {
    this.editing = editing;
    this.views = views;
    this.patches = patches;
    this.overlaps = overlaps;
  }

  /** A new event, and what its creator should know. */
  @Schema(name = "CreatedEvent")
  record Created(
      @JsonUnwrapped EventView event,
      @Schema(description = "From what is known at once; nothing is refused because of them.")
          List<Warning> warnings) {}

  @Operation(
      summary = "Create an event",
      description =
          "With a `googleDriveUrl` its first sync begins at once, in the background: `syncStatus`"
              + " is SYNC_REQUIRED. Without one it is NEVER_SYNCED. `warnings` tell of other events"
              + " with this folder, or one above or below it; `POST /drive/check` looks more"
              + " closely.")
  @ApiResponse(responseCode = "201", description = "Created; `Location` names it.")
  @ResponseStatus(HttpStatus.CREATED)
  @PostMapping(path = "/events", consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<Created> create(
      @Parameter(description = Idempotency.HELP)
          @RequestHeader(name = Idempotency.HEADER, required = false)
          @Nullable String idempotencyKey,
      @Valid @RequestBody EventInput input) {
    var id = editing.create(input, idempotencyKey);
    var folder = input.folder();
    var warnings = folder == null ? List.<Warning>of() : overlaps.of(folder.folderId(), id);
    return ResponseEntity.created(URI.create("/events/" + id))
        .body(new Created(views.get(id), warnings));
  }

  @Operation(summary = "List events", description = "Newest first.")
  @GetMapping("/events")
  Page<EventView> list(
      @Parameter(description = "A part of the name, in whatever case.", example = "anna")
          @RequestParam(required = false)
          @PlainText(max = EventInput.NAME)
          @Nullable String q,
      @Parameter(
              description = "One status, or several separated by commas.",
              example = "ERROR,SYNC_REQUIRED")
          @RequestParam(required = false)
          @Nullable String status,
      @Parameter(description = "Only those that are paused, or only those that are not.")
          @RequestParam(required = false)
          @Nullable Boolean paused,
      @Parameter(
              description = "Only those whose last attempt failed for this reason.",
              schema = @Schema(implementation = SyncErrorCode.class))
          @RequestParam(required = false)
          @Nullable String errorCode,
      @Parameter(description = "`nextCursor` of the page before; none for the first page.")
          @RequestParam(required = false)
          @Nullable String cursor,
      @RequestParam(defaultValue = "100") @Min(1) @Max(500) int limit) {
    return views.page(EventFilter.of(q, status, paused, errorCode), cursor, limit);
  }

  @Operation(summary = "Get an event")
  @GetMapping("/events/{id}")
  EventView get(@PathVariable EventId id) {
    return views.get(id);
  }

  @Operation(
      summary = "Edit an event",
      description =
          "JSON Merge Patch (RFC 7396): a field that is given is replaced, null removes it, the"
              + " rest stays. A `googleDriveUrl` of another folder (or another resource key)"
              + " empties the gallery and starts over; another link of the same folder does not.")
  @io.swagger.v3.oas.annotations.parameters.RequestBody(
      required = true,
      content =
          @Content(
              schema = @Schema(ref = "#/components/schemas/EventPatch"),
              examples =
                  @ExampleObject("{\"location\": \"Old Mill, Ghent\", \"description\": null}")))
  @PatchMapping(
      path = "/events/{id}",
      consumes = {MERGE_PATCH, MediaType.APPLICATION_JSON_VALUE})
  EventView edit(@PathVariable EventId id, @RequestBody ObjectNode patch) {
    editing.edit(id, input -> patches.apply(patch, input));
    return views.get(id);
  }

  @Operation(
      summary = "Delete an event",
      description =
          "It is gone from every answer at once. The folder in Google Drive is not touched.")
  @ApiResponse(responseCode = "204", description = "Deleted.")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @DeleteMapping("/events/{id}")
  void delete(@PathVariable EventId id) {
    editing.delete(id);
  }
}
