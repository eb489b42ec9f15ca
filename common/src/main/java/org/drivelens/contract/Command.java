package org.drivelens.contract;

import java.time.Instant;
import java.util.UUID;
import org.drivelens.event.EventId;
import org.drivelens.event.Trigger;
import org.jspecify.annotations.Nullable;

/**
 * Something to be done, on the exchange {@code drivelens.commands}. A command is a nudge: it
 * carries ids and a reason, never data, so a lost, doubled, late or reordered one does no harm.
 */
public sealed interface Command {

  /** The routing key, which is the name of the queue. */
  String queue();

  /** Look at one event. On the queue of people or of bulk work, by its urgency. */
  record SyncRequested(EventId eventId, Trigger trigger, boolean urgent) implements Command {

    public static SyncRequested of(EventId eventId, Trigger trigger) {
      return new SyncRequested(eventId, trigger, trigger.urgent());
    }

    @Override
    public String queue() {
      return urgent ? Queues.SYNC_REQUESTED : Queues.SYNC_REQUESTED_BULK;
    }
  }

  /**
   * Read the change feed.
   *
   * @param feedId the feed, or null for every feed
   */
  record FeedPollRequested(@Nullable UUID feedId) implements Command {
    @Override
    public String queue() {
      return Queues.FEED_POLL;
    }
  }

  /** A moment of a schedule; doing the same slot twice does nothing. */
  sealed interface Tick extends Command {
    /** The moment for which it was due (UTC), the same whoever publishes it. */
    Instant slot();
  }

  /** Ask for a sync of every marked and every failed event. */
  record SyncDue(Instant slot) implements Tick {
    @Override
    public String queue() {
      return Queues.MAINTENANCE;
    }
  }

  /** Mark events that nobody looked at for a day. */
  record MarkDue(Instant slot) implements Tick {
    @Override
    public String queue() {
      return Queues.MAINTENANCE;
    }
  }

  /** Trim what is past its retention: each service its own tables, so each has its own queue. */
  record CleanUpDue(Instant slot, Target target) implements Tick {

    /** Whose tables. */
    public enum Target {
      WORKER,
      API
    }

    @Override
    public String queue() {
      return target == Target.API ? Queues.MAINTENANCE_API : Queues.MAINTENANCE;
    }
  }
}
