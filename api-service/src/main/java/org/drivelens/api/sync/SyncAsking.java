package org.drivelens.api.sync;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.UUID;
import org.drivelens.api.pauses.Pause;
import org.drivelens.api.problems.ApiProblem;
import org.drivelens.api.problems.InvalidField;
import org.drivelens.api.problems.ProblemType;
import org.drivelens.contract.Command.SyncRequested;
import org.drivelens.event.EventId;
import org.drivelens.event.Pauses;
import org.drivelens.event.SyncErrorCode;
import org.drivelens.event.SyncRequests;
import org.drivelens.event.Trigger;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Asks for syncs: durable when the transaction commits, announced afterwards. */
@Component
class SyncAsking {

  private static final int NAMED = 100;

  private final JdbcClient jdbc;
  private final SyncRequests requests;
  private final ApplicationEventPublisher afterCommit;

  SyncAsking(JdbcClient jdbc, SyncRequests requests, ApplicationEventPublisher afterCommit) {
    this.jdbc = jdbc;
    this.requests = requests;
    this.afterCommit = afterCommit;
  }

  /**
   * @throws ApiProblem if there is no such event, or it has no folder
   */
  @Transactional
  void one(EventId event, boolean full) {
    require(event);
    requireNotPaused(event);
    if (!requests.request(event, full, Trigger.MANUAL)) {
      throw ApiProblem.of(
          ProblemType.FOLDER_MISSING,
          "The event has no Google Drive folder yet: set its googleDriveUrl, then it syncs by itself.");
    }
    afterCommit.publishEvent(SyncRequested.of(event, Trigger.MANUAL));
  }

  private void requireNotPaused(EventId event) {
    jdbc.sql("select pause.* from event e " + Pause.JOIN + " where e.id = :event")
        .param("event", event.value())
        .query((row, _) -> Optional.ofNullable(Pause.of(row)))
        .optional()
        .flatMap(pause -> pause)
        .ifPresent(pause -> {
          throw ApiProblem.of(
              ProblemType.PAUSED,
              "Syncing of %s was paused by %s at %s; resume it first."
                  .formatted(pause.all() ? "all events" : "this event", pause.by(), pause.since()));
        });
  }

  /**
   * Records that the photos whose removal is held are gone; a worker removes them.
   *
   * @return how many
   * @throws ApiProblem if there is no such event, or nothing is held
   */
  @Transactional
  int acceptRemoval(EventId event) {
    require(event);
    var accepted = requests.acceptRemovals(event);
    if (accepted == 0) {
      throw ApiProblem.of(
          ProblemType.NOTHING_HELD, "No removal of photos is held for this event (any more).");
    }
    afterCommit.publishEvent(SyncRequested.of(event, Trigger.REMOVAL_ACCEPTED));
    return accepted;
  }

  boolean exists(EventId event) {
    return !names(List.of(event)).isEmpty();
  }

  private void require(EventId event) {
    if (!exists(event)) {
      throw ApiProblem.notFound("There is no event " + event + ".");
    }
  }

  /**
   * @param events the chosen ones, or null for all that are SYNC_REQUIRED or ERROR
   * @param cause only those whose last attempt failed for this reason; null for all
   * @param dryRun only says what would be asked
   * @throws ApiProblem that names the unknown ones; then nothing was asked
   */
  @Transactional
  BulkAnswer many(
      @Nullable List<EventId> events, @Nullable SyncErrorCode cause, boolean full, boolean dryRun) {
    var chosen = events == null ? waiting(cause) : known(events);
    var paused = among(chosen.keySet(), Pauses.PAUSED);
    var free = new LinkedHashSet<>(chosen.keySet());
    free.removeAll(paused);
    var asked =
        dryRun
            ? among(free, "s.folder_id is not null")
            : new HashSet<>(requests.request(free, full, Trigger.BULK));
    if (!dryRun) {
      chosen.keySet().stream()
          .filter(asked::contains)
          .map(event -> SyncRequested.of(event, Trigger.BULK))
          .forEach(afterCommit::publishEvent);
    }
    return BulkAnswer.of(chosen, asked, paused.size(), dryRun);
  }

  private Set<EventId> among(Set<EventId> events, String condition) {
    return new HashSet<>(
        jdbc.sql(
                "select s.event_id from event_sync s where s.event_id = any (:events) and "
                    + condition)
            .param("events", events.stream().map(EventId::value).toArray(UUID[]::new))
            .query((row, _) -> new EventId(row.getObject(1, UUID.class)))
            .list());
  }

  private SequencedMap<EventId, String> waiting(@Nullable SyncErrorCode cause) {
    var found = new LinkedHashMap<EventId, String>();
    jdbc.sql(
            """
            select event_id, event_name from event_status
             where sync_status in ('SYNC_REQUIRED', 'ERROR') and (:cause::text is null or error_code = :cause)
             order by event_id
            """)
        .param("cause", cause == null ? null : cause.name())
        .query(row -> {
          found.put(new EventId(row.getObject(1, UUID.class)), row.getString(2));
        });
    return found;
  }

  private SequencedMap<EventId, String> known(List<EventId> events) {
    var names = names(events);
    var chosen = new LinkedHashMap<EventId, String>();
    var unknown = new ArrayList<InvalidField>();
    for (int i = 0; i < events.size(); i++) {
      var name = names.get(events.get(i));
      if (name != null) {
        chosen.put(events.get(i), name);
      } else if (unknown.size() < NAMED) {
        unknown.add(new InvalidField("eventIds[" + i + "]", "there is no event " + events.get(i)));
      }
    }
    if (!unknown.isEmpty()) {
      throw ApiProblem.of(ProblemType.UNKNOWN_EVENTS, unknown);
    }
    return chosen;
  }

  private Map<EventId, String> names(List<EventId> events) {
    var names = new LinkedHashMap<EventId, String>();
    jdbc.sql("select id, name from event where id = any (:ids) and deleted_at is null")
        .param("ids", events.stream().map(EventId::value).toArray(UUID[]::new))
        .query(row -> {
          names.put(new EventId(row.getObject(1, UUID.class)), row.getString(2));
        });
    return names;
  }
}
