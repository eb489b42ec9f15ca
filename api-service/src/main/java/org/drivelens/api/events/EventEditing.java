package org.drivelens.api.events;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.UnaryOperator;
import org.drivelens.api.idempotency.Idempotency;
import org.drivelens.api.idempotency.Idempotency.Made;
import org.drivelens.api.problems.ApiProblem;
import org.drivelens.contract.Command.SyncRequested;
import org.drivelens.event.EventId;
import org.drivelens.event.SyncRequests;
import org.drivelens.event.Trigger;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Creates, edits and deletes events. What that means for the gallery is asked of the worker in the
 * same transaction, so that neither happens without the other; the message follows the commit.
 */
@Component
class EventEditing {

  private final Events events;
  private final SyncRequests requests;
  private final ApplicationEventPublisher afterCommit;
  private final Idempotency idempotency;
  private final Clock clock;

  EventEditing(
      Events events,
      SyncRequests requests,
      ApplicationEventPublisher afterCommit,
      Idempotency idempotency,
      Clock clock) {
    this.events = events;
    this.requests = requests;
    this.idempotency = idempotency;
    this.afterCommit = afterCommit;
    this.clock = clock;
  }

  @Transactional
  EventId create(EventInput input, @Nullable String idempotencyKey) {
    var made =
        idempotency.once(
            idempotencyKey, "POST /events", input, () -> Made.of(create(input).value()));
    return new EventId(made.id());
  }

  private EventId create(EventInput input) {
    var event = events.save(Event.created(input.checked(), now()));
    requests.begin(event.eventId(), event.folderId(), event.resourceKey());
    if (event.folderId() != null) {
      nudge(event.eventId());
    }
    return event.eventId();
  }

  @Transactional
  void edit(EventId id, UnaryOperator<EventInput> edit) {
    var event = locked(id);
    var edited = events.save(event.edited(edit.apply(event.input()).checked(), now()));
    if (!edited.sameFolderAs(event)) {
      startOver(id, edited.folderId(), edited.resourceKey());
    }
  }

  @Transactional
  void delete(EventId id) {
    events.save(locked(id).deleted(now()));
    startOver(id, null, null);
  }

  private Event locked(EventId id) {
    return events
        .lock(id.value())
        .orElseThrow(() -> ApiProblem.notFound("There is no event " + id + "."));
  }

  private void startOver(EventId id, @Nullable String folderId, @Nullable String resourceKey) {
    requests.startOver(id, folderId, resourceKey);
    nudge(id);
  }

  private void nudge(EventId id) {
    afterCommit.publishEvent(SyncRequested.of(id, Trigger.CREATED));
  }

  /**
   * As fine as PostgreSQL keeps it, so that an answer reads the same when it is asked for again.
   */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
