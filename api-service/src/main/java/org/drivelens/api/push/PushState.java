package org.drivelens.api.push;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How push is for one change log. */
@Schema(name = "PushChannel")
record PushState(
    UUID feedId,
    @Schema(description = "The shared drive; null for the log of the service account itself.")
        @Nullable String driveId,
    @Schema(description = "That follow this log.") int events,
    @Schema(
            description =
                "OFF: no public address is configured. OPENING: a channel is being opened. REFUSED: Google"
                    + " opens none. WAITING: open, and nothing has come yet. LIVE: Google has reached us."
                    + " DEAD: open, but silent about what polls have found.")
        State state,
    @Schema(description = "The same for people, with what to do about it.") String sentence,
    @Nullable Instant openedAt,
    @Schema(description = "Another channel is opened before.") @Nullable Instant expiresAt,
    @Nullable Instant lastMessageAt,
    @Schema(description = "Of the latest message about a change.") @Nullable Instant lastChangeAt,
    @Nullable Instant deadSince,
    @Schema(description = "Google's word for why it opened no channel the last time.")
        @Nullable String errorCode,
    @Nullable Instant errorSince,
    @Schema(description = "When another channel is tried, after a refusal.")
        @Nullable Instant nextAttemptAt) {

  /** As an operator tells them apart. */
  enum State {
    OFF,
    OPENING,
    REFUSED,
    WAITING,
    LIVE,
    DEAD
  }
}
