package org.drivelens.event;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The one way to ask for a sync. A request is durable when the transaction that made it commits;
 * the message published afterwards only makes it start sooner, and the workers' sweep publishes
 * again what got lost.
 *
 * <p>Nobody else writes {@code requested_*}, {@code full_generation}, {@code full_by_clock}, {@code
 * marked_at}, {@code held_accepted_at} and the folder of {@code event_sync}. Statements over many
 * events lock them in the order of their ids.
 */
public final class SyncRequests {

  /** How long a message may take before the sweep takes it for lost. */
  private static final Duration LOST_URGENT = Duration.ofSeconds(10);

  private static final Duration LOST_BULK = Duration.ofMinutes(10);

  private static final String ASK =
      """
      update event_sync s
         set requested_generation = s.requested_generation + 1,
             full_generation = case when :full then s.requested_generation + 1 else s.full_generation end,
             full_by_clock = case when :full then :trigger = 'SCHEDULED' and (s.full_by_clock or s.full_generation <= s.walked_generation)
                                  else s.full_by_clock end,
             requested_at = clock_timestamp(),
             requested_trigger = :trigger,
             requested_urgent = :urgent or (s.requested_urgent and s.requested_generation > s.synced_generation),
             wake_at = least(s.wake_at, clock_timestamp() + make_interval(secs => :lost)),
             %s
      """
          .formatted(Freshness.NOTED);

  private final JdbcClient jdbc;

  public SyncRequests(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Starts the bookkeeping of a new event; with a folder this asks for its first sync.
   *
   * @param folderId the Drive id of its folder, or null while it has none
   */
  public void begin(EventId event, @Nullable String folderId, @Nullable String resourceKey) {
    jdbc.sql("insert into event_sync (event_id) values (:event)")
        .param("event", event.value())
        .update();
    if (folderId != null) {
      startOver(event, folderId, resourceKey);
    }
  }

  /**
   * Asks for a sync of one event.
   *
   * @param full whether the whole folder is to be listed anew, rather than only what changed
   * @return false if the event has no folder (or is unknown): then nothing was asked
   */
  public boolean request(EventId event, boolean full, Trigger trigger) {
    return jdbc.sql(ASK + " where s.event_id = :event and s.folder_id is not null")
            .param("event", event.value())
            .params(asking(full, trigger))
            .update()
        == 1;
  }

  /**
   * Asks for a sync of many events; those without a folder are left out.
   *
   * @return the events for which a sync was asked
   */
  public List<EventId> request(Collection<EventId> events, boolean full, Trigger trigger) {
    return jdbc.sql(
            ASK
                + """
                  from (select event_id from event_sync
                         where event_id = any (:events) and folder_id is not null
                         order by event_id for no key update) as chosen
                 where s.event_id = chosen.event_id
                returning s.event_id
                """)
        .param("events", events.stream().map(EventId::value).toArray(UUID[]::new))
        .params(asking(full, trigger))
        .query((row, n) -> new EventId(row.getObject(1, UUID.class)))
        .list();
  }

  /**
   * Accepts that the photos whose removal is held until now are gone: a worker removes them.
   *
   * @return how many they are; 0 if there are none, and then nothing was accepted
   */
  public int acceptRemovals(EventId event) {
    return jdbc.sql(
            ASK
                + """
                     , held_accepted_at = clock_timestamp()
                 where s.event_id = :event and s.folder_id is not null
                   and s.cleared_epoch = s.folder_epoch and s.held_photos > 0
                returning s.held_photos
                """)
        .param("event", event.value())
        .params(asking(false, Trigger.REMOVAL_ACCEPTED))
        .query(Integer.class)
        .optional()
        .orElse(0);
  }

  /**
   * What was asked of an event, or of all, while it was paused is looked at soon.
   *
   * @param event null for all
   */
  public void wake(@Nullable EventId event) {
    jdbc.sql(
            """
            update event_sync s set wake_at = clock_timestamp()
              from (select event_id from event_sync
                     where (requested_generation > synced_generation or dirty or walk_wanted or removal_accepted)
                       and not coalesce(next_attempt_at > clock_timestamp(), false) and not error_final
                       and wake_at > clock_timestamp() and event_id = coalesce(:event::uuid, event_id)
                     order by event_id for no key update) as waiting
             where s.event_id = waiting.event_id
            """)
        .param("event", event == null ? null : event.toString())
        .update();
  }

  /**
   * Points the event to another folder, or to none (its folder was taken away, or the event is
   * deleted). The photos of the old folder leave every answer at once, whoever syncs it can write
   * nothing more, and the worker purges them.
   */
  public void startOver(EventId event, @Nullable String folderId, @Nullable String resourceKey) {
    jdbc.sql(
            """
            update event_sync
               set folder_id = :folder, resource_key = :key,
                   folder_epoch = folder_epoch + 1, fence = fence + 1,
                   requested_generation = requested_generation + 1,
                   full_generation = requested_generation + 1, full_by_clock = false,
                   requested_at = clock_timestamp(), requested_trigger = 'CREATED', requested_urgent = true,
                   marked_at = null,
                   wake_at = clock_timestamp() + make_interval(secs => :lost)
             where event_id = :event
            """)
        .param("event", event.value())
        .param("folder", folderId)
        .param("key", resourceKey)
        .param("lost", LOST_URGENT.toSeconds())
        .update();
    if (folderId != null) {
      // Known from the start, so that the feed wakes the event when its folder is shared with us.
      jdbc.sql(
              """
              insert into event_folder (event_id, folder_epoch, folder_id)
              select event_id, folder_epoch, folder_id from event_sync where event_id = :event
              """)
          .param("event", event.value())
          .update();
    }
  }

  /**
   * Marks events that were up to date but have not been looked at for {@code age}, so that they
   * show as SYNC_REQUIRED and the next bulk request or schedule takes them.
   *
   * @return how many were marked
   */
  public int markOlderThan(Duration age) {
    return jdbc.sql(
            """
            update event_sync s set marked_at = clock_timestamp()
              from (select s.event_id
                      from event_sync s join event_status v on v.event_id = s.event_id
                     where v.sync_status = 'UP_TO_DATE'
                       and v.last_synced_at < clock_timestamp() - make_interval(secs => :age)
                     order by s.event_id for no key update of s) as old
             where s.event_id = old.event_id
            """)
        .param("age", age.toSeconds())
        .update();
  }

  private static Map<String, Object> asking(boolean full, Trigger trigger) {
    var lost = trigger.urgent() ? LOST_URGENT : LOST_BULK;
    return Map.of(
        "full",
        full,
        "trigger",
        trigger.name(),
        "urgent",
        trigger.urgent(),
        "lost",
        lost.toSeconds());
  }
}
