package org.drivelens.api.push;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Set;
import org.drivelens.api.problems.ApiProblem;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Push", description = "Google Drive announces changes.")
@RestController
class WebhookController {

  /** Google's table says one, its example the other (drive-api 6). */
  private static final Set<String> CHANGED = Set.of("change", "changed");

  private static final String BEGINNING = "sync";

  private final KnownChannels channels;
  private final Announcements announcements;

  WebhookController(KnownChannels channels, Announcements announcements) {
    this.channels = channels;
    this.announcements = announcements;
  }

  /** A body is not read: Google sends none, and whatever others send means nothing. */
  @Operation(
      summary = "What Google Drive posts to",
      description =
          "For Google alone: a message counts only with the id, the secret token and the resource id of a"
              + " channel that Drivelens has opened. It makes the change log be read at once.")
  @SecurityRequirements
  @ApiResponse(responseCode = "204", description = "Taken, or of no interest.")
  @ApiResponse(
      responseCode = "404",
      description =
          "There is no such channel (any more), or the token or the resource are not its own.",
      ref = "#/components/responses/NotFound")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @PostMapping("/webhooks/google-drive")
  void receive(
      @RequestHeader(name = "X-Goog-Channel-ID", required = false) @Nullable String channelId,
      @Parameter(description = "The secret of the channel.")
          @RequestHeader(name = "X-Goog-Channel-Token", required = false)
          @Nullable String token,
      @RequestHeader(name = "X-Goog-Resource-ID", required = false) @Nullable String resourceId,
      @RequestHeader(name = "X-Goog-Resource-State", required = false) @Nullable String state,
      @RequestHeader(name = "X-Goog-Message-Number", required = false) @Nullable String number) {
    var channel =
        channels
            .find(channelId == null ? "" : channelId)
            .filter(c -> c.isOf(token, resourceId))
            // The same for all, so that nobody learns which ids there are.
            .orElseThrow(() -> ApiProblem.notFound("There is no such channel (any more)."));
    var changed = state != null && CHANGED.contains(state);
    if (changed || BEGINNING.equals(state)) {
      announcements.add(channel, number(number), changed);
    }
  }

  private static @Nullable Long number(@Nullable String text) {
    return text != null && text.matches("\\d{1,18}") ? Long.valueOf(text) : null;
  }
}
