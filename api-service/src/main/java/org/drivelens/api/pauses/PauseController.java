package org.drivelens.api.pauses;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.drivelens.event.EventId;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Sync")
@RestController
class PauseController {

  private final Pausing pausing;

  PauseController(Pausing pausing) {
    this.pausing = pausing;
  }

  @Schema(name = "PauseOfAll")
  record OfAll(@Schema(description = "Null while nothing is paused.") @Nullable Pause paused) {}

  @Operation(
      summary = "Pause an event",
      description =
          "It is synced neither by schedules nor by requests until it is resumed; a sync that goes on ends"
              + " within a minute. Its gallery stays. Doing it again changes nothing.")
  @ApiResponse(responseCode = "200", description = "It is paused.")
  @PostMapping("/events/{id}/pause")
  Pause pause(@PathVariable EventId id) {
    return pausing.pause(id);
  }

  @Operation(
      summary = "Resume an event",
      description = "What changed or was asked meanwhile is synced soon.")
  @ApiResponse(responseCode = "204", description = "It is not paused (any more).")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @DeleteMapping("/events/{id}/pause")
  void resume(@PathVariable EventId id) {
    pausing.resume(id);
  }

  @Operation(summary = "Whether all events are paused")
  @GetMapping("/admin/pause")
  OfAll ofAll() {
    return new OfAll(pausing.find(null).orElse(null));
  }

  @Operation(
      summary = "Pause all events",
      description =
          "Nothing is synced until this is resumed; syncs that go on end within a minute. Galleries stay.")
  @ApiResponse(responseCode = "200", description = "They are paused.")
  @PostMapping("/admin/pause")
  Pause pauseAll() {
    return pausing.pause(null);
  }

  @Operation(
      summary = "Resume all events",
      description = "Those that were paused one by one stay so.")
  @ApiResponse(responseCode = "204", description = "They are not paused as a whole (any more).")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @DeleteMapping("/admin/pause")
  void resumeAll() {
    pausing.resume(null);
  }
}
