package org.drivelens.api.alerts;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A message to one channel, and what came of it. */
@Schema(name = "AlertDelivery")
record DeliveryView(
    UUID id,
    @Schema(example = "mail") String channel,
    @Schema(description = "Whether somebody asked for it, to see that it arrives.") boolean test,
    @Schema(example = "Drivelens: 3 events failed for good.") String title,
    Instant madeAt,
    @Schema(description = "How often sending was begun.") int attempts,
    Outcome outcome,
    @Schema(description = "Null when it is over.") @Nullable Instant nextAttemptAt,
    @Schema(description = "When it was sent or given up.") @Nullable Instant finishedAt,
    @Schema(description = "Why the latest attempt failed.") @Nullable String error) {

  /** Whether it is still tried. */
  enum Outcome {
    PENDING,
    SENT,
    GIVEN_UP
  }

  @Schema(name = "AlertChannel")
  record ChannelView(
      @Schema(example = "webhook-1") String name,
      @Schema(description = "Addresses, or the host of a webhook.", example = "ops@example.org")
          String target) {}

  @Schema(name = "AlertDeliveries")
  record Log(
      @Schema(description = "Who is told; empty while nothing is set.") List<ChannelView> channels,
      List<DeliveryView> items,
      @Schema(
              description =
                  "Pass it as `cursor` to get the next part; null at the end of the list. Opaque.")
          @Nullable String nextCursor) {}

  @Schema(name = "AlertTest")
  record Test(@Schema(description = "One for each channel.") List<UUID> deliveries) {}
}
