package org.drivelens.api.deadletters;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.UUID;
import org.drivelens.api.deadletters.DeadLetterView.Discarded;
import org.drivelens.api.deadletters.DeadLetterView.Letters;
import org.drivelens.api.input.PlainText;
import org.drivelens.api.problems.ApiProblem;
import org.drivelens.api.problems.ProblemType;
import org.drivelens.api.sync.AskingForOne;
import org.drivelens.api.sync.SyncAccepted;
import org.drivelens.event.EventId;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Operation", description = "For whoever runs Drivelens.")
@RestController
class DeadLetterController {

  private static final String QUEUE = "Only those of this queue.";
  private static final String REASON = "Only those that died for this reason.";
  private static final String EVENT = "Only those that name this event.";

  private final DeadLetters letters;
  private final AskingForOne asking;

  DeadLetterController(DeadLetters letters, AskingForOne asking) {
    this.letters = letters;
    this.asking = asking;
  }

  @Operation(
      summary = "Messages that nobody could read or handle",
      description =
          "Newest first, with their number in `total`. No sync is lost by them: what was asked for stands"
              + " in the database. Kept for 30 days.")
  @GetMapping("/admin/dead-letters")
  Letters list(
      @Parameter(description = QUEUE, example = "sync.requested")
          @RequestParam(required = false)
          @PlainText(max = 200)
          @Nullable String queue,
      @Parameter(
              description = REASON,
              schema = @Schema(implementation = DeadLetterView.Reason.class))
          @RequestParam(required = false)
          @Nullable String reason,
      @Parameter(description = EVENT) @RequestParam(required = false) @Nullable EventId eventId,
      @Parameter(description = "`nextCursor` of the page before; none for the first page.")
          @RequestParam(required = false)
          @Nullable String cursor,
      @RequestParam(defaultValue = "100") @Min(1) @Max(500) int limit) {
    return letters.page(DeadLetterFilter.of(queue, reason, eventId), cursor, limit);
  }

  @Operation(
      summary = "Discard many dead letters",
      description = "All that fit every filter given; without a filter, all.")
  @DeleteMapping("/admin/dead-letters")
  Discarded discardAll(
      @Parameter(description = QUEUE, example = "sync.requested")
          @RequestParam(required = false)
          @PlainText(max = 200)
          @Nullable String queue,
      @Parameter(
              description = REASON,
              schema = @Schema(implementation = DeadLetterView.Reason.class))
          @RequestParam(required = false)
          @Nullable String reason,
      @Parameter(description = EVENT) @RequestParam(required = false) @Nullable EventId eventId) {
    return new Discarded(letters.discard(DeadLetterFilter.of(queue, reason, eventId)));
  }

  @Operation(summary = "Discard a dead letter")
  @ApiResponse(responseCode = "204", description = "Discarded.")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @DeleteMapping("/admin/dead-letters/{id}")
  void discard(@PathVariable UUID id) {
    letters.discard(id);
  }

  @Operation(
      summary = "Sync the event that a dead letter names",
      description = "As `POST /events/{id}/sync`; the letter stays until it is discarded.")
  @ApiResponse(
      responseCode = "202",
      description = "Stored. `Location` and `statusUrl` show how it goes.")
  @ApiResponse(responseCode = "409", ref = "#/components/responses/NoEventNamed")
  @ResponseStatus(HttpStatus.ACCEPTED)
  @PostMapping("/admin/dead-letters/{id}/sync")
  ResponseEntity<SyncAccepted> sync(@PathVariable UUID id) {
    var event =
        letters
            .event(id)
            .filter(asking::exists)
            .orElseThrow(() ->
                ApiProblem.of(
                    ProblemType.NO_EVENT_NAMED,
                    "The dead letter names no event, or one that was deleted."));
    return asking.ask(event);
  }
}
